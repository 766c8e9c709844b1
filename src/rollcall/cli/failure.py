"""How a command says that it cannot do what was asked."""


class Failure(Exception):  # noqa: N818 - its message is for a person
    """Why it cannot be done, and what would be right: one line for each argument."""
