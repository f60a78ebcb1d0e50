"""Writing down what a folder could say: every kind of thing through one form made of the format's own table."""
