"""The server: HTTP, the rules of the domain, and the storage they stand on."""
