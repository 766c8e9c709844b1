"""HTTP: parse, authenticate, authorize, call the domain, commit, encode. No rules, no SQL."""
