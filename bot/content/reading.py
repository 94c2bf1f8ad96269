"""Reading one file of a content pack, with faults that name file, line and field."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar, get_args

from pydantic import ValidationError

from bot.content.entry import Entry
from bot.content.lines import KeyPath, key_lines, line_of

_Part = TypeVar("_Part", bound=Entry)

Faults: TypeAlias = Iterable[tuple[KeyPath, str]]
"""Where in a file something is wrong, and what must be there."""

_AT_LINE: Final = re.compile(r" \(at line (\d+), column \d+\)$")


class ContentError(Exception):
    """A content pack is wrong; each of `faults` is `file:line: field: what must be there`."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_text(pack: Path, name: str, faults: list[str]) -> str | None:
    """Return the text of a file of the pack, or None after adding its fault."""
    try:
        # Some editors begin a file with a mark that nobody sees.
        return (pack / name).read_text(encoding="utf-8-sig")
    except OSError as error:
        faults.append(f"{name}:1: must be there to be read ({error.strerror})")
    except UnicodeDecodeError:
        faults.append(f"{name}:1: must be saved as UTF-8")
    return None


def read_part(
    pack: Path,
    name: str,
    model: type[_Part],
    faults: list[str],
    check: Callable[[_Part], Faults] = lambda _: (),
) -> _Part | None:
    """Return a TOML file of the pack as its model, or None after adding its faults.

    `check` looks at a file whose fields are right one by one for what they must be together.
    """
    source = read_text(pack, name, faults)
    if source is None:
        return None
    try:
        raw = tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        faults.append(_syntax_fault(name, error))
        return None
    found = [*_repeated(raw, model)]
    part = None
    try:
        part = model.model_validate(raw, context={"pack": pack})
        found += check(part)
    except ValidationError as error:
        found += _wrong_fields(error, model)
    if not found:
        return part
    lines = key_lines(source)
    for place, demand in sorted(found, key=lambda fault: line_of(lines, fault[0])):
        faults.append(f"{name}:{line_of(lines, place)}: {_written(place)}: {demand}")
    return None


def _syntax_fault(name: str, error: Exception) -> str:
    # Besides its own error, tomllib lets through numbers too long and nesting too deep.
    message = str(error)
    at = _AT_LINE.search(message)
    if at is None:
        return f"{name}:1: must be TOML ({message})"
    return f"{name}:{at[1]}: must be TOML ({message[: at.start()]})"


def _repeated(raw: dict[str, Any], model: type[Entry]) -> Iterator[tuple[KeyPath, str]]:
    """Find repeated values before the models do their part, so that all faults come at once."""
    for table, field in model.unique:
        rows = raw.get(table)
        seen: dict[str, int] = {}
        for number, row in enumerate(rows if isinstance(rows, list) else []):
            value = row.get(field) if isinstance(row, dict) else None
            if not isinstance(value, str):
                continue
            if value in seen:
                yield (table, number, field), f'must not repeat "{value}" of {table}[{seen[value]}]'
            seen.setdefault(value, number)


def _wrong_fields(error: ValidationError, model: type[Entry]) -> Iterator[tuple[KeyPath, str]]:
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    for at in wrong:
        place = at["loc"]
        # Pydantic does not count a row that is wrong, and then finds too few of them.
        miscounted = at["type"] == "too_short" and any(
            len(other["loc"]) > len(place) and other["loc"][: len(place)] == place
            for other in wrong
        )
        if not miscounted:
            yield place, _demand(model, place, at["type"])


def _demand(model: type[Entry], place: KeyPath, kind: str) -> str:
    """Say what must stand at a place of the file, in the words of its field."""
    if kind == "extra_forbidden":
        return "no such field; check its spelling or remove it"
    within: type[Entry] | None = model
    wanted = ""
    for part in place:
        field = within.model_fields.get(str(part)) if within else None
        if field:
            wanted = field.description or ""
            within = _entry_in(field.annotation)
    return f"is missing: write {wanted}" if kind == "missing" else f"must be {wanted}"


def _entry_in(annotation: object) -> type[Entry] | None:
    """Return the model a field holds, bare, optional or in rows."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    return next(filter(None, map(_entry_in, get_args(annotation))), None)


def _written(place: KeyPath) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)[1:]
