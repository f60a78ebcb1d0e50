"""Every change: one verb per function, atomic, with its journal entry in the same transaction."""
