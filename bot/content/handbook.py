"""handbook.toml: "May I?", answered for the situations assistants meet."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints

from bot.content.entry import (
    SHORT_CODE,
    Entry,
    Listed,
    Names,
    Sentences,
    ShortCode,
    Statement,
    find,
)
from bot.content.lines import KeyPath

_LINES = 5
_LINE_LENGTH = 130


def _short_lines(text: str) -> str:
    lines = text.split("\n")
    if len(lines) > _LINES or any(
        not 1 <= len(line) <= _LINE_LENGTH or not line.isprintable() for line in lines
    ):
        raise ValueError("too much for a phone")
    return text


_Advice = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=_LINES * _LINE_LENGTH),
    AfterValidator(_short_lines),
]
_LIMITS = f"at most {_LINES} lines of at most {_LINE_LENGTH} characters, none of them empty"


class Advice(Statement):
    """What to do and why, in a few short lines."""

    kk: _Advice = Field(description=f"the advice in Kazakh: {_LIMITS}")
    ru: _Advice = Field(description=f"the advice in Russian: {_LIMITS}")
    en: _Advice = Field(description=f"the advice in English: {_LIMITS}")


class Source(Entry):
    """What an answer rests on: a named law, or a rule of the service."""

    code: ShortCode = Field(description=SHORT_CODE)
    names: Sentences = Field(description="names.kk, names.ru and names.en")


class HandbookTopic(Listed):
    """Situations that belong together."""


class Situation(Entry):
    """One question and its answer.

    Attributes:
        words: other words people would look for it by; searched, never shown.
    """

    code: ShortCode = Field(description=SHORT_CODE)
    topic: ShortCode = Field(description="the code of one of the [[topics]] above")
    answer: Literal["may", "may_not", "call_102"] = Field(
        description='"may", "may_not" or "call_102"'
    )
    title: Names = Field(description="title.kk, title.ru and title.en")
    text: Advice = Field(description="text.kk, text.ru and text.en")
    words: Sentences = Field(description="words.kk, words.ru and words.en")
    source: ShortCode = Field(description="the code of one of the [[sources]] above")


class Handbook(Entry):
    """The topics as they are shown, and the situations of each in order."""

    unique: ClassVar = (("sources", "code"), ("topics", "code"), ("situations", "code"))

    sources: Annotated[tuple[Source, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[sources]]"
    )
    topics: Annotated[tuple[HandbookTopic, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[topics]]"
    )
    situations: Annotated[tuple[Situation, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[situations]]"
    )

    def topic(self, code: str) -> HandbookTopic | None:
        """Return the topic with this code, or None."""
        return find(self.topics, code)

    def situation(self, code: str) -> Situation | None:
        """Return the situation with this code, or None."""
        return find(self.situations, code)

    def of_topic(self, code: str) -> tuple[Situation, ...]:
        """Return the situations of a topic."""
        return tuple(situation for situation in self.situations if situation.topic == code)

    def source_of(self, situation: Situation) -> Source:
        """Return what the answer rests on."""
        return next(source for source in self.sources if source.code == situation.source)

    def faults(self) -> Iterator[tuple[KeyPath, str]]:
        """Find codes that lead nowhere, and topics with nothing in them."""
        topics = {topic.code for topic in self.topics}
        sources = {source.code for source in self.sources}
        for row, situation in enumerate(self.situations):
            if situation.topic not in topics:
                yield ("situations", row, "topic"), "must be the code of one of the [[topics]]"
            if situation.source not in sources:
                yield ("situations", row, "source"), "must be the code of one of the [[sources]]"
        used = {situation.topic for situation in self.situations}
        for row, topic in enumerate(self.topics):
            if topic.code not in used:
                yield ("topics", row), "must have at least one of the [[situations]]"
