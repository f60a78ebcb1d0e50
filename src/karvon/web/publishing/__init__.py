"""Reports: chosen, seen, handed out, frozen, released to everybody and taken back."""
