"""The one message of a draft: a field asked, all of it to be saved, a doubt to be settled."""

from datetime import datetime
from itertools import islice

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers.activity.draft import FORM, OFFERS_SHOWN, Draft, previous_field
from bot.handlers.activity.presses import (
    AskField,
    CancelDraft,
    NewActivity,
    OpenEntry,
    OpenForm,
    PickOffer,
    SameOne,
    SaveActivity,
    SaveChanges,
    SkipField,
)
from bot.handlers.activity.words import (
    answer_words,
    kind_name,
    kind_of,
    short,
    value_lines,
)
from bot.i18n import Markup
from bot.screens import Button, Rows, Screen, in_column, in_pairs
from bot.services.activity import Doubt, Doubtful
from bot.services.activity_answers import FieldRule

_SHORT_ANSWERS = ("count", "hours", "yes_no", "period")
# Below more lines than these no empty one stands: why an answer is refused may come above.
_HEAD_LINES = 8


def draft_screen(ctx: Context, draft: Draft) -> Screen:
    """Return what the draft asks now, or all of it."""
    kind = ctx.services.drafts.rules.kind(draft.kind)
    field = kind.field(draft.field)
    if field is None:
        return _form(ctx, draft)
    asked = ctx.t("activity-question", field=field.name)
    rows = (*_offers(ctx, draft, field), *_beside(ctx, draft, field), _leaving(ctx, draft))
    return _screen(ctx, draft, _headed(ctx, draft, asked), rows)


def _screen(ctx: Context, draft: Draft, lines: list[str], rows: Rows) -> Screen:
    """Return a screen of the draft, below the numbers to call where such a result is taken."""
    first = _emergency(ctx, draft)
    text = Markup("\n").join([*first, *lines])
    return Screen(text, rows, first="".join(first), expects=draft.expected)


def _headed(ctx: Context, draft: Draft, asked: str) -> list[str]:
    """Return what is asked below what is filled, with room left for why an answer is refused."""
    head = _head(ctx, draft)
    return [*head, "", asked] if len(head) <= _HEAD_LINES else [*head, asked]


def _head(ctx: Context, draft: Draft) -> list[str]:
    """Return what stands over every screen of the draft: its kind, its limit, what is filled."""
    t, kind = ctx.t, kind_of(ctx, draft.kind)
    lines: list[str] = [t("activity-title", name=kind_name(ctx, draft.kind))]
    if kind is not None:
        lines.append(t("activity-limit", limit=kind.limit[t.language]))
    if draft.shift_ended_at:
        lines.append(t("activity-late", at=datetime.fromisoformat(draft.shift_ended_at)))
    lines += value_lines(ctx, draft.kind, draft.values)
    if draft.attachments:
        lines.append(t("activity-attached-draft"))
    return lines


def _emergency(ctx: Context, draft: Draft) -> list[str]:
    """Return the numbers to call, which stand first wherever such a result is taken."""
    kind, region = kind_of(ctx, draft.kind), ctx.house.content.region
    if kind is None or not kind.emergency_first:
        return []
    police, emergency = region.police_phone, region.emergency_phone
    return [ctx.t("activity-emergency", police=police, emergency=emergency)]


def _offers(ctx: Context, draft: Draft, field: FieldRule) -> Rows:
    """Return a page of likely answers; short ones stand two in a row."""
    first = draft.page * OFFERS_SHOWN
    shown = islice(enumerate(draft.offers), first, first + OFFERS_SHOWN)
    buttons = [
        Button(
            short(answer_words(ctx, field, offer)),
            PickOffer(tag=draft.tag, field=field.name, index=index),
        )
        for index, offer in shown
    ]
    rows = in_pairs(buttons) if field.type in _SHORT_ANSWERS else in_column(buttons)
    return (*rows, *_turner(ctx, draft))


def _turner(ctx: Context, draft: Draft) -> Rows:
    """Return the row that turns the pages of answers, round the end too."""
    pages = draft.last_page + 1
    if pages == 1:
        return ()

    def turn(text: str, number: int) -> Button:
        return Button(text, AskField(tag=draft.tag, field=draft.field, page=number % pages))

    here = ctx.t.plain("page-number", number=draft.page + 1, last=pages)
    return ((turn("◀", draft.page - 1), turn(here, draft.page), turn("▶", draft.page + 1)),)


def _beside(ctx: Context, draft: Draft, field: FieldRule) -> Rows:
    """Return what may be done instead of answering."""
    rules = ctx.services.drafts.rules
    kind = rules.kind(draft.kind)
    rows: list[tuple[Button, ...]] = []
    if not rules.required(kind, field, draft.values):
        skip = SkipField(tag=draft.tag, field=field.name)
        rows.append((Button(ctx.t.plain("activity-skip"), skip),))
    if not rules.missing(kind, draft.values):
        rows.append((_saving(ctx, draft, "activity-save-now"),))
    return tuple(rows)


def _saving(ctx: Context, draft: Draft, text: str, sure: Doubt = Doubt.NONE) -> Button:
    press: CallbackData = SaveActivity(key=draft.key, sure=sure.value)
    if draft.entry_id:
        press = SaveChanges(activity_id=draft.entry_id, version=draft.version)
    return Button(ctx.t.plain(text), press, style="success")


def _leaving(ctx: Context, draft: Draft) -> tuple[Button, ...]:
    return (
        Button(ctx.t.plain("button-back"), _back(ctx, draft)),
        Button(ctx.t.plain("button-cancel"), CancelDraft(tag=draft.tag)),
    )


def _back(ctx: Context, draft: Draft) -> CallbackData:
    """Return the way back: to the field before, to all of the draft, or to where it began."""
    rules = ctx.services.drafts.rules
    if draft.field != FORM:
        before = previous_field(rules, draft)
        if before is not None:
            return AskField(tag=draft.tag, field=before)
        if not rules.missing(rules.kind(draft.kind), draft.values):
            return OpenForm(tag=draft.tag)
    if draft.entry_id:
        return OpenEntry(activity_id=draft.entry_id)
    attachment = draft.attachments[0] if draft.attachments else 0
    return NewActivity(attachment=attachment, shift=draft.shift_id)


def _form(ctx: Context, draft: Draft) -> Screen:
    """Return all of the draft, every field a button; a message written now is its note."""
    kind = ctx.services.drafts.rules.kind(draft.kind)
    fields = [
        Button(
            ctx.t.plain(
                "activity-change" if field.name in draft.values else "activity-fill",
                field=field.name,
            ),
            AskField(tag=draft.tag, field=field.name),
        )
        for field in kind.fields
    ]
    lines = _headed(ctx, draft, ctx.t("activity-form"))
    rows = ((_saving(ctx, draft, "activity-save"),), *in_pairs(fields), _leaving(ctx, draft))
    return _screen(ctx, draft, lines, rows)


def doubt_screen(ctx: Context, draft: Draft, doubtful: Doubtful, sure: Doubt) -> Screen:
    """Ask about another entry that may be the same one, or shares time with the draft."""
    t, other = ctx.t, doubtful.other
    lines: list[str] = []
    settled = sure | doubtful.doubt
    if doubtful.doubt is Doubt.SAME:
        lines += [
            t("activity-same-ask", name=kind_name(ctx, other.kind), at=other.created_at),
            *value_lines(ctx, other.kind, other.fields),
        ]
        same = SameOne(tag=draft.tag, activity_id=other.id)
        rows: Rows = (
            (Button(t.plain("activity-same-yes"), same),),
            (_saving(ctx, draft, "activity-same-no", settled),),
        )
    else:
        lines += [
            t(
                "activity-overlap-ask",
                name=kind_name(ctx, other.kind),
                begins=other.begins_at,
                ends=other.ends_at,
            )
        ]
        change = AskField(tag=draft.tag, field="period")
        rows = (
            (Button(t.plain("activity-overlap-change"), change),),
            (_saving(ctx, draft, "activity-overlap-save", settled),),
        )
    return _screen(ctx, draft, lines, (*rows, _leaving(ctx, draft)))
