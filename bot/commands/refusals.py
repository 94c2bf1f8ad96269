"""What an operator can mend, told as a StartError instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.content import ContentError
from bot.i18n import TextError
from bot.start_error import StartError
from db.errors import DatabaseUnavailableError


@contextmanager
def told_plainly() -> Iterator[None]:
    """Pass on faults of the database, the content pack and the texts as what they say.

    Raises:
        StartError: instead of them.
    """
    try:
        yield
    except DatabaseUnavailableError as error:
        raise StartError(f"DATABASE_URL: {error}") from error
    except ContentError as error:
        raise StartError(_each("CONTENT_DIR", error)) from error
    except TextError as error:
        raise StartError(_each("LOCALES_DIR", error)) from error


def _each(setting: str, error: Exception) -> str:
    """Name the setting in front of every line of the error."""
    return "\n".join(f"{setting}: {line}" for line in str(error).splitlines())
