"""Which lines name the same person: evidence, bands, constrained clustering."""
