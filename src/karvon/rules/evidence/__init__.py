"""What a sheet says, as plain values shared by readers, actions and queries."""
