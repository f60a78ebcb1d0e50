"""The terminal: one module per room, each a command or a group of commands."""
