"""The report's chapters, one file each; ``blocks`` yields nothing where there is nothing to say."""
