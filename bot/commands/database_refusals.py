"""Faults of the database told as a StartError; light, for commands without content or texts."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.start_error import StartError
from db.errors import DatabaseUnavailableError


@contextmanager
def database_told_plainly() -> Iterator[None]:
    """Pass on faults of the database as what they say.

    Raises:
        StartError: instead of them.
    """
    try:
        yield
    except DatabaseUnavailableError as error:
        raise StartError(f"DATABASE_URL: {error}") from error
