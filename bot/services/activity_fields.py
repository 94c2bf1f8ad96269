"""What is written down of each kind of activity, and when that may be kept. Without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from bot.services.activity_answers import (
    FieldRule,
    Span,
    check_period,
    moments_of,
    read_count,
    read_words,
)
from bot.services.errors import InvalidInputError
from bot.services.wording import name_key

Values = Mapping[str, Any]

PERIOD: Final = "period"
PEOPLE: Final = "people"
OFFICER: Final = "officer"
CATEGORY: Final = "category"
# What tells two results of one kind apart.
_SIGNATURE: Final = ("area", "topic", "event", "operation", CATEGORY)


@dataclass(frozen=True, slots=True)
class KindRule:
    """What one kind asks, in this order, and when an officer must be named."""

    code: str
    fields: tuple[FieldRule, ...]
    officer: Literal["always", "on-record", "never"]

    def field(self, name: str) -> FieldRule | None:
        """Return the field with this name."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class ActivityRules:
    """Every kind, in the order people see them.

    Attributes:
        on_record: audiences with whom an officer must be present.
        akimat: categories of facts that may be handed to the akimat too.
        zone: the region's, for times that are typed.
    """

    kinds: Mapping[str, KindRule]
    on_record: frozenset[str]
    akimat: frozenset[str]
    zone: ZoneInfo

    def kind(self, code: str) -> KindRule:
        """Return the kind.

        Raises:
            InvalidInputError: there is no such kind (any more).
        """
        kind = self.kinds.get(code)
        if kind is None:
            raise InvalidInputError("error-activity-kind")
        return kind

    def needs_officer(self, kind: KindRule, values: Values) -> bool:
        """Tell whether the officer must be named, as the answers stand."""
        if kind.officer == "on-record":
            return values.get("audience") in self.on_record
        return kind.officer == "always"

    def required(self, kind: KindRule, field: FieldRule, values: Values) -> bool:
        """Tell whether the field must be filled, as the answers stand."""
        return field.required or (field.name == OFFICER and self.needs_officer(kind, values))

    def missing(self, kind: KindRule, values: Values) -> list[str]:
        """Return the names of fields still to be filled, in order."""
        return [
            field.name
            for field in kind.fields
            if self.required(kind, field, values) and field.name not in values
        ]

    def choices(self, field: FieldRule, values: Values) -> tuple[str, ...]:
        """Return the codes to choose from, as the other answers stand."""
        if field.name == "handed_to" and values.get(CATEGORY) not in self.akimat:
            return tuple(code for code in field.choices if code != "akimat")
        return field.choices


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers that may be kept; an entry without a period is one moment."""

    fields: dict[str, Any]
    begins_at: datetime
    ends_at: datetime
    people_reached: int
    category: str | None


def check(
    rules: ActivityRules,
    kind: KindRule,
    values: Values,
    span: Span,
    *,
    moment: datetime,
    kept_period: tuple[datetime, datetime] | None = None,
) -> Checked:
    """Return answers as they may be kept; without a period it happened at the moment.

    A ``kept_period`` that stays as it is needs no span: its shift may have been corrected since.

    Raises:
        InvalidInputError: one is missing, unknown, or not what its field takes.
    """
    missing = rules.missing(kind, values)
    if missing:
        officer = missing[0] == OFFICER and kind.officer == "on-record"
        raise InvalidInputError(
            "error-officer-wanted" if officer else "error-field-missing", field=missing[0]
        )
    kept = {
        field.name: values[field.name]
        for field in kind.fields
        if field.name in values and field.name != PERIOD
    }
    for field in kind.fields:
        if field.name in kept:
            _check_value(rules, field, kept[field.name], values)
    begins_at = ends_at = moment
    if PERIOD in values and kind.field(PERIOD) is not None:
        begins_at, ends_at = moments_of(values[PERIOD])
        if (begins_at, ends_at) != kept_period:
            check_period(begins_at, ends_at, span)
    return Checked(kept, begins_at, ends_at, int(kept.get(PEOPLE, 0)), kept.get(CATEGORY))


def _check_value(
    rules: ActivityRules,
    field: FieldRule,
    value: Any,  # noqa: ANN401 - JSON
    values: Values,
) -> None:
    match field.type, value:
        case "text", str():
            read_words(field, value)
        case (("count" | "hours"), bool()):
            raise InvalidInputError("error-field-value", field=field.name)
        case "count", int():
            read_count(str(value))
        case ("hours", int()) | ("yes_no", bool()):
            return
        case "choice", str() if value in rules.choices(field, values):
            return
        case _:
            raise InvalidInputError("error-field-value", field=field.name)


def signature(fields: Values) -> tuple[str, ...]:
    """Return what two entries of one kind share when they may be the same result."""
    return tuple(name_key(str(fields.get(name, ""))) for name in _SIGNATURE)
