"""activities.toml: what assistants do, and what is written down of it."""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from bot.content.choices import Audience
from bot.content.entry import Entry, Listed, Sentences
from bot.content.lines import KeyPath


class FieldType(StrEnum):
    """How a field is filled in."""

    TEXT = "text"  # one line in the person's own words
    COUNT = "count"  # a whole number
    HOURS = "hours"  # a length of time
    PERIOD = "period"  # from when until when
    YES_NO = "yes_no"
    CHOICE = "choice"  # a code: of a list of the pack, or one of OWN_CHOICES


FieldName = Literal[
    "area",
    "period",
    "partner",
    "topic",
    "audience",
    "format",
    "people",
    "homes",
    "copies",
    "operation",
    "event",
    "officer",
    "category",
    "handed_to",
    "reference",
    "age_group",
    "found",
    "adult",
    "action",
    "hours",
    "note",
]

FIELD_TYPES: Final[dict[FieldName, FieldType]] = {
    "area": FieldType.TEXT,
    "period": FieldType.PERIOD,
    "partner": FieldType.TEXT,
    "topic": FieldType.CHOICE,
    "audience": FieldType.CHOICE,
    "format": FieldType.CHOICE,
    "people": FieldType.COUNT,
    "homes": FieldType.COUNT,
    "copies": FieldType.COUNT,
    "operation": FieldType.CHOICE,
    "event": FieldType.TEXT,
    "officer": FieldType.TEXT,
    "category": FieldType.CHOICE,
    "handed_to": FieldType.CHOICE,
    "reference": FieldType.TEXT,
    "age_group": FieldType.CHOICE,
    "found": FieldType.YES_NO,
    "adult": FieldType.TEXT,
    "action": FieldType.TEXT,
    "hours": FieldType.HOURS,
    "note": FieldType.TEXT,
}

# Choices every region shares; the other choices are topics.toml, audiences.toml and their like.
OWN_CHOICES: Final[dict[FieldName, tuple[str, ...]]] = {
    "format": ("single", "group", "meeting"),
    "handed_to": ("102", "officer", "akimat"),
    "age_group": ("child", "adult"),
}

_OPTIONAL: Final = "?"


class ActivityField(Entry):
    """One field of a kind, written ``"partner"``, or ``"partner?"`` when it may stay empty."""

    name: FieldName = Field(description=f"one of {', '.join(get_args(FieldName))}")
    required: bool = Field(description="true or false")

    @property
    def type(self) -> FieldType:
        """How it is filled in."""
        return FIELD_TYPES[self.name]


def _field(written: object) -> object:
    if not isinstance(written, str):
        raise ValueError("not a name")  # noqa: TRY004 - a TypeError would not be told as a fault
    return {"name": written.removesuffix(_OPTIONAL), "required": not written.endswith(_OPTIONAL)}


def _emoji(text: str) -> str:
    # So marks of symbols, and the selector that asks for their coloured form.
    if not all(unicodedata.category(char) in ("So", "Mn") for char in text):
        raise ValueError("not an emoji")
    return text


class ActivityKind(Listed):
    """One kind of activity.

    Attributes:
        fields: what is asked, in this order.
        officer: whether an officer must be present: ``on-record`` means with an audience that
            asks for one.
        limit: the border of an assistant's competence, in one sentence.
        public: whether it may stand in open reports.
        emergency_first: whether its screens begin with the numbers to call.
    """

    emoji: Annotated[str, StringConstraints(min_length=1, max_length=3), AfterValidator(_emoji)] = (
        Field(description="one emoji")
    )
    fields: Annotated[
        tuple[Annotated[ActivityField, BeforeValidator(_field)], ...],
        Field(min_length=1, strict=False),
    ] = Field(description='names of fields in quotes, such as ["area", "note?"]')
    officer: Literal["always", "on-record", "never"] = Field(
        description='"always", "on-record" or "never"'
    )
    limit: Sentences = Field(description="limit.kk, limit.ru and limit.en")
    public: bool = Field(description="true or false")
    emergency_first: bool = Field(description="true or false")

    def field(self, name: FieldName) -> ActivityField | None:
        """Return the field with this name, or None when the kind has none."""
        return next((field for field in self.fields if field.name == name), None)

    def needs_officer(self, audience: Audience | None = None) -> bool:
        """Tell whether it may be saved only with the officer named."""
        if self.officer == "on-record":
            return audience is not None and audience.officer
        return self.officer == "always"

    def faults(self) -> Iterator[tuple[KeyPath, str]]:
        """Find fields that come twice, and an officer who must be there but cannot be named."""
        names = [field.name for field in self.fields]
        for position, name in enumerate(names):
            if name in names[:position]:
                yield ("fields", position), f'must not repeat "{name}"'
        officer, audience = self.field("officer"), self.field("audience")
        if self.officer == "always" and not (officer and officer.required):
            yield ("fields",), 'must have "officer", who is always present'
        if self.officer == "on-record" and not (officer and audience and audience.required):
            yield ("fields",), 'must have "audience" and "officer?", who is present for some'


class Activities(Entry):
    """activities.toml; ``kinds`` stand as they are shown."""

    unique: ClassVar = (("kinds", "code"),)

    kinds: Annotated[tuple[ActivityKind, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[kinds]]"
    )

    def faults(self) -> Iterator[tuple[KeyPath, str]]:
        """Find what is wrong within each kind."""
        for row, kind in enumerate(self.kinds):
            for place, demand in kind.faults():
                yield ("kinds", row, *place), demand
