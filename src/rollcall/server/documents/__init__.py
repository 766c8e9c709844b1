"""Documents: what is drawn for people to keep. No HTTP, no SQL, no rules."""
