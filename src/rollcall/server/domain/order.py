"""Orders: what only who operates the server can ask for, by the command line."""

from __future__ import annotations


class OrderRefused(Exception):  # noqa: N818 - it is what happened to the order, not a fault of the program
    """An order that is not done, and why.

    Orders are no operations of the API, so what is said stands where it is found out, not in a row of the table.

    Attributes:
        problems: What is wrong with each part of the order, by its place in it; 0 for an order of one part.
    """

    def __init__(self, *problems: tuple[int, str]) -> None:
        super().__init__(*(text for _, text in problems))
        self.problems = problems
