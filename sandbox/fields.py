"""Reading fields of the page's requests, which may hold anything."""

from sandbox.errors import PersonError
from sandbox.model import Json


def text(body: Json, name: str, default: str | None = None) -> str:
    """Return a text field.

    Raises:
        PersonError: it is missing without a default, or no text.
    """
    value = body.get(name, default)
    if not isinstance(value, str):
        raise PersonError(f"{name} must be a text")
    return value


def number(body: Json, name: str) -> float:
    """Return a number field.

    Raises:
        PersonError: it is missing or no number.
    """
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PersonError(f"{name} must be a number")
    return value


def whole(body: Json, name: str) -> int:
    """Return a whole number field.

    Raises:
        PersonError: it is missing or no whole number.
    """
    value = number(body, name)
    if not isinstance(value, int):
        raise PersonError(f"{name} must be a whole number")
    return value


def optional_whole(body: Json, name: str) -> int | None:
    """Return a whole number field, None when it is missing.

    Raises:
        PersonError: it is there and no whole number.
    """
    return None if body.get(name) is None else whole(body, name)
