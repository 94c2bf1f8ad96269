"""Where in a TOML file a key stands: tomllib reads values but forgets their lines."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_KEY: Final = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_DOTTED: Final = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_TABLE: Final = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_PAIR: Final = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_VALUE_MARK: Final = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[\]{}]|\n''',
    re.DOTALL,
)


def key_lines(source: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of each table and each key that begins a line.

    Keys inside an inline table or an array share the line of their value; ask `line_of` for those.
    The source is expected to be valid TOML.
    """
    lines: dict[KeyPath, int] = {}
    rows: dict[KeyPath, int] = {}
    table: KeyPath = ()
    position = 0
    while position < len(source):
        line = source.count("\n", 0, position) + 1
        if header := _TABLE.match(source, position):
            table = _placed(_parts(header[2]), rows, new_row=header[1] == "[[")
            lines.setdefault(table, line)
        elif pair := _PAIR.match(source, position):
            path = table + _parts(pair[1])
            for end in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:end], line)
            position = pair.end()
        position = _end_of_value(source, position)
    return lines


def line_of(lines: dict[KeyPath, int], path: Sequence[str | int]) -> int:
    """Return the line of the nearest known place around the path; 1 when there is none."""
    known = (
        lines[tuple(path[:end])] for end in range(len(path), 0, -1) if tuple(path[:end]) in lines
    )
    return next(known, 1)


def _parts(dotted: str) -> KeyPath:
    # An escape in a quoted key stays as typed: such a key is found by its table, not by itself.
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in re.findall(_KEY, dotted))


def _placed(parts: KeyPath, rows: dict[KeyPath, int], *, new_row: bool) -> KeyPath:
    """Put row numbers of arrays of tables into a header's path."""
    placed: KeyPath = ()
    for depth, part in enumerate(parts, start=1):
        placed += (part,)
        if new_row and depth == len(parts):
            rows[placed] = rows.get(placed, -1) + 1
        if placed in rows:
            placed += (rows[placed],)
    return placed


def _end_of_value(source: str, position: int) -> int:
    """Return where the line after the value begins, past strings and brackets that span lines."""
    depth = 0
    for mark in _VALUE_MARK.finditer(source, position):
        if mark[0] in "[{":
            depth += 1
        elif mark[0] in "]}":
            depth -= 1
        elif mark[0] == "\n" and depth <= 0:
            return mark.end()
    return len(source)
