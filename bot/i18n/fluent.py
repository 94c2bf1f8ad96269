"""Fluent as the bot uses it: files, functions, and arguments that nothing ever parses."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentFloat, FluentInt, FluentType
from fluent.syntax import ast

from bot.i18n.formats import LOCALES, Formats

Argument: TypeAlias = str | int | float | date | timedelta
"""What a text may be given; datetime is a date, a StrEnum is a str.

In a choice a bool is `[true]` or `[false]`, and an empty str is `[empty]`.
"""

_UNGROUPED: Final = 1000


class TextError(Exception):
    """A text is missing, broken, or was asked for with the wrong arguments."""


class _Text(str, FluentType):
    """A finished text.

    Fluent neither parses it nor holds it to the length it allows a bare string: the modules of a
    briefing are longer than that. As Fluent takes no `[""]`, the variant `[empty]` of a choice
    stands for an empty text, and for nothing else that a person might have typed.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return len(self) == 0 if other == "empty" else str.__eq__(self, other)

    __hash__ = str.__hash__

    def format(self, _locale: Locale) -> str:  # type: ignore[override]
        return self


class _Count(FluentInt):
    """A whole number; small ones skip the slow machinery of number patterns."""

    def format(self, locale: Locale) -> str:
        if -_UNGROUPED < self < _UNGROUPED and self.options is self.default_number_format_options:
            return int.__repr__(self)
        return super().format(locale)


class _Timed(FluentType):
    """A day, a moment or a span, written the default way when a text names no function."""

    def __init__(self, value: date | timedelta, write: Callable[[Any], str]) -> None:
        self.value = value
        self._write = write

    def format(self, _locale: Locale) -> str:
        return self._write(self.value)


def fluent_argument(
    value: Argument, formats: Formats, written: Callable[[str], str]
) -> FluentType | None:
    """Return an argument as Fluent takes it, strings `written`; None for what no text may get."""
    match value:
        case str():
            return _Text(written(value))
        case bool():
            return _Text("true" if value else "false")
        case int():
            return _Count(value)
        case float():
            return FluentFloat(value)
        case _:
            return _timed_argument(value, formats)


def _timed_argument(value: object, formats: Formats) -> FluentType | None:
    match value:
        case datetime():
            return _Timed(value, formats.moment) if value.tzinfo else None
        case date():
            return _Timed(value, formats.date)
        case timedelta():
            return _Timed(value, formats.duration)
        case _:
            return None


def build_bundle(formats: Formats, resources: Iterable[ast.Resource]) -> FluentBundle:
    """Return the bundle of one language, every message compiled.

    Directional isolates are off: all three languages run left to right, names are cleaned of
    bidirectional controls where they enter, and the marks would break the entities of Telegram
    and the search for a button by its text.
    """
    functions: dict[str, Callable[[Any], FluentType]] = {
        "DATE": _over(formats.date),
        "TIME": _over(formats.time),
        "MOMENT": _over(formats.moment),
        "DURATION": _over(formats.duration),
    }
    locale = LOCALES[formats.language].replace("_", "-")
    bundle = FluentBundle([locale], functions, use_isolating=False)
    for resource in resources:
        bundle.add_resource(resource)
        for entry in resource.body:
            if isinstance(entry, ast.Message):
                bundle.get_message(entry.id.name)
    return bundle


def _over(write: Callable[..., str]) -> Callable[..., FluentType]:
    def function(timed: _Timed, **options: str) -> FluentType:
        return _Text(write(timed.value, **options))

    return function


def read_resources(directory: Path) -> list[ast.Resource]:
    """Parse the Fluent files of one language.

    Raises:
        TextError: there are none, one is not Fluent (with its line), or two define the same name.
    """
    resources: list[ast.Resource] = []
    homes: dict[str, str] = {}
    for path in sorted(directory.glob("*.ftl")):
        place = f"{directory.name}/{path.name}"
        source = path.read_text(encoding="utf-8")
        resource = FluentResource(source)
        for entry in resource.body:
            line = source.count("\n", 0, entry.span.start if entry.span else 0) + 1
            if isinstance(entry, ast.Junk):
                raise TextError(f"{place}:{line}: not Fluent")
            if isinstance(entry, ast.Message | ast.Term):
                _claim(homes, entry, f"{place}:{line}")
        resources.append(resource)
    if not resources:
        raise TextError(f"no texts in {directory}")
    return resources


def _claim(homes: dict[str, str], entry: ast.Message | ast.Term, place: str) -> None:
    name = entry.id.name if isinstance(entry, ast.Message) else f"-{entry.id.name}"
    if name in homes:
        raise TextError(f"{place}: {name} is already in {homes[name]}")
    homes[name] = place


def arguments_of(
    values: Mapping[str, Argument], formats: Formats, written: Callable[[str], str]
) -> tuple[dict[str, FluentType], list[str]]:
    """Return the arguments as Fluent takes them, and a complaint for each one left out."""
    ready: dict[str, FluentType] = {}
    faults: list[str] = []
    for name, value in values.items():
        argument = fluent_argument(value, formats, written)
        if argument is None:
            faults.append(f"${name} may not be a {type(value).__name__} like this")
        else:
            ready[name] = argument
    return ready, faults
