"""Corrections of shifts: the person asks, a coordinator of the district decides."""

from datetime import datetime, timedelta
from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.handlers.shift_card import MINUTE, listed_screen
from bot.handlers.shift_presses import (
    ApproveCorrection,
    CorrectLength,
    CorrectShift,
    OpenCorrection,
    OpenOwn,
    RejectCorrection,
    WithdrawCorrection,
)
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Rows, Screen, in_pairs
from bot.services.errors import InvalidInputError
from bot.services.rights import Right
from bot.services.shift_cards import CorrectionCard, ShiftCard
from bot.services.states import CorrectionState

TIMES, WHY, REFUSAL = "shift-fix-times", "shift-fix-reason", "correction-reason"


async def ask_times(ctx: Context, press: CorrectShift) -> Screen:
    """Ask when the shift really began and ended, below its card."""
    return await _ask_times(ctx, {"id": press.shift_id})


async def _ask_times(ctx: Context, data: dict[str, Any]) -> Screen:
    shift = await ctx.services.shift_records.own_card(ctx.me_id, data["id"])
    back = (Button(ctx.t.plain("button-back"), OpenOwn(shift_id=shift.id)),)
    return Screen(
        ctx.t(
            "correction-times-ask", start=shift.started_at, end=shift.ended_at or shift.started_at
        ),
        (*_lengths(ctx, shift), back),
        expects=Expected(TIMES, {"id": shift.id}),
        aside=True,
    )


def _lengths(ctx: Context, shift: ShiftCard) -> Rows:
    """Return usual lengths as buttons: the start stays, and only the end is another."""
    ended = shift.ended_at or shift.started_at
    lengths = [timedelta(hours=hours) for hours in ctx.house.content.shifts.likely_hours]
    return in_pairs(
        [
            Button(
                ctx.t.plain("shift-end-at", at=shift.started_at + length, length=length),
                CorrectLength(shift_id=shift.id, minutes=length // MINUTE),
            )
            for length in lengths
            if shift.started_at + length < ended
        ]
    )


async def take_times(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Take the ends typed and ask for the reason."""
    start, end = await ctx.services.shift_corrections.read_span(ctx.me_id, data["id"], given.text)
    return _why_screen(ctx, data["id"], start, end)


async def take_length(ctx: Context, press: CorrectLength) -> Screen:
    """Take the end that a button names and ask for the reason."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, press.shift_id)
    end = shift.started_at + press.minutes * MINUTE
    await ctx.services.shift_corrections.check(ctx.me_id, shift.id, shift.started_at, end)
    return _why_screen(ctx, shift.id, shift.started_at, end)


def _why_screen(ctx: Context, shift_id: int, start: datetime, end: datetime) -> Screen:
    data = {"id": shift_id, "start": start.isoformat(), "end": end.isoformat()}
    return Screen(
        ctx.t("correction-why-ask", start=start, end=end, length=end - start),
        ((Button(ctx.t.plain("button-back"), OpenOwn(shift_id=shift_id)),),),
        expects=Expected(WHY, data),
    )


async def _ask_why_again(ctx: Context, data: dict[str, Any]) -> Screen:
    start, end = _ends(data)
    await ctx.services.shift_corrections.check(ctx.me_id, data["id"], start, end)
    return _why_screen(ctx, data["id"], start, end)


def _ends(data: dict[str, Any]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["end"])


async def send(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Send the request, with the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    start, end = _ends(data)
    await ctx.services.shift_corrections.ask(ctx.me_id, data["id"], start, end, given.text)
    shift = await ctx.services.shift_records.own_card(ctx.me_id, data["id"])
    return listed_screen(ctx, shift, ctx.t("correction-sent"))


async def withdraw(ctx: Context, press: WithdrawCorrection) -> Screen:
    """Take the request back."""
    request = await ctx.services.shift_corrections.withdraw(ctx.me_id, press.correction_id)
    shift = await ctx.services.shift_records.own_card(ctx.me_id, request.shift_id)
    return listed_screen(ctx, shift).with_toast(ctx.t.plain("correction-withdrawn-toast"))


async def redraw_shift(ctx: Context, press: CorrectShift | CorrectLength) -> Screen:
    """Show the shift as it is now."""
    return listed_screen(ctx, await ctx.services.shift_records.own_card(ctx.me_id, press.shift_id))


async def open_card(
    ctx: Context, press: OpenCorrection | ApproveCorrection | RejectCorrection
) -> Screen:
    """Show a coordinator the request."""
    card = await ctx.services.shift_decisions.card(ctx.me_id, press.correction_id)
    return correction_screen(ctx, card)


def correction_screen(ctx: Context, card: CorrectionCard) -> Screen:
    """Return a request with the buttons that decide it, or with the decision."""
    t = ctx.t
    lines = [
        t(
            "correction-card",
            name=card.full_name,
            phone=card.phone,
            district=ctx.district(card.district),
            old_start=card.old_started_at,
            old_end=card.old_ended_at or card.old_started_at,
            start=card.started_at,
            end=card.ended_at,
            length=card.ended_at - card.started_at,
            reason=card.reason,
        )
    ]
    if card.state is CorrectionState.PENDING:
        return Screen("\n".join(lines), (_deciding(ctx, card), *home.menu_row(ctx)))
    lines.append(
        t(
            "correction-decision",
            state=card.state,
            at=card.decided_at or card.started_at,
            by=card.decided_by or "-",
        )
    )
    if card.decision_reason:
        lines.append(t("application-reason", reason=card.decision_reason))
    return Screen("\n".join(lines), home.menu_row(ctx))


def _deciding(ctx: Context, card: CorrectionCard) -> tuple[Button, ...]:
    t, number = ctx.t, card.id
    yes, no = ApproveCorrection(correction_id=number), RejectCorrection(correction_id=number)
    return (
        Button(t.plain("application-approve"), yes, style="success"),
        Button(t.plain("application-reject"), no, style="danger"),
    )


async def approve(ctx: Context, press: ApproveCorrection) -> Screen:
    """Correct the shift."""
    card = await ctx.services.shift_decisions.approve(ctx.me_id, press.correction_id)
    return correction_screen(ctx, card).with_toast(ctx.t.plain("correction-approved-toast"))


async def ask_refusal(ctx: Context, press: RejectCorrection) -> Screen:
    """Ask why the shift stays as it is."""
    return await _ask_refusal(ctx, {"id": press.correction_id})


async def _ask_refusal(ctx: Context, data: dict[str, Any]) -> Screen:
    card = await ctx.services.shift_decisions.card(ctx.me_id, data["id"])
    if card.state is not CorrectionState.PENDING:
        return correction_screen(ctx, card)
    return Screen(
        ctx.t("correction-refusal-ask", name=card.full_name),
        ((Button(ctx.t.plain("button-back"), OpenCorrection(correction_id=card.id)),),),
        expects=Expected(REFUSAL, {"id": card.id}),
    )


async def reject(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Leave the shift as it is, with the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    card = await ctx.services.shift_decisions.reject(ctx.me_id, data["id"], given.text)
    return correction_screen(ctx, card).headed(ctx.t("correction-rejected-done"))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.SETTLE_SHIFTS
    routes.press(CorrectShift, ask_times, redraw=redraw_shift)
    routes.press(CorrectLength, take_length, redraw=redraw_shift)
    routes.press(WithdrawCorrection, withdraw)
    routes.answer(TIMES, take_times, prompt=_ask_times)
    routes.answer(WHY, send, prompt=_ask_why_again)
    routes.press(OpenCorrection, open_card, right=right)
    routes.press(ApproveCorrection, approve, right=right, redraw=open_card)
    routes.press(RejectCorrection, ask_refusal, right=right, redraw=open_card)
    routes.answer(REFUSAL, reject, prompt=_ask_refusal, right=right)
