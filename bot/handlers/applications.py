"""Applications before a coordinator: the list, the card, the decision."""

from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import home
from bot.routes import Given, Number, Routes
from bot.screens import Button, Expected, Rows, Screen
from bot.services.applications import ApplicationCard
from bot.services.errors import InvalidInputError
from bot.services.page import Page
from bot.services.rights import Right
from bot.services.states import ApplicationState

REASON = "application-reason"
# Stands where a decision was nobody's, such as a withdrawal.
NOBODY = "-"


class ListApplications(CallbackData, prefix="apps"):
    """Show a page of what waits."""

    page: Number = 0


class OpenApplication(CallbackData, prefix="app"):
    """Show one application."""

    application_id: Number


class Approve(CallbackData, prefix="approve"):
    """Take the applicant on."""

    application_id: Number


class Reject(CallbackData, prefix="reject"):
    """Refuse the applicant: asks for the reason."""

    application_id: Number


async def open_list(ctx: Context) -> Screen:
    """Show the first page of what waits."""
    return list_screen(ctx, await ctx.services.applications.waiting(ctx.me_id, 0))


async def turn_page(ctx: Context, press: ListApplications) -> Screen:
    """Show another page of what waits."""
    return list_screen(ctx, await ctx.services.applications.waiting(ctx.me_id, press.page))


def list_screen(ctx: Context, page: Page[ApplicationCard]) -> Screen:
    """Return a page of applications as buttons."""
    rows: Rows = tuple(
        (
            Button(
                ctx.t.plain(
                    "applications-row", name=card.full_name, district=ctx.district(card.district)
                ),
                OpenApplication(application_id=card.id),
            ),
        )
        for card in page.items
    )
    turning = home.page_turner(ctx, page, lambda number: ListApplications(page=number))
    return Screen(
        ctx.t("applications-list", count=page.total), (*rows, *turning, *home.menu_row(ctx))
    )


async def open_card(ctx: Context, press: OpenApplication | Approve | Reject) -> Screen:
    """Show one application."""
    return card_screen(ctx, await ctx.services.applications.card(ctx.me_id, press.application_id))


def card_screen(ctx: Context, card: ApplicationCard) -> Screen:
    """Return an application with the buttons that decide it, or with the decision."""
    t = ctx.t
    lines = [
        t(
            "application-card",
            name=card.full_name,
            phone=card.phone,
            district=ctx.district(card.district),
            at=card.submitted_at,
        )
    ]
    if card.by_invite:
        lines.append(t("application-by-invite"))
    back = (Button(t.plain("button-back"), ListApplications()),)
    if card.state is ApplicationState.PENDING:
        deciding = (
            Button(
                t.plain("application-approve"), Approve(application_id=card.id), style="success"
            ),
            Button(t.plain("application-reject"), Reject(application_id=card.id), style="danger"),
        )
        return Screen("\n".join(lines), (deciding, back))
    lines.append(
        t(
            "application-decision",
            state=card.state,
            at=card.decided_at or card.submitted_at,
            by=card.decided_by or NOBODY,
        )
    )
    if card.reason:
        lines.append(t("application-reason", reason=card.reason))
    return Screen("\n".join(lines), (back,))


async def approve(ctx: Context, press: Approve) -> Screen:
    """Take the applicant on."""
    enrolled = await ctx.services.applications.approve(ctx.me_id, press.application_id)
    screen = await open_card(ctx, press)
    return screen.with_toast(
        ctx.t.plain("application-approved-toast", number=enrolled.service_number)
    )


async def ask_reason(ctx: Context, press: Reject) -> Screen:
    """Ask why the applicant is refused."""
    return await _ask(ctx, {"id": press.application_id})


async def _ask(ctx: Context, data: dict[str, Any]) -> Screen:
    card = await ctx.services.applications.card(ctx.me_id, data["id"])
    if card.state is not ApplicationState.PENDING:
        return card_screen(ctx, card)
    return Screen(
        ctx.t("application-reason-ask", name=card.full_name),
        ((Button(ctx.t.plain("button-back"), OpenApplication(application_id=card.id)),),),
        expects=Expected(REASON, {"id": card.id}),
    )


async def reject(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Refuse the applicant with the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    await ctx.services.applications.reject(ctx.me_id, data["id"], given.text)
    card = await ctx.services.applications.card(ctx.me_id, data["id"])
    return card_screen(ctx, card).headed(ctx.t("application-rejected-done"))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.DECIDE_APPLICATIONS
    routes.key("key-applications", open_list, right=right)
    routes.press(ListApplications, turn_page, right=right)
    routes.press(OpenApplication, open_card, right=right)
    routes.press(Approve, approve, right=right, redraw=open_card)
    routes.press(Reject, ask_reason, right=right, redraw=open_card)
    routes.answer(REASON, reject, prompt=_ask, right=right)
