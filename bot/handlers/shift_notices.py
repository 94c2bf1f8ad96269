"""Notices about shifts put into words: questions, what closed by itself, what was decided."""

from collections.abc import Mapping
from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.handlers.duty import duty_screen
from bot.handlers.shift_card import card_screen, state_end_rows
from bot.handlers.shift_corrections import correction_screen
from bot.handlers.shift_presses import EndShift, ListForgotten, OpenDuty, OpenOwn, Stay
from bot.screens import Button, Screen, in_column
from bot.services.errors import AppError
from bot.services.page import PAGE_SIZE
from bot.services.states import CorrectionState, ShiftState

Args = Mapping[str, Any]


async def card(ctx: Context, args: Args) -> Screen | None:
    """Draw the shift's card anew, where it stands."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, args["shift_id"])
    drawn = card_screen(ctx, shift)
    return Screen(drawn.text, drawn.rows, card_of=shift.id, replaces=shift.card_message_id)


async def question(ctx: Context, args: Args) -> Screen | None:
    """Ask the person whether they are still on duty, or since when they are not."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, args["shift_id"])
    if shift.state is not ShiftState.OPEN or shift.ask_at is not None:
        return None
    t = ctx.t
    return Screen(
        t("shift-question", at=shift.started_at),
        (
            (Button(t.plain("shift-stay"), Stay(shift_id=shift.id), style="success"),),
            *state_end_rows(ctx, shift),
            (Button(t.plain("key-end-shift"), EndShift(shift_id=shift.id), style="danger"),),
        ),
    )


async def planned_end(ctx: Context, args: Args) -> Screen | None:
    """Remind the person that the planned end has come, unless the shift is over or asked about."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, args["shift_id"])
    if shift.state is not ShiftState.OPEN or shift.ask_at is None or shift.planned is None:
        return None
    t = ctx.t
    return Screen(
        t("shift-planned-end", at=shift.planned.ends_at),
        (
            (Button(t.plain("key-end-shift"), EndShift(shift_id=shift.id), style="danger"),),
            (Button(t.plain("shift-stay"), Stay(shift_id=shift.id), style="success"),),
        ),
    )


async def unconfirmed(ctx: Context, args: Args) -> Screen | None:
    """Tell the person that the shift closed by itself, with the ways to say when it ended."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, args["shift_id"])
    if shift.state is not ShiftState.UNCONFIRMED:
        return None
    text = ctx.t("notice-shift-unconfirmed", at=shift.started_at)
    keys = Screen(ctx.t("notice-shift-closed"), keys=home.menu_keys(ctx))
    return Screen(text, state_end_rows(ctx, shift)).after(keys)


async def forgotten(ctx: Context, args: Args) -> Screen | None:
    """Show a coordinator a shift that closed by itself, with the ends that settle it."""
    try:
        shift = await ctx.services.shift_records.card(ctx.me_id, args["shift_id"])
    except AppError:
        return None  # no longer this coordinator's
    if shift.state is not ShiftState.UNCONFIRMED:
        return None
    return duty_screen(ctx, shift, head=ctx.t("notice-shift-forgotten"))


async def many_forgotten(ctx: Context, args: Args) -> Screen | None:
    """Tell a coordinator which shifts of a district closed by themselves at one time."""
    try:
        shifts = await ctx.services.shift_records.still(
            ctx.me_id, args["shift_ids"], ShiftState.UNCONFIRMED
        )
    except AppError:
        return None  # no longer this coordinator's
    if not shifts:
        return None
    rows = [
        Button(
            ctx.t.plain("duty-row", name=each.full_name, since=each.started_at),
            OpenDuty(shift_id=each.id),
        )
        for each in shifts[:PAGE_SIZE]
    ]
    everything = Button(ctx.t.plain("forgotten-open"), ListForgotten(), style="danger")
    district = ctx.district(shifts[0].district)
    text = ctx.t("notice-shifts-forgotten", district=district, count=len(shifts))
    return Screen(text, in_column([*rows, everything]))


async def settled(ctx: Context, args: Args) -> Screen | None:
    """Tell the person which ends a coordinator has given the shift, and why if that was said."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, args["shift_id"])
    if shift.state is not ShiftState.CLOSED or shift.ended_at is None:
        return None
    lines = [
        ctx.t(
            "notice-shift-settled",
            start=shift.started_at,
            end=shift.ended_at,
            length=shift.credited,
        )
    ]
    if args.get("correction_id") is not None:
        made = await ctx.services.shift_decisions.card(ctx.me_id, args["correction_id"])
        if made.reason:
            lines.append(ctx.t("application-reason", reason=made.reason))
    return Screen(
        "\n".join(lines), ((Button(ctx.t.plain("shift-open"), OpenOwn(shift_id=shift.id)),),)
    )


async def correction_asked(ctx: Context, args: Args) -> Screen | None:
    """Show a coordinator a request to correct a shift, with its buttons."""
    try:
        request = await ctx.services.shift_decisions.card(ctx.me_id, args["correction_id"])
    except AppError:
        return None  # no longer this coordinator's
    if request.state is not CorrectionState.PENDING:
        return None
    return correction_screen(ctx, request).headed(ctx.t("notice-correction"))


async def correction_decided(ctx: Context, args: Args) -> Screen | None:
    """Tell the person what became of their request."""
    request = await ctx.services.shift_decisions.card(ctx.me_id, args["correction_id"])
    text = ctx.t(
        "notice-correction-decided",
        state=request.state,
        start=request.started_at,
        end=request.ended_at,
        reason=request.decision_reason,
    )
    button = Button(ctx.t.plain("shift-open"), OpenOwn(shift_id=request.shift_id))
    return Screen(text, ((button,),))


SHIFT_NOTICES = {
    "shift-card": card,
    "shift-question": question,
    "shift-planned-end": planned_end,
    "shift-unconfirmed": unconfirmed,
    "shift-forgotten": forgotten,
    "shifts-forgotten": many_forgotten,
    "shift-settled": settled,
    "correction-asked": correction_asked,
    "correction-decided": correction_decided,
}
