"""Feedback of an event: the form participants open through a link, what they said, and typing paper forms in."""
