"""How the sheets of the training example are made: invented people, their spellings, layouts and scans."""
