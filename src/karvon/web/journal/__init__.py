"""The journal: who changed what, when, before and after; filtered, paged, and handed out as a table."""
