"""Certificates in bulk before an admin: the list, its check, the order, its stop."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.context import Context
from bot.handlers.certificate_order_presses import (
    AskOrderBasis,
    AskOrderList,
    DropOrder,
    GetRefused,
    IssueOrder,
    NewOrder,
    OpenOffice,
    OpenOrder,
    ResumeOrder,
    StopOrder,
)
from bot.handlers.certificate_order_screens import (
    check_screen,
    office_screen,
    order_screen,
    refused_sheet,
)
from bot.handlers.certificates import kind_name, new_once
from bot.lists import LARGEST_FILE, lines_in, lines_of
from bot.routes import Given, Routes
from bot.screens import Attachment, Button, Expected, Screen, in_column
from bot.services.certificate_rules import Basis, CertificateKind, read_basis
from bot.services.errors import InvalidInputError
from bot.services.number_list import Entry, read_numbers
from bot.services.rights import Right
from bot.services.service_number import format_number
from bot.services.states import OrderState

BASIS, LIST = "order-basis", "order-list"
_EXAMPLE = 127


async def open_office(ctx: Context, _: OpenOffice | None = None) -> Screen:
    """Show what can be issued, and the last orders."""
    return office_screen(ctx, await ctx.services.certificate_orders.recent(ctx.me_id))


async def choose_kind(ctx: Context, _: NewOrder) -> Screen:
    """Ask what is issued by a list."""
    await ctx.services.certificate_orders.must_order(ctx.me_id)
    buttons = [Button(kind_name(ctx, kind), AskOrderBasis(kind=kind)) for kind in CertificateKind]
    back = Button(ctx.t.plain("button-back"), OpenOffice())
    return Screen(ctx.t("order-kind-ask"), (*in_column(buttons), (back,)))


async def ask_basis(ctx: Context, press: AskOrderBasis) -> Screen:
    """Ask what it is given for; one key holds for the order that comes of it."""
    return await _ask_basis(ctx, {"kind": press.kind.value, "once": new_once()})


async def _ask_basis(ctx: Context, data: Mapping[str, Any]) -> Screen:
    await ctx.services.certificate_orders.must_order(ctx.me_id)
    kind, once = CertificateKind(data["kind"]), data["once"]
    plain = Button(ctx.t.plain("order-without-basis"), AskOrderList(kind=kind, once=once))
    back = Button(ctx.t.plain("button-back"), NewOrder())
    return Screen(
        ctx.t("order-basis-ask", kind=kind_name(ctx, kind)),
        ((plain,), (back,)),
        expects=Expected(BASIS, {"kind": kind.value, "once": once}),
    )


async def take_basis(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Take the basis typed, and ask for the list."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    basis = read_basis(given.text)
    return await _ask_list(ctx, {**data, "basis": [basis.kk, basis.ru]})


async def ask_list(ctx: Context, press: AskOrderList) -> Screen:
    """Ask for the list."""
    return await _ask_list(ctx, {"kind": press.kind.value, "once": press.once, "basis": None})


async def _ask_list(ctx: Context, data: Mapping[str, Any]) -> Screen:
    """Ask for the list, or for more of it where some has come already."""
    if "order" in data:
        order = await ctx.services.certificate_orders.card(ctx.me_id, data["order"])
        return _asking(check_screen(ctx, order), data)
    await ctx.services.certificate_orders.must_order(ctx.me_id)
    kind = CertificateKind(data["kind"])
    example = format_number(ctx.house.content.region.service_number_prefix, _EXAMPLE)
    back = Button(ctx.t.plain("button-back"), AskOrderBasis(kind=kind))
    text = ctx.t("order-list-ask", kind=kind_name(ctx, kind), example=example)
    return _asking(Screen(text, ((back,),)), data)


def _asking(screen: Screen, data: Mapping[str, Any]) -> Screen:
    kept = {name: data[name] for name in ("kind", "once", "basis", "order") if name in data}
    return replace(screen, expects=Expected(LIST, kept))


async def take_list(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Check the list, and show who gets what before anything is issued."""
    entries = await _entries(ctx, given)
    basis = Basis(*data["basis"]) if data["basis"] else None
    order = await ctx.services.certificate_order_lists.check(
        ctx.me_id, CertificateKind(data["kind"]), basis, data["once"], entries
    )
    return _asking(check_screen(ctx, order), {**data, "order": order.id})


async def _entries(ctx: Context, given: Given) -> list[Entry]:
    prefix = ctx.house.content.region.service_number_prefix
    if given.fetch is not None:
        content = await given.fetch(LARGEST_FILE)
        return await asyncio.to_thread(lambda: read_numbers(lines_in(content), prefix))
    if not given.text:
        raise InvalidInputError("error-list-wanted")
    return read_numbers(list(lines_of(given.text)), prefix)


async def open_order(
    ctx: Context, press: OpenOrder | IssueOrder | StopOrder | ResumeOrder | DropOrder | GetRefused
) -> Screen:
    """Show an order as it stands."""
    return order_screen(ctx, await ctx.services.certificate_orders.card(ctx.me_id, press.order_id))


async def issue(ctx: Context, press: IssueOrder) -> Screen:
    """Confirm the list, and show the order on its way."""
    return order_screen(ctx, await ctx.services.certificate_orders.start(ctx.me_id, press.order_id))


async def stop(ctx: Context, press: StopOrder) -> Screen:
    """Issue no more of it, and say how many went; the last may have gone before the press."""
    order = await ctx.services.certificate_orders.stop(ctx.me_id, press.order_id)
    ended = order.state is OrderState.DONE
    word = "order-done-toast" if ended else "order-stopped-toast"
    toast = ctx.t.plain(word, issued=order.issued)
    return order_screen(ctx, order).with_toast(toast)


async def resume(ctx: Context, press: ResumeOrder) -> Screen:
    """Go on with it."""
    return order_screen(
        ctx, await ctx.services.certificate_orders.resume(ctx.me_id, press.order_id)
    )


async def drop(ctx: Context, press: DropOrder) -> Screen:
    """Give the list up."""
    await ctx.services.certificate_order_lists.drop(ctx.me_id, press.order_id)
    return (await open_office(ctx)).with_toast(ctx.t.plain("order-dropped-toast"))


async def get_refused(ctx: Context, press: GetRefused) -> Screen:
    """Send the refused lines as a table, the order below it."""
    refused = await ctx.services.certificate_orders.refused(ctx.me_id, press.order_id)
    content = await asyncio.to_thread(refused_sheet(ctx, refused))
    screen = await open_order(ctx, press)
    if ctx.remembered.get("order") == press.order_id:
        # More of the list may still come.
        screen = _asking(screen, ctx.remembered)
    return replace(screen, attached=Attachment(f"refused_{press.order_id}.xlsx", content))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.ISSUE_CERTIFICATES
    routes.key("key-order", open_office, right=right)
    routes.press(OpenOffice, open_office, right=right)
    routes.press(NewOrder, choose_kind, right=right)
    routes.press(AskOrderBasis, ask_basis, right=right)
    routes.press(AskOrderList, ask_list, right=right)
    routes.press(IssueOrder, issue, right=right, redraw=open_order)
    routes.press(DropOrder, drop, right=right, redraw=open_order)
    routes.press(OpenOrder, open_order, right=right)
    routes.press(StopOrder, stop, right=right, redraw=open_order)
    routes.press(ResumeOrder, resume, right=right, redraw=open_order)
    routes.press(GetRefused, get_refused, right=right, redraw=open_order, makes_file=True)
    routes.answer(BASIS, take_basis, prompt=_ask_basis, right=right)
    routes.answer(LIST, take_list, prompt=_ask_list, right=right, takes_files=True)
