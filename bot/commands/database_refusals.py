"""Faults of the database told as a StartError; light, for commands without content or texts."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.start_error import StartError
from db.errors import DatabaseUnavailableError


@contextmanager
def database_told_plainly(setting: str = "DATABASE_URL") -> Iterator[None]:
    """Pass on faults of the database that the setting names as what they say.

    Raises:
        StartError: instead of them.
    """
    try:
        yield
    except DatabaseUnavailableError as error:
        raise StartError(f"{setting}: {error}") from error
