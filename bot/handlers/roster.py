"""The roster before a coordinator: planning a duty in five touches, and what is planned."""

from datetime import date
from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.handlers.assistants import ListAssistants, OpenAssistant
from bot.handlers.roster_presses import (
    AskDay,
    AskHours,
    CancelAssignment,
    ListRoster,
    OpenAssignment,
    Plan,
)
from bot.handlers.shift_presses import ListDuty
from bot.i18n import Markup
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Rows, Screen, in_column, in_pairs
from bot.services.errors import InvalidInputError
from bot.services.rights import Right
from bot.services.roster_cards import AssignmentCard

HOURS = "plan-hours"
_MINUTES = 60


async def ask_day(ctx: Context, press: AskDay | AskHours | Plan) -> Screen:
    """Ask on which day the assistant is to be on duty, beside what is planned already."""
    card = await ctx.services.assistants.card(ctx.me_id, press.person_id)
    coming = await ctx.services.roster_records.coming_of(ctx.me_id, press.person_id)
    t = ctx.t
    days = [
        Button(
            t.plain("plan-day", ahead=ahead, day=day),
            AskHours(person_id=card.person_id, day=day.toordinal()),
        )
        for ahead, day in enumerate(ctx.services.roster_records.days())
    ]
    planned = [
        Button(
            t.plain("roster-own-row", start=each.starts_at, end=each.ends_at),
            OpenAssignment(assignment_id=each.id),
        )
        for each in coming
    ]
    back = Button(t.plain("button-back"), OpenAssistant(person_id=card.person_id))
    return Screen(
        t("plan-day-ask", name=card.full_name, count=len(coming)),
        (*in_pairs(days), *in_column([*planned, back])),
    )


async def ask_hours(ctx: Context, press: AskHours) -> Screen:
    """Ask from when to when."""
    return await _ask_hours(ctx, {"id": press.person_id, "day": press.day})


async def _ask_hours(ctx: Context, data: dict[str, Any]) -> Screen:
    card = await ctx.services.assistants.card(ctx.me_id, data["id"])
    day = date.fromordinal(data["day"])
    usual = [
        Button(
            f"{_clock(starts)} – {_clock(ends)}",  # noqa: RUF001 - as people write a span of time
            Plan(person_id=card.person_id, day=data["day"], starts=starts, ends=ends),
        )
        for starts, ends in ctx.services.roster_records.usual_hours(day)
    ]
    back = (Button(ctx.t.plain("button-back"), AskDay(person_id=card.person_id)),)
    return Screen(
        ctx.t("plan-hours-ask", name=card.full_name, day=day),
        (*in_pairs(usual), back),
        expects=Expected(HOURS, data),
    )


def _clock(minutes: int) -> str:
    return f"{minutes // _MINUTES:02}:{minutes % _MINUTES:02}"


async def plan(ctx: Context, press: Plan) -> Screen:
    """Plan a duty at the hours of the button."""
    day = date.fromordinal(press.day)
    planned = await ctx.services.roster.plan(
        ctx.me_id, press.person_id, day, press.starts, press.ends
    )
    return await _planned(ctx, planned)


async def plan_typed(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Plan a duty at the hours typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    day = date.fromordinal(data["day"])
    return await _planned(
        ctx, await ctx.services.roster.plan_typed(ctx.me_id, data["id"], day, given.text)
    )


async def _planned(ctx: Context, card: AssignmentCard) -> Screen:
    """Return the days again, as a week is planned day by day."""
    screen = await ask_day(ctx, AskDay(person_id=card.person_id))
    return screen.headed(ctx.t("plan-done", start=card.starts_at, end=card.ends_at))


async def turn_page(ctx: Context, press: ListRoster) -> Screen:
    """Show a page of the duties to come."""
    t, page = ctx.t, await ctx.services.roster_records.coming(ctx.me_id, press.page)
    rows: Rows = in_column(
        [
            Button(
                t.plain("roster-row", start=card.starts_at, end=card.ends_at, name=card.full_name),
                OpenAssignment(assignment_id=card.id),
            )
            for card in page.items
        ]
    )
    turning = home.page_turner(ctx, page, lambda number: ListRoster(page=number))
    last = (
        Button(t.plain("roster-plan"), ListAssistants()),
        Button(t.plain("button-back"), ListDuty()),
    )
    return Screen(t("roster-list", count=page.total), (*rows, *turning, last))


async def open_assignment(ctx: Context, press: OpenAssignment | CancelAssignment) -> Screen:
    """Show a planned duty, with what can be done about it."""
    card = await ctx.services.roster_records.card(ctx.me_id, press.assignment_id)
    buttons = [Button(ctx.t.plain("roster-person"), OpenAssistant(person_id=card.person_id))]
    if card.may_be_cancelled:
        cancelling = CancelAssignment(assignment_id=card.id)
        buttons.append(Button(ctx.t.plain("roster-cancel"), cancelling, style="danger"))
    back = (Button(ctx.t.plain("button-back"), ListRoster()),)
    return Screen(assignment_text(ctx, card), (tuple(buttons), back))


def assignment_text(ctx: Context, card: AssignmentCard) -> Markup:
    """Return a planned duty in words: when, whose, and what came of it."""
    return ctx.t(
        "roster-card",
        start=card.starts_at,
        end=card.ends_at,
        name=card.full_name,
        phone=card.phone,
        district=ctx.district(card.district),
        outcome=card.outcome,
    )


async def cancel(ctx: Context, press: CancelAssignment) -> Screen:
    """Cancel a planned duty, and go on with the list."""
    await ctx.services.roster.cancel(ctx.me_id, press.assignment_id)
    screen = await turn_page(ctx, ListRoster())
    return screen.with_toast(ctx.t.plain("roster-cancelled-toast"))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.PLAN_DUTIES
    routes.press(ListRoster, turn_page, right=right)
    routes.press(OpenAssignment, open_assignment, right=right)
    routes.press(CancelAssignment, cancel, right=right, redraw=open_assignment)
    routes.press(AskDay, ask_day, right=right)
    routes.press(AskHours, ask_hours, right=right, redraw=ask_day)
    routes.press(Plan, plan, right=right, redraw=ask_day)
    routes.answer(HOURS, plan_typed, prompt=_ask_hours, right=right)
