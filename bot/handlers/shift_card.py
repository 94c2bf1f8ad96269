"""The card of a shift: a log that grows while it lasts, and its report in the end."""

from collections.abc import Callable
from datetime import timedelta

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers.activity.presses import BeginBeside, ListEntries, RecordResult
from bot.handlers.activity.words import big_kinds, entry_row, kind_name
from bot.handlers.shift_presses import (
    AskEnd,
    CorrectShift,
    EndShift,
    ListOwn,
    LiveHelp,
    StateEnd,
    WithdrawCorrection,
)
from bot.i18n import Markup, escape
from bot.screens import HEAD_LINES, MOST_LINES, Button, Rows, Screen, in_pairs, line_count
from bot.services.shift_cards import ShiftCard, ShiftLine
from bot.services.states import ActivityState, Place, ShiftState

MINUTE = timedelta(minutes=1)
_ENTRIES_SHOWN = 4


def card_screen(ctx: Context, shift: ShiftCard) -> Screen:
    """Return the card as it stands in the person's chat from now on."""
    text = "\n".join(log_lines(ctx, shift))
    return Screen(text, _shift_rows(ctx, shift), card_of=shift.id)


def listed_screen(ctx: Context, shift: ShiftCard, head: str = "") -> Screen:
    """Return the same as one of the person's shifts, with the way back to all of them.

    Args:
        head: what stands above it.
    """
    text = "\n".join(log_lines(ctx, shift, HEAD_LINES if head else 0))
    results = (Button(ctx.t.plain("day-all-entries"), ListEntries(shift_id=shift.id)),)
    back = (Button(ctx.t.plain("button-back"), ListOwn()),)
    screen = Screen(text, (*_shift_rows(ctx, shift), results, back))
    return screen.headed(head) if head else screen


def _shift_rows(ctx: Context, shift: ShiftCard) -> Rows:
    return _open_rows(ctx, shift) if shift.state is ShiftState.OPEN else _ended_rows(ctx, shift)


def log_lines(ctx: Context, shift: ShiftCard, beside: int = 0) -> list[Markup]:
    """Return what there is to say of the shift, line by line, its heading first.

    Args:
        beside: how many lines the message has beside these; so many fewer results are shown.
    """
    begun = [_heading(ctx, shift), _planned_line(ctx, shift), _place_line(ctx, shift)]
    if shift.entries:
        begun.append(ctx.t("shift-results", count=shift.entries, people_total=shift.people_reached))
    marks = _mark_lines(ctx, shift)
    room = MOST_LINES - beside - line_count(begun) - line_count(marks)
    return [*begun, *_entry_lines(ctx, shift, room), *marks]


def _mark_lines(ctx: Context, shift: ShiftCard) -> list[Markup]:
    lines: list[Markup] = []
    if shift.outside:
        lines.append(ctx.t("shift-outside", count=shift.outside))
    if shift.state is ShiftState.OPEN:
        lines.append(
            ctx.t("shift-is-asked")
            if shift.ask_at is None
            else ctx.t("shift-asks-at", at=shift.ask_at)
        )
    elif shift.too_long and shift.state is ShiftState.CLOSED:
        lines.append(ctx.t("shift-long"))
    if shift.waiting is not None:
        lines.append(
            ctx.t("shift-waits", start=shift.waiting.started_at, end=shift.waiting.ended_at)
        )
    return lines


def _planned_line(ctx: Context, shift: ShiftCard) -> Markup:
    if shift.planned is None:
        return ctx.t("shift-unplanned")
    return ctx.t("shift-planned", start=shift.planned.starts_at, end=shift.planned.ends_at)


def _entry_lines(ctx: Context, shift: ShiftCard, room: int) -> list[Markup]:
    """Return the latest results, as many as leave the rest on a small screen, and how many more."""
    standing = [entry for entry in shift.log if entry.state is not ActivityState.WITHDRAWN]
    if len(standing) <= min(_ENTRIES_SHOWN, room):
        return [escape(entry_row(ctx, entry)) for entry in standing]
    shown = min(_ENTRIES_SHOWN, room - 1)
    if shown < 1:
        return []
    return [
        ctx.t("shift-results-more", count=len(standing) - shown),
        *(escape(entry_row(ctx, entry)) for entry in standing[-shown:]),
    ]


def _place_line(ctx: Context, shift: ShiftCard) -> Markup:
    """Return where the shift began and ended, as the fences mark it, and the way between."""
    places = _places(ctx, shift)
    if not shift.track_m:
        return places
    return Markup(" · ").join((places, ctx.t("shift-track", length=kilometres(shift.track_m))))


def _places(ctx: Context, shift: ShiftCard) -> Markup:
    if shift.start_site is not None:
        start = ctx.t("shift-place-site", site=shift.start_site[ctx.t.language])
    else:
        start = place_words(ctx, shift.start_place)
    if shift.end_place is None:
        return start
    return ctx.t("shift-places", start=start, end=place_words(ctx, shift.end_place))


def line_words(ctx: Context, line: ShiftLine) -> str:
    """Return a shift as a row of a list, plain."""
    ended = line.ended_at or line.started_at
    return ctx.t.plain(
        "shifts-own-row",
        state=line.state,
        start=line.started_at,
        end=ended,
        length=ended - line.started_at,
    )


def place_words(ctx: Context, place: Place) -> Markup:
    """Return what a fence says of a point."""
    return ctx.t("shift-place", place=place)


def kilometres(metres: float) -> float:
    """Return the length as people read it, in tenths of a kilometre, cut off."""
    return int(metres / 100) / 10


def end_buttons(
    ctx: Context, shift: ShiftCard, press: Callable[[int], CallbackData]
) -> list[Button]:
    """Return a button for each believable end; ``press`` takes minutes from the start."""
    return [
        Button(
            ctx.t.plain("shift-end-at", at=end, length=end - shift.started_at),
            press((end - shift.started_at) // MINUTE),
        )
        for end in shift.ends
    ]


def state_end_rows(ctx: Context, shift: ShiftCard) -> Rows:
    """Return the buttons by which a person says when the shift ended."""
    buttons = end_buttons(ctx, shift, lambda minutes: StateEnd(shift_id=shift.id, minutes=minutes))
    other = Button(ctx.t.plain("shift-end-other"), AskEnd(shift_id=shift.id))
    return (*in_pairs(buttons), (other,))


def _heading(ctx: Context, shift: ShiftCard) -> Markup:
    if shift.state is ShiftState.OPEN:
        return ctx.t("shift-card-open", at=shift.started_at)
    if shift.state is ShiftState.UNCONFIRMED:
        return ctx.t("shift-card-unconfirmed", at=shift.started_at)
    assert shift.ended_at is not None  # noqa: S101 - only an open shift has no end
    return ctx.t(
        "shift-card-closed", start=shift.started_at, end=shift.ended_at, length=shift.credited
    )


def _open_rows(ctx: Context, shift: ShiftCard) -> Rows:
    t = ctx.t
    return (
        *(
            (Button(kind_name(ctx, kind), BeginBeside(shift_id=shift.id, kind=kind)),)
            for kind in big_kinds(ctx)
        ),
        (Button(t.plain("key-result"), RecordResult(shift_id=shift.id), style="primary"),),
        (Button(t.plain("shift-card-live"), LiveHelp(shift_id=shift.id)),),
        (Button(t.plain("key-end-shift"), EndShift(shift_id=shift.id), style="danger"),),
    )


def _ended_rows(ctx: Context, shift: ShiftCard) -> Rows:
    rows: Rows = ()
    if shift.state is ShiftState.UNCONFIRMED:
        rows = state_end_rows(ctx, shift)
    if shift.waiting is not None:
        back = Button(
            ctx.t.plain("correction-withdraw"), WithdrawCorrection(correction_id=shift.waiting.id)
        )
        return (*rows, (back,))
    if shift.state is ShiftState.CLOSED:
        return ((Button(ctx.t.plain("shift-correct"), CorrectShift(shift_id=shift.id)),),)
    return rows
