"""Shifts before a coordinator: who is on duty now, and whose end nobody has stated."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import home
from bot.handlers.assistants import OpenAssistant
from bot.handlers.digest_presses import OpenDigest, OpenForgotten, SettleForgotten
from bot.handlers.roster_presses import ListRoster
from bot.handlers.shift_card import MINUTE, end_buttons, line_words, log_lines, place_words
from bot.handlers.shift_presses import (
    AskSettleEnd,
    FixShift,
    ListDay,
    ListDuty,
    ListForgotten,
    ListShifts,
    OpenCorrection,
    OpenDuty,
    SettleAll,
    SettleEnd,
)
from bot.routes import Given, Routes
from bot.screens import HEAD_LINES, Button, Expected, Rows, Screen, in_pairs, line_count
from bot.services.errors import InvalidInputError
from bot.services.page import Page
from bot.services.rights import Right
from bot.services.shift_cards import ShiftCard, ShiftLine
from bot.services.states import ShiftState

SETTLE_REASON, SETTLE_TIME = "shift-settle-reason", "shift-settle-time"


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
    today = ctx.services.shift_records.today().toordinal()
    more = (
        Button(ctx.t.plain("duty-day-open"), ListDay(day=today)),
        Button(ctx.t.plain("roster-open"), ListRoster()),
    )
    return Screen("\n".join(lines), (*rows, more, *home.menu_row(ctx)))


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


async def list_shifts(ctx: Context, press: ListShifts) -> Screen:
    """Show a page of the shifts of an assistant."""
    page = await ctx.services.shift_records.of_person(ctx.me_id, press.person_id, press.page)
    assistant = await ctx.services.assistants.card(ctx.me_id, press.person_id)
    rows: Rows = tuple(
        (Button(line_words(ctx, line), OpenDuty(shift_id=line.id)),) for line in page.items
    )
    turning = home.page_turner(
        ctx, page, lambda number: ListShifts(person_id=press.person_id, page=number)
    )
    back = (Button(ctx.t.plain("button-back"), OpenAssistant(person_id=press.person_id)),)
    text = ctx.t("shifts-of", name=assistant.full_name, count=page.total)
    return Screen(text, (*rows, *turning, back))


async def open_card(ctx: Context, press: OpenDuty | SettleEnd | AskSettleEnd | FixShift) -> Screen:
    """Show one shift."""
    return duty_screen(ctx, await ctx.services.shift_records.card(ctx.me_id, press.shift_id))


def duty_screen(ctx: Context, shift: ShiftCard, digest_id: int = 0, *, head: str = "") -> Screen:
    """Return a shift as a coordinator sees it, with what settles or corrects its ends.

    Args:
        digest_id: the digest it was opened from, which it leads back to.
        head: what stands above it.
    """
    who = ctx.t(
        "duty-card",
        name=shift.full_name,
        phone=shift.phone,
        district=ctx.district(shift.district),
    )
    shifts = Button(ctx.t.plain("assistant-shifts"), ListShifts(person_id=shift.person_id))
    beside = line_count((who,)) + (HEAD_LINES if head else 0)
    screen = Screen(
        "\n".join((who, *log_lines(ctx, shift, beside))),
        (*_acts(ctx, shift, digest_id), (shifts, _back(ctx, shift, digest_id))),
    )
    return screen.headed(head) if head else screen


def _acts(ctx: Context, shift: ShiftCard, digest_id: int) -> Rows:
    t = ctx.t
    rows: Rows = ()
    if shift.state is ShiftState.UNCONFIRMED:
        other = AskSettleEnd(shift_id=shift.id, digest_id=digest_id)
        rows = (
            *in_pairs(end_buttons(ctx, shift, partial(_stating, shift.id, digest_id))),
            (Button(t.plain("shift-end-other"), other),),
        )
    if shift.waiting is not None:
        asked = OpenCorrection(correction_id=shift.waiting.id)
        return (*rows, (Button(t.plain("duty-request"), asked, style="primary"),))
    if shift.state is ShiftState.CLOSED and shift.person_id != ctx.me_id:
        return ((Button(t.plain("shift-correct"), FixShift(shift_id=shift.id)),),)
    return rows


def _stating(shift_id: int, digest_id: int, minutes: int) -> CallbackData:
    if digest_id:
        return SettleForgotten(digest_id=digest_id, shift_id=shift_id, minutes=minutes)
    return SettleEnd(shift_id=shift_id, minutes=minutes)


def _back(ctx: Context, shift: ShiftCard, digest_id: int) -> Button:
    if digest_id:
        return Button(ctx.t.plain("digest-back"), OpenDigest(digest_id=digest_id))
    lists: dict[ShiftState, CallbackData] = {
        ShiftState.OPEN: ListDuty(),
        ShiftState.UNCONFIRMED: ListForgotten(),
        ShiftState.CLOSED: ListDay(day=shift.local_date.toordinal()),
    }
    return Button(ctx.t.plain("button-back"), lists[shift.state])


async def ask_end(ctx: Context, press: AskSettleEnd) -> Screen:
    """Ask when a forgotten shift ended."""
    return await _ask_end(ctx, {"id": press.shift_id, "digest": press.digest_id})


async def _ask_end(ctx: Context, data: dict[str, Any]) -> Screen:
    shift = await ctx.services.shift_records.card(ctx.me_id, data["id"])
    if shift.state is not ShiftState.UNCONFIRMED:
        return duty_screen(ctx, shift, data["digest"])
    back: CallbackData = OpenDuty(shift_id=shift.id)
    if data["digest"]:
        back = OpenForgotten(digest_id=data["digest"], shift_id=shift.id)
    return Screen(
        ctx.t("duty-end-ask", name=shift.full_name, at=shift.started_at),
        ((Button(ctx.t.plain("button-back"), back),),),
        expects=Expected(SETTLE_TIME, data),
    )


async def settle_typed(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """State the end typed."""
    settled = await ctx.services.shift_settling.state_typed_end(ctx.me_id, data["id"], given.text)
    head = ctx.t("forgotten-settled-toast")
    return duty_screen(ctx, settled, data["digest"], head=head)


async def settle(ctx: Context, press: SettleEnd) -> Screen:
    """State the end that a button names."""
    shift = await ctx.services.shift_records.card(ctx.me_id, press.shift_id)
    end = shift.started_at + press.minutes * MINUTE
    settled = await ctx.services.shift_settling.state_end(ctx.me_id, shift.id, end)
    return duty_screen(ctx, settled).with_toast(ctx.t.plain("forgotten-settled-toast"))


async def ask_reason(ctx: Context, press: SettleAll) -> Screen:
    """Ask why all forgotten shifts are taken to have lasted so long."""
    ids = await ctx.services.shift_bulk.unsettled(ctx.me_id)
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
    settled, left = await ctx.services.shift_bulk.settle(
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
    routes.press(ListShifts, list_shifts, right=Right.SEE_DUTY)
    routes.press(AskSettleEnd, ask_end, right=Right.SETTLE_SHIFTS, redraw=open_card)
    routes.answer(SETTLE_TIME, settle_typed, prompt=_ask_end, right=Right.SETTLE_SHIFTS)
    routes.press(SettleAll, ask_reason, right=Right.SETTLE_SHIFTS)
    routes.answer(SETTLE_REASON, settle_all, prompt=_ask_reason, right=Right.SETTLE_SHIFTS)
