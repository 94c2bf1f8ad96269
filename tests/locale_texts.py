"""Fluent files as data for the tests: messages, their arguments, and what they may come out as."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

_MOST_ALTERNATIVES = 256

Sample = Callable[[str], str]


@dataclass(frozen=True)
class LocaleTexts:
    """The messages and terms of one language."""

    language: str
    messages: dict[str, ast.Message]
    terms: dict[str, ast.Term]

    @classmethod
    def read(cls, directory: Path) -> "LocaleTexts":
        messages: dict[str, ast.Message] = {}
        terms: dict[str, ast.Term] = {}
        for path in sorted(directory.glob("*.ftl")):
            for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
                if isinstance(entry, ast.Message):
                    messages[entry.id.name] = entry
                elif isinstance(entry, ast.Term):
                    terms[entry.id.name] = entry
        return cls(directory.name, messages, terms)

    def arguments(self, key: str) -> set[str]:
        """Names of the arguments a message needs, also through the messages it is made of."""
        found = _Names()
        found.visit(self.messages[key])
        inner = found.messages & self.messages.keys() - {key}
        return found.arguments.union(*(self.arguments(name) for name in inner))

    def references(self) -> set[str]:
        """Keys of messages that other messages are made of."""
        found = _Names()
        for entry in (*self.messages.values(), *self.terms.values()):
            found.visit(entry)
        return found.messages

    def selections(self, key: str) -> list[ast.SelectExpression]:
        """Every choice inside a message."""
        found = _Names()
        found.visit(self.messages[key])
        return found.selections

    def renderings(self, key: str, sample: Sample) -> list[str]:
        """What the message may come out as, each variant of each choice at least once."""
        return _alternatives(_value(self.messages[key]), self, sample)

    def pattern(self, reference: ast.MessageReference | ast.TermReference) -> ast.Pattern:
        """The pattern another message refers to."""
        entries = self.messages if isinstance(reference, ast.MessageReference) else self.terms
        return _value(entries[reference.id.name])


def _value(entry: ast.Message | ast.Term) -> ast.Pattern:
    assert entry.value is not None, f"{entry.id.name} has only attributes, which nothing reads"
    return entry.value


class _Names(Visitor):
    def __init__(self) -> None:
        self.arguments: set[str] = set()
        self.messages: set[str] = set()
        self.selections: list[ast.SelectExpression] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's name
        self.arguments.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - Fluent's name
        self.messages.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 - Fluent's name
        self.selections.append(node)
        self.generic_visit(node)


def _alternatives(pattern: ast.Pattern, texts: LocaleTexts, sample: Sample) -> list[str]:
    found = [""]
    for element in pattern.elements:
        parts = (
            [element.value]
            if isinstance(element, ast.TextElement)
            else list(_of_expression(element.expression, texts, sample))
        )
        if len(found) * len(parts) <= _MOST_ALTERNATIVES:
            found = [head + tail for head in found for tail in parts]
        else:
            longer = max(found, parts, key=len)
            pairs = zip(cycle(found), cycle(parts), range(len(longer)), strict=False)
            found = [head + tail for head, tail, _ in pairs]
    return found


def _of_expression(expression: object, texts: LocaleTexts, sample: Sample) -> Iterator[str]:
    match expression:
        case ast.SelectExpression():
            for variant in expression.variants:
                yield from _alternatives(variant.value, texts, sample)
        case ast.VariableReference():
            yield sample(expression.id.name)
        case (
            ast.Placeable(expression=inner)
            | ast.FunctionReference(arguments=ast.CallArguments(positional=[inner, *_]))
        ):
            yield from _of_expression(inner, texts, sample)
        case ast.MessageReference() | ast.TermReference():
            yield from _alternatives(texts.pattern(expression), texts, sample)
        case ast.StringLiteral() | ast.NumberLiteral():
            yield str(expression.parse()["value"])
        case _:
            raise AssertionError(f"nobody taught the tests {expression!r}")
