"""Caches of the replies' objects on disk: what they keep, when it may answer, and the two kinds of file."""
