"""The thinking: no Django, no database, no clock, no files."""
