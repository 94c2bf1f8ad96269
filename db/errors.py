"""What the database floor may refuse, each with one line for the operator."""


class DatabaseUnavailableError(Exception):
    """The database cannot be used; the text is one clear line without secrets."""


class DatabaseTooNewError(DatabaseUnavailableError):
    """The database was written by a newer release than this one."""

    def __init__(self, found: str, newest_known: str) -> None:
        super().__init__(
            f"the database is at revision {found}, this release knows revisions up to"
            f" {newest_known}: start the newer release, or restore the backup made before it"
        )
        self.found = found
        self.newest_known = newest_known


class DatabaseTooOldError(DatabaseUnavailableError):
    """The database waits for migrations of this release."""

    def __init__(self, found: str | None, needed: str) -> None:
        super().__init__(
            f"the database is at revision {found or 'none'}, this release needs {needed}:"
            " run the migrate command first"
        )
        self.found = found
        self.needed = needed


class DatabaseNotEmptyError(DatabaseUnavailableError):
    """Data are put into an empty database only; ``name`` is that of this one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not empty: name a new one, nothing is overwritten")


class BrokenStreamError(Exception):
    """A backup that cannot be believed; the text goes on after the name of its file."""


class DuplicateError(Exception):
    """Another transaction has inserted the same row meanwhile; this one is undone."""
