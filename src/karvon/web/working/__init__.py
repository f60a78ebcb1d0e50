"""Long work beside the pages: how far it is, and how it ended."""
