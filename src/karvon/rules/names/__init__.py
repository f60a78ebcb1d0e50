"""Names in six orthographies: repaired, folded to one alphabet, parsed and compared."""
