"""Shifts before a coordinator: who is on duty now, and whose end nobody has stated."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import home
from bot.handlers.roster_presses import ListRoster
from bot.handlers.shift_card import MINUTE, end_buttons, log_lines, place_words
from bot.handlers.shift_presses import (
    ListDuty,
    ListForgotten,
    OpenDuty,
    SettleAll,
    SettleEnd,
)
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Rows, Screen, in_pairs
from bot.services.errors import InvalidInputError
from bot.services.page import Page
from bot.services.rights import Right
from bot.services.shift_cards import ShiftCard, ShiftLine
from bot.services.states import ShiftState

SETTLE_REASON = "shift-settle-reason"


async def on_duty(ctx: Context) -> Screen:
    """Show who is on duty now."""
    return await turn_duty(ctx, ListDuty())


async def turn_duty(ctx: Context, press: ListDuty) -> Screen:
    """Show another page of who is on duty now."""
    page = await ctx.services.shift_records.on_duty(ctx.me_id, press.page)
    forgotten = await ctx.services.shift_records.unconfirmed(ctx.me_id, 0)
    lines = [ctx.t("duty-list", count=page.total)]
    lines += [
        ctx.t(
            "duty-line",
            name=line.full_name,
            phone=line.phone,
            since=line.started_at,
            place=place_words(ctx, line.start_place),
            planned=line.planned,
        )
        for line in page.items
    ]
    rows = _shift_rows(ctx, page, lambda number: ListDuty(page=number))
    if forgotten.total:
        text = ctx.t.plain("duty-forgotten", count=forgotten.total)
        rows = (*rows, (Button(text, ListForgotten(), style="danger"),))
    roster = (Button(ctx.t.plain("roster-open"), ListRoster()),)
    return Screen("\n".join(lines), (*rows, roster, *home.menu_row(ctx)))


async def turn_forgotten(ctx: Context, press: ListForgotten) -> Screen:
    """Show a page of shifts without a stated end, and the way to settle them all."""
    page = await ctx.services.shift_records.unconfirmed(ctx.me_id, press.page)
    rows = _shift_rows(ctx, page, lambda number: ListForgotten(page=number))
    if page.total > 1:
        rows = (*rows, *in_pairs(_all_buttons(ctx)))
    back = (Button(ctx.t.plain("button-back"), ListDuty()),)
    return Screen(ctx.t("forgotten-list", count=page.total), (*rows, back))


def _all_buttons(ctx: Context) -> list[Button]:
    return [
        Button(ctx.t.plain("forgotten-settle-all", hours=hours), SettleAll(minutes=hours * 60))
        for hours in ctx.house.content.shifts.likely_hours
    ]


def _shift_rows(ctx: Context, page: Page[ShiftLine], turn: Callable[[int], CallbackData]) -> Rows:
    rows: Rows = tuple(
        (
            Button(
                ctx.t.plain("duty-row", name=line.full_name, since=line.started_at),
                OpenDuty(shift_id=line.id),
            ),
        )
        for line in page.items
    )
    return (*rows, *home.page_turner(ctx, page, turn))


async def open_card(ctx: Context, press: OpenDuty | SettleEnd) -> Screen:
    """Show one shift."""
    return duty_screen(ctx, await ctx.services.shift_records.card(ctx.me_id, press.shift_id))


def duty_screen(ctx: Context, shift: ShiftCard) -> Screen:
    """Return a shift as a coordinator sees it, with the ends that settle it."""
    who = ctx.t(
        "duty-card",
        name=shift.full_name,
        phone=shift.phone,
        district=ctx.district(shift.district),
    )
    unsettled = shift.state is ShiftState.UNCONFIRMED
    ends = end_buttons(ctx, shift, lambda minutes: SettleEnd(shift_id=shift.id, minutes=minutes))
    back = Button(ctx.t.plain("button-back"), ListForgotten() if unsettled else ListDuty())
    return Screen(
        "\n".join((who, *log_lines(ctx, shift))),
        (*(in_pairs(ends) if unsettled else ()), (back,)),
    )


async def settle(ctx: Context, press: SettleEnd) -> Screen:
    """State the end that a button names."""
    shift = await ctx.services.shift_records.card(ctx.me_id, press.shift_id)
    end = shift.started_at + press.minutes * MINUTE
    settled = await ctx.services.shift_settling.state_end(ctx.me_id, shift.id, end)
    return duty_screen(ctx, settled).with_toast(ctx.t.plain("forgotten-settled-toast"))


async def ask_reason(ctx: Context, press: SettleAll) -> Screen:
    """Ask why all forgotten shifts are taken to have lasted so long."""
    ids = await ctx.services.shift_settling.unsettled(ctx.me_id)
    return await _ask_reason(ctx, {"ids": list(ids), "minutes": press.minutes})


async def _ask_reason(ctx: Context, data: dict[str, Any]) -> Screen:
    if not data["ids"]:
        return await turn_forgotten(ctx, ListForgotten())
    return Screen(
        ctx.t(
            "forgotten-reason-ask",
            count=len(data["ids"]),
            length=timedelta(minutes=data["minutes"]),
        ),
        ((Button(ctx.t.plain("button-back"), ListForgotten()),),),
        expects=Expected(SETTLE_REASON, data),
    )


async def settle_all(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Close what was listed, for the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    settled, left = await ctx.services.shift_settling.settle_all(
        ctx.me_id, data["ids"], timedelta(minutes=data["minutes"]), given.text
    )
    screen = await turn_forgotten(ctx, ListForgotten())
    return screen.headed(ctx.t("forgotten-settled-done", count=settled, left=left))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.key("key-duty", on_duty, right=Right.SEE_DUTY)
    routes.press(ListDuty, turn_duty, right=Right.SEE_DUTY)
    routes.press(ListForgotten, turn_forgotten, right=Right.SEE_DUTY)
    routes.press(OpenDuty, open_card, right=Right.SEE_DUTY)
    routes.press(SettleEnd, settle, right=Right.SETTLE_SHIFTS, redraw=open_card)
    routes.press(SettleAll, ask_reason, right=Right.SETTLE_SHIFTS)
    routes.answer(SETTLE_REASON, settle_all, prompt=_ask_reason, right=Right.SETTLE_SHIFTS)
