"""How a command says that it cannot do what was asked."""


class Failure(Exception):  # noqa: N818 - its message is for a person, in one line
    """Why it cannot be done, and what would be right."""
