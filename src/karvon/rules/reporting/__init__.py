"""What a report says before any format or language: figures as numbers, words as texts per language."""
