"""Assistants before a coordinator: search, card, status, district, account."""

from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import home
from bot.handlers.briefing_presses import OpenJournal
from bot.handlers.certificate_presses import ListCertificates
from bot.handlers.roster_presses import AskDay
from bot.handlers.shift_presses import ListShifts
from bot.routes import Given, Number, Routes
from bot.screens import Button, Expected, Rows, Screen, in_pairs
from bot.services.assistants import AssistantCard
from bot.services.errors import InvalidInputError
from bot.services.links import RELINK_LIFETIME, RELINK_PREFIX
from bot.services.page import Page
from bot.services.rights import Right
from bot.services.states import AssistantStatus

SEARCH, REASON = "assistant-search", "assistant-reason"


class ListAssistants(CallbackData, prefix="people"):
    """Show a page of assistants."""

    page: Number = 0


class OpenAssistant(CallbackData, prefix="person"):
    """Show one assistant."""

    person_id: Number


class ChangeStatus(CallbackData, prefix="status"):
    """Suspend, reinstate or dismiss: asks for the reason."""

    person_id: Number
    status: AssistantStatus


class AskMove(CallbackData, prefix="moveto"):
    """Choose another district for an assistant."""

    person_id: Number


class Move(CallbackData, prefix="move"):
    """Move an assistant to the district."""

    person_id: Number
    district: str


class OfferRelink(CallbackData, prefix="relink"):
    """Make a link that moves an assistant to a new account."""

    person_id: Number


async def open_list(ctx: Context) -> Screen:
    """Show the first page of assistants."""
    return list_screen(ctx, await ctx.services.assistants.search(ctx.me_id, "", 0), "")


async def turn_page(ctx: Context, press: ListAssistants) -> Screen:
    """Show another page of assistants."""
    return list_screen(ctx, await ctx.services.assistants.search(ctx.me_id, "", press.page), "")


def list_screen(ctx: Context, page: Page[AssistantCard], search: str) -> Screen:
    """Return a page of assistants as buttons; a message typed next searches."""
    rows: Rows = tuple(
        (Button(_row(ctx, card), OpenAssistant(person_id=card.person_id)),) for card in page.items
    )
    if search:
        text = ctx.t("assistants-found", count=page.total, search=search)
        turning: Rows = ((Button(ctx.t.plain("assistants-all"), ListAssistants()),),)
    else:
        text = ctx.t("assistants-list", count=page.total)
        turning = home.page_turner(ctx, page, lambda number: ListAssistants(page=number))
    journal = (Button(ctx.t.plain("journal-open"), OpenJournal()),)
    rows = (*rows, *turning, journal, *home.menu_row(ctx))
    return Screen(text, rows, expects=Expected(SEARCH))


def _row(ctx: Context, card: AssistantCard) -> str:
    name = ctx.t.plain("assistant-erased") if card.erased else card.full_name
    row = ctx.t.plain("assistants-row", name=name, number=card.service_number, status=card.status)
    return ctx.t.plain("assistants-row-blocked", row=row) if card.blocked else row


async def search(ctx: Context, _: dict[str, Any], given: Given) -> Screen:
    """Show the assistants whose name or number holds what was typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    wanted = given.text[:100]
    page = await ctx.services.assistants.search(ctx.me_id, wanted, 0)
    return list_screen(ctx, page, wanted)


async def _search_again(ctx: Context, _: dict[str, Any]) -> Screen:
    return await open_list(ctx)


async def open_card(
    ctx: Context, press: OpenAssistant | ChangeStatus | AskMove | Move | OfferRelink
) -> Screen:
    """Show one assistant."""
    return card_screen(ctx, await ctx.services.assistants.card(ctx.me_id, press.person_id))


def card_screen(ctx: Context, card: AssistantCard) -> Screen:
    """Return an assistant with what can be done about them."""
    t = ctx.t
    lines = [
        t(
            "assistant-card-erased" if card.erased else "assistant-card",
            name=card.full_name,
            number=card.service_number,
            phone=card.phone,
            district=ctx.district(card.district),
            status=card.status,
            at=card.status_at,
        )
    ]
    if card.status_reason:
        lines.append(t("application-reason", reason=card.status_reason))
    if card.blocked:
        lines.append(t("assistant-blocked-bot"))
    buttons = [
        Button(
            t.plain("assistant-set-status", status=status),
            ChangeStatus(person_id=card.person_id, status=status),
            style="success" if status is AssistantStatus.ACTIVE else "danger",
        )
        for status in AssistantStatus
        if status in card.may_become and card.person_id != ctx.me_id
    ]
    if card.status is not AssistantStatus.DISMISSED and card.person_id != ctx.me_id:
        buttons.append(Button(t.plain("assistant-move"), AskMove(person_id=card.person_id)))
        if not card.staff or ctx.me.reach(Right.APPOINT).everywhere:
            relink = OfferRelink(person_id=card.person_id)
            buttons.append(Button(t.plain("assistant-relink"), relink))
        else:
            lines.append(t("assistant-relink-by-admin"))
    if card.status is AssistantStatus.ACTIVE:
        buttons.append(Button(t.plain("roster-plan"), AskDay(person_id=card.person_id)))
    buttons += [
        Button(t.plain("assistant-shifts"), ListShifts(person_id=card.person_id)),
        Button(t.plain("assistant-certificates"), ListCertificates(person_id=card.person_id)),
    ]
    back = (Button(t.plain("button-back"), ListAssistants()),)
    return Screen("\n".join(lines), (*in_pairs(buttons), back))


async def ask_reason(ctx: Context, press: ChangeStatus) -> Screen:
    """Ask why the status changes."""
    return await _ask(ctx, {"id": press.person_id, "status": press.status.value})


async def _ask(ctx: Context, data: dict[str, Any]) -> Screen:
    card = await ctx.services.assistants.card(ctx.me_id, data["id"])
    if data["status"] not in card.may_become:
        return card_screen(ctx, card)
    return Screen(
        ctx.t("assistant-reason-ask", name=card.full_name, status=data["status"]),
        ((Button(ctx.t.plain("button-back"), OpenAssistant(person_id=card.person_id)),),),
        expects=Expected(REASON, data),
    )


async def set_status(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Change the status with the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    status = AssistantStatus(data["status"])
    await ctx.services.assistants.set_status(ctx.me_id, data["id"], status, given.text)
    card = await ctx.services.assistants.card(ctx.me_id, data["id"])
    return card_screen(ctx, card).headed(ctx.t("assistant-status-done"))


async def ask_move(ctx: Context, press: AskMove) -> Screen:
    """Ask which district the assistant moves to: those within reach."""
    card = await ctx.services.assistants.card(ctx.me_id, press.person_id)
    reach = ctx.me.reach(Right.MOVE_ASSISTANTS)
    buttons = [
        Button(
            district.names[ctx.t.language], Move(person_id=card.person_id, district=district.code)
        )
        for district in ctx.house.districts.open
        if district.code != card.district and reach.covers(district.code)
    ]
    text = "assistant-move-ask" if buttons else "assistant-move-nowhere"
    back = (Button(ctx.t.plain("button-back"), OpenAssistant(person_id=card.person_id)),)
    return Screen(ctx.t(text, name=card.full_name), (*in_pairs(buttons), back))


async def move(ctx: Context, press: Move) -> Screen:
    """Move the assistant."""
    await ctx.services.assistants.move(ctx.me_id, press.person_id, press.district)
    screen = await open_card(ctx, press)
    return screen.with_toast(ctx.t.plain("assistant-moved-toast"))


async def offer_relink(ctx: Context, press: OfferRelink) -> Screen:
    """Show a link for the assistant's new account."""
    card = await ctx.services.assistants.card(ctx.me_id, press.person_id)
    back = Button(ctx.t.plain("button-back"), OpenAssistant(person_id=card.person_id))
    return await relink_screen(ctx, card.person_id, card.full_name, back)


async def relink_screen(ctx: Context, person_id: int, name: str, back: Button) -> Screen:
    """Make and show a link for the person's new account."""
    secret = await ctx.services.links.make_relink(ctx.me_id, person_id)
    return Screen(
        ctx.t(
            "assistant-relink-link",
            name=name,
            link=ctx.link(f"{RELINK_PREFIX}_{secret}"),
            lifetime=RELINK_LIFETIME,
        ),
        ((back,),),
    )


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    seeing, changing = Right.SEE_ASSISTANTS, Right.CHANGE_STATUS
    routes.key("key-assistants", open_list, right=seeing)
    routes.press(ListAssistants, turn_page, right=seeing)
    routes.press(OpenAssistant, open_card, right=seeing)
    routes.press(ChangeStatus, ask_reason, right=changing, redraw=open_card)
    routes.press(AskMove, ask_move, right=Right.MOVE_ASSISTANTS, redraw=open_card)
    routes.press(Move, move, right=Right.MOVE_ASSISTANTS, redraw=open_card)
    routes.press(OfferRelink, offer_relink, right=Right.RELINK_ACCOUNTS, redraw=open_card)
    routes.answer(SEARCH, search, prompt=_search_again, right=seeing)
    routes.answer(REASON, set_status, prompt=_ask, right=changing)
