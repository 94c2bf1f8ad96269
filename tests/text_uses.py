"""Which texts the code asks for, found by reading it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_PREFIX = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*-\Z")


@dataclass(frozen=True)
class Asked:
    """A text asked for. Its key is a pattern when built at run time; arguments, when known."""

    key: re.Pattern[str]
    place: str
    plain: bool
    arguments: frozenset[str] | None


@dataclass
class TextUses:
    """What the code says of texts; `mentioned` is any string that might be a key."""

    asked: list[Asked] = field(default_factory=list)
    mentioned: set[re.Pattern[str]] = field(default_factory=set)

    @classmethod
    def read(cls, directory: Path) -> "TextUses":
        uses = cls()
        for path in sorted(directory.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if pattern := _pattern(node):
                    uses.mentioned.add(pattern)
                if isinstance(node, ast.Call) and _takes_a_key(node.func) and node.args:
                    uses.asked.extend(_asked(node, path.name))
        return uses


def _asked(call: ast.Call, file: str) -> Iterator[Asked]:
    names = {keyword.arg for keyword in call.keywords}
    arguments = None if None in names else frozenset(name for name in names if name)
    for key in _branches(call.args[0]):
        if pattern := _pattern(key, asked=not _refuses(call.func)):
            plain = _name(call.func) == "plain"
            yield Asked(pattern, f"{file}:{call.lineno}", plain, arguments)


def _takes_a_key(function: ast.expr) -> bool:
    if isinstance(function, ast.Subscript):
        return _name(function.value) == "texts"
    return _name(function) in {"t", "plain"} or _refuses(function)


def _refuses(function: ast.expr) -> bool:
    return _name(function).endswith("Error")


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return node.attr
        case _:
            return ""


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _pattern(node: ast.AST, *, asked: bool = False) -> re.Pattern[str] | None:
    """The keys a string may be; a string built at run time has to begin like a key."""
    match node:
        case ast.Constant(value=str(text)) if _KEBAB.match(text):
            return re.compile(re.escape(text))
        case ast.JoinedStr(values=[ast.Constant(value=str(head)), *_]) if _PREFIX.match(head):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]+"
                for part in node.values
            ]
            return re.compile("".join(parts))
        case ast.JoinedStr() if asked:
            raise AssertionError(f"line {node.lineno}: a key must begin with the name of its flow")
        case _:
            return None
