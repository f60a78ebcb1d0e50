"""Tags and filters of our pages."""
