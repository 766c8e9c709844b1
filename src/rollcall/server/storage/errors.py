"""What can go wrong with a database.

StorageError
├── Unreachable     it cannot be connected to, opened or written: said when the server starts
├── NewerDatabase   a newer version of Rollcall has migrated it
└── Unavailable     not now: busy for too long, or the connection is lost (HTTP answers 503)
    └── Collision   other work was faster: undone, and run again before anybody hears of it
"""


class StorageError(Exception):
    """A database refused, or cannot be used."""


class Unreachable(StorageError):  # noqa: N818 - its parent says that it is an error
    """The database cannot be connected to, opened or written."""


class NewerDatabase(StorageError):  # noqa: N818 - its parent says that it is an error
    """The database has a revision that this version does not know.

    Attributes:
        revision: That revision.
    """

    def __init__(self, revision: str) -> None:
        self.revision = revision
        super().__init__(
            f"The database is at revision {revision}, which this version of Rollcall does not know: "
            "it was migrated by a newer version; run that one"
        )


class Unavailable(StorageError):  # noqa: N818 - its parent says that it is an error
    """The database cannot answer now; the same request may succeed later."""


class Collision(Unavailable):
    """Other work has got in the way of this one, which is undone and may be run again.

    The database raises it, and so does work that finds, when its turn comes, that what it went by is no longer so.
    """
