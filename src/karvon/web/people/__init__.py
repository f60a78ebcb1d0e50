"""Who is who, as people settle it: the queue of doubts, persons with the history of their links, organisations."""
