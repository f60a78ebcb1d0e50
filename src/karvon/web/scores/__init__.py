"""Test scores before and after an event: what they show, and entering them down the list."""
