"""The shifts of a day before a coordinator, and the correction of several for one reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.context import Context
from bot.handlers import errors, home
from bot.handlers.shift_presses import (
    ListDay,
    ListDuty,
    OpenDuty,
    PickAll,
    PickShift,
    PickShifts,
)
from bot.i18n import Markup
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Rows, Screen, in_column
from bot.services.errors import InvalidInputError
from bot.services.page import page_of
from bot.services.rights import Right
from bot.services.shift_bulk import Proposed
from bot.services.shift_cards import ShiftLine
from bot.services.states import ShiftState

TIMES, WHY = "day-fix-times", "day-fix-reason"
# The rest of a long list is counted, so that the question below it stays in sight.
_SHOWN = 5


async def list_day(ctx: Context, press: ListDay) -> Screen:
    """Show a page of the shifts that began on the day."""
    day, t = date.fromordinal(press.day), ctx.t
    page = await ctx.services.shift_records.of_day(ctx.me_id, day, press.page)
    shifts = [Button(_row(ctx, line), OpenDuty(shift_id=line.id)) for line in page.items]
    turning = home.page_turner(ctx, page, lambda number: ListDay(day=press.day, page=number))
    picking: Rows = ()
    if len(await ctx.services.shift_bulk.correctable(ctx.me_id, day)) > 1:
        picking = ((Button(t.plain("duty-day-pick"), PickShifts(day=press.day)),),)
    back = (Button(t.plain("button-back"), ListDuty()),)
    return Screen(
        t("duty-day-list", day=day, count=page.total),
        (*in_column(shifts), *turning, *picking, _days_beside(ctx, press.day), back),
    )


def _days_beside(ctx: Context, day: int) -> tuple[Button, ...]:
    """Return the row that turns days; there are no shifts of days to come."""
    days = [day - 1]
    if day < ctx.services.shift_records.today().toordinal():
        days.append(day + 1)
    return tuple(
        Button(
            ctx.t.plain("duty-day-beside", later=each > day, day=date.fromordinal(each)),
            ListDay(day=each),
        )
        for each in days
    )


def _row(ctx: Context, line: ShiftLine) -> str:
    return ctx.t.plain(
        "duty-day-row",
        state=line.state,
        start=line.started_at,
        end=line.ended_at or line.started_at,
        name=line.full_name,
    )


async def pick_shifts(ctx: Context, press: PickShifts) -> Screen:
    """Ask which shifts of the day to correct together, and how."""
    return await _ask_times(ctx, _held(ctx, press.day, press.page))


async def pick_shift(ctx: Context, press: PickShift) -> Screen:
    """Choose a shift of the day, or leave it out."""
    data = _held(ctx, press.day, press.page)
    others = [each for each in data["ids"] if each != press.shift_id]
    data["ids"] = [*others, press.shift_id] if press.chosen else others
    return await _ask_times(ctx, data)


async def pick_all(ctx: Context, press: PickAll) -> Screen:
    """Choose all shifts of the day, or none."""
    ids: Sequence[int] = ()
    if press.chosen:
        day = date.fromordinal(press.day)
        ids = await ctx.services.shift_bulk.correctable(ctx.me_id, day)
    return await _ask_times(ctx, {"day": press.day, "page": 0, "ids": list(ids)})


def _held(ctx: Context, day: int, page: int) -> dict[str, Any]:
    """Return what is chosen so far of this day; buttons of another day begin anew."""
    ids = ctx.remembered.get("ids", ()) if ctx.remembered.get("day") == day else ()
    return {"day": day, "page": page, "ids": list(ids)}


async def _ask_times(ctx: Context, data: dict[str, Any]) -> Screen:
    day = date.fromordinal(data["day"])
    correctable = await ctx.services.shift_bulk.correctable(ctx.me_id, day)
    page = page_of(correctable, data["page"])
    lines = await ctx.services.shift_records.still(ctx.me_id, page.items, ShiftState.CLOSED)
    wanted = set(data["ids"])
    chosen = [each for each in correctable if each in wanted]
    t = ctx.t
    return Screen(
        t("day-fix-ask", day=day, count=len(chosen), total=page.total),
        (
            *in_column([_choice(ctx, data, line, line.id in wanted) for line in lines]),
            *home.page_turner(ctx, page, lambda number: PickShifts(day=data["day"], page=number)),
            (
                Button(t.plain("day-fix-all"), PickAll(day=data["day"], chosen=1)),
                Button(t.plain("day-fix-none"), PickAll(day=data["day"], chosen=0)),
            ),
            _back(ctx, data),
        ),
        expects=Expected(TIMES, {**data, "ids": chosen}),
    )


def _choice(ctx: Context, data: dict[str, Any], line: ShiftLine, chosen: bool) -> Button:
    press = PickShift(
        day=data["day"], page=data["page"], shift_id=line.id, chosen=0 if chosen else 1
    )
    return Button(f"{'✅' if chosen else '⬜'} {_row(ctx, line)}", press)


def _back(ctx: Context, data: dict[str, Any]) -> tuple[Button, ...]:
    return (Button(ctx.t.plain("button-back"), ListDay(day=data["day"])),)


async def take_times(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Take the times typed and ask for the reason, beside what would become of each shift."""
    if not data["ids"]:
        raise InvalidInputError("error-nothing-chosen")
    return await _ask_why(ctx, {**data, "typed": given.text})


async def _ask_why(ctx: Context, data: dict[str, Any]) -> Screen:
    proposed = await ctx.services.shift_bulk.propose(ctx.me_id, data["ids"], data["typed"])
    lines = _proposals(ctx, proposed)
    if all(each.span is None for each in proposed):
        return (await _ask_times(ctx, data)).headed(lines)
    return Screen(
        ctx.t("day-fix-why", proposals=lines),
        ((Button(ctx.t.plain("button-back"), PickShifts(day=data["day"])),),),
        expects=Expected(WHY, data),
    )


def _proposals(ctx: Context, proposed: Sequence[Proposed]) -> Markup:
    """Return what would become of each shift, refusals first."""
    ordered = sorted(proposed, key=lambda each: each.span is not None)
    lines = [_proposal(ctx, each) for each in ordered[:_SHOWN]]
    if len(ordered) > _SHOWN:
        lines.append(ctx.t("day-fix-more", count=len(ordered) - _SHOWN))
    return Markup("\n").join(lines)


def _proposal(ctx: Context, proposed: Proposed) -> Markup:
    name = proposed.shift.full_name
    if proposed.refusal is not None:
        return ctx.t("day-fix-refused", name=name, reason=errors.refusal(ctx, proposed.refusal))
    assert proposed.span is not None  # noqa: S101 - it is one or the other
    start, end = proposed.span
    return ctx.t("day-fix-proposal", name=name, start=start, end=end, length=end - start)


async def correct(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Correct the shifts chosen, for the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    corrected, left = await ctx.services.shift_bulk.correct(
        ctx.me_id, data["ids"], data["typed"], given.text
    )
    screen = await list_day(ctx, ListDay(day=data["day"]))
    return screen.headed(ctx.t("day-fix-done", count=corrected, left=left))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.SETTLE_SHIFTS
    routes.press(ListDay, list_day, right=Right.SEE_DUTY)
    routes.press(PickShifts, pick_shifts, right=right)
    routes.press(PickShift, pick_shift, right=right)
    routes.press(PickAll, pick_all, right=right)
    routes.answer(TIMES, take_times, prompt=_ask_times, right=right)
    routes.answer(WHY, correct, prompt=_ask_why, right=right)
