"""Tests mirror the floors of the house; ``architecture`` keeps its promises, ``story`` tells the demo programme."""
