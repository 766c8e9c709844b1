"""The server: HTTP over the domain over storage."""
