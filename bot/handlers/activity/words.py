"""What is written down of a result, in words of the person's language."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from bot.content import ActivityKind, find
from bot.context import Context
from bot.i18n import Markup
from bot.services.activity_answers import FieldRule, moments_of
from bot.services.activity_cards import EntryLine, VersionCard
from bot.services.activity_fields import Values

# A phone shows no more on a button, and a list no more in a line.
_SHORT = 40
_OWN_CHOICES = ("format", "handed_to", "age_group")
# A variant of a text begins with a letter.
_SPOKEN = {"102": "police"}


def kind_of(ctx: Context, code: str) -> ActivityKind | None:
    """Return the kind as the pack has it; ``None`` when it has left the pack."""
    return find(ctx.house.content.activities, code)


def kind_name(ctx: Context, code: str) -> str:
    """Return the kind's emoji and name."""
    kind = kind_of(ctx, code)
    return code if kind is None else f"{kind.emoji} {kind.names[ctx.t.language]}"


def big_kinds(ctx: Context) -> tuple[str, ...]:
    """Return the kinds that stand first in the pack: they are done most, by gloved hands."""
    return tuple(kind.code for kind in ctx.house.content.counted)


def answer_words(ctx: Context, field: FieldRule, value: Any) -> str:  # noqa: ANN401 - JSON
    """Return an answer as people read it, plain."""
    match field.type, value:
        case "choice", str():
            return choice_name(ctx, field.name, value)
        case "yes_no", _:
            return ctx.t.plain("activity-yes" if value else "activity-no")
        case "hours", int():
            return ctx.t.duration(timedelta(minutes=value))
        case "count", int():
            return ctx.t.number(value)
        case "period", _:
            begins, ends = moments_of(value)
            return ctx.t.plain("activity-period", begins=begins, ends=ends)
        case _:
            return str(value)


def choice_name(ctx: Context, field: str, code: str) -> str:
    """Return the name behind a code; the code itself when it has left the pack."""
    if field in _OWN_CHOICES:
        return ctx.t.plain("activity-choice", choice=_SPOKEN.get(code, code))
    content = ctx.house.content
    lists: Mapping[str, Iterable[Any]] = {
        "topic": content.topics,
        "audience": content.audiences,
        "category": content.fact_categories,
        "operation": content.operations,
    }
    row = find(lists[field], code)
    return code if row is None else str(row.names[ctx.t.language])


def short(text: str) -> str:
    """Return a text that fits on a button."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}\N{HORIZONTAL ELLIPSIS}"


def value_lines(ctx: Context, code: str, values: Values) -> list[Markup]:
    """Return the filled fields of a kind, line by line."""
    rule = ctx.services.drafts.rules.kinds.get(code)
    if rule is None:
        return []
    return [
        ctx.t(
            "activity-value", field=field.name, value=answer_words(ctx, field, values[field.name])
        )
        for field in rule.fields
        if field.name in values
    ]


def when(ctx: Context, entry: EntryLine | VersionCard) -> str:
    """Return when the entry happened: a moment, or from when until when."""
    if entry.begins_at < entry.ends_at:
        return ctx.t.plain("activity-period", begins=entry.begins_at, ends=entry.ends_at)
    return ctx.t.time(entry.begins_at)


def entry_row(ctx: Context, entry: EntryLine) -> str:
    """Return the entry as a line of a list."""
    kind = kind_of(ctx, entry.kind)
    return ctx.t.plain(
        "entry-row",
        state=entry.state,
        time=when(ctx, entry),
        kind=kind.emoji if kind is not None else "",
        what=short(_gist(ctx, entry)),
    )


def _gist(ctx: Context, entry: EntryLine) -> str:
    """Return what tells the entry apart from others of its kind."""
    for field in ("topic", "category", "operation"):
        if field in entry.fields:
            return choice_name(ctx, field, str(entry.fields[field]))
    for field in ("area", "event"):
        if field in entry.fields:
            return str(entry.fields[field])
    kind = kind_of(ctx, entry.kind)
    return entry.kind if kind is None else kind.names[ctx.t.language]
