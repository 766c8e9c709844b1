"""Failures of a command."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - what is said, not what went wrong inside
    """Why a command is not done, for who gave it: what was wrong, and what would be right."""
