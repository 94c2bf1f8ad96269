"""Corrections of shifts that nobody asked for: a coordinator makes them, with a reason."""

from datetime import datetime
from typing import Any

from bot.context import Context
from bot.handlers.duty import duty_screen, open_card
from bot.handlers.shift_presses import FixShift, OpenDuty
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Rows, Screen
from bot.services.errors import InvalidInputError
from bot.services.rights import Right
from bot.services.states import ShiftState

TIMES, WHY = "duty-fix-times", "duty-fix-reason"


async def ask_times(ctx: Context, press: FixShift) -> Screen:
    """Ask when the shift really began and ended."""
    return await _ask_times(ctx, {"id": press.shift_id})


async def _ask_times(ctx: Context, data: dict[str, Any]) -> Screen:
    shift = await ctx.services.shift_records.card(ctx.me_id, data["id"])
    if shift.state is not ShiftState.CLOSED or shift.waiting is not None:
        return duty_screen(ctx, shift)
    return Screen(
        ctx.t(
            "duty-fix-ask",
            name=shift.full_name,
            start=shift.started_at,
            end=shift.ended_at or shift.started_at,
        ),
        _back(ctx, shift.id),
        expects=Expected(TIMES, data),
    )


def _back(ctx: Context, shift_id: int) -> Rows:
    return ((Button(ctx.t.plain("button-back"), OpenDuty(shift_id=shift_id)),),)


async def take_times(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Take the ends typed and ask for the reason."""
    start, end = await ctx.services.shift_settling.read_span(ctx.me_id, data["id"], given.text)
    return _why_screen(ctx, data["id"], start, end)


def _why_screen(ctx: Context, shift_id: int, start: datetime, end: datetime) -> Screen:
    data = {"id": shift_id, "start": start.isoformat(), "end": end.isoformat()}
    return Screen(
        ctx.t("duty-fix-why", start=start, end=end, length=end - start),
        _back(ctx, shift_id),
        expects=Expected(WHY, data),
    )


async def _ask_why_again(ctx: Context, data: dict[str, Any]) -> Screen:
    start, end = _ends(data)
    await ctx.services.shift_settling.check(ctx.me_id, data["id"], (start, end))
    return _why_screen(ctx, data["id"], start, end)


def _ends(data: dict[str, Any]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["end"])


async def correct(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Correct the shift, for the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    settling = ctx.services.shift_settling
    shift = await settling.correct(ctx.me_id, data["id"], _ends(data), given.text)
    return duty_screen(ctx, shift, head=ctx.t("duty-fix-done"))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.SETTLE_SHIFTS
    routes.press(FixShift, ask_times, right=right, redraw=open_card)
    routes.answer(TIMES, take_times, prompt=_ask_times, right=right)
    routes.answer(WHY, correct, prompt=_ask_why_again, right=right)
