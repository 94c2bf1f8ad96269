"""How orders of certificates look: the office, a checked list, an order on its way and ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bot import xlsx
from bot.context import Context
from bot.handlers import home
from bot.handlers.assistants import ListAssistants
from bot.handlers.certificate_order_presses import (
    DropOrder,
    GetRefused,
    IssueOrder,
    NewOrder,
    OpenOffice,
    OpenOrder,
    ResumeOrder,
    StopOrder,
)
from bot.handlers.certificates import kind_name
from bot.i18n import escape
from bot.screens import Button, Rows, Screen
from bot.services.certificate_order_cards import OrderCard, RefusedLine, RefusedLines
from bot.services.errors import NotFoundError
from bot.services.rights import Right
from bot.services.states import OrderState


def office_screen(ctx: Context, orders: Sequence[OrderCard]) -> Screen:
    """Return what can be issued, and the last orders."""
    rows: Rows = tuple(
        (Button(_row(ctx, order), OpenOrder(order_id=order.id)),) for order in orders
    )
    ways = (
        (Button(ctx.t.plain("order-new"), NewOrder(), style="success"),),
        (Button(ctx.t.plain("order-one"), ListAssistants()),),
    )
    return Screen(ctx.t("order-office"), (*ways, *rows, *home.menu_row(ctx)))


def _row(ctx: Context, order: OrderCard) -> str:
    return ctx.t.plain(
        "order-row",
        state=order.state,
        kind=kind_name(ctx, order.kind),
        issued=order.issued,
        total=order.total,
    )


def order_screen(ctx: Context, order: OrderCard) -> Screen:
    """Return an order as it stands, with what can be done with it."""
    if order.state in (OrderState.DRAFT, OrderState.DROPPED):
        return check_screen(ctx, order)
    text = ctx.t(
        "order-progress",
        state=order.state,
        kind=kind_name(ctx, order.kind),
        issued=order.issued,
        total=order.total,
        refused=order.refused,
    )
    return _shown(ctx, order, Screen(text, _order_rows(ctx, order)))


def _order_rows(ctx: Context, order: OrderCard) -> Rows:
    t = ctx.t
    if not ctx.me.reach(Right.ISSUE_CERTIFICATES).everywhere:
        return home.menu_row(ctx)
    rows: list[tuple[Button, ...]] = []
    if order.state is OrderState.RUNNING:
        stop = Button(t.plain("order-stop"), StopOrder(order_id=order.id), style="danger")
        rows.append((stop,))
    if order.resumable:
        resume = ResumeOrder(order_id=order.id)
        rows.append(
            (Button(t.plain("order-resume", count=order.waiting), resume, style="success"),)
        )
    back = Button(t.plain("button-back"), OpenOffice())
    return (*rows, *_refused_row(ctx, order), (back,))


def check_screen(ctx: Context, order: OrderCard) -> Screen:
    """Return a list as it was checked: how many get one, who does not and why."""
    t, dropped = ctx.t, order.state is OrderState.DROPPED
    lines: list[str] = [
        t(
            "order-check",
            kind=kind_name(ctx, order.kind),
            count=order.waiting,
            refused=order.refused,
        )
    ]
    if order.basis is not None:  # in both languages of the sheet, once more before it is on many
        words = " / ".join(dict.fromkeys((order.basis.kk, order.basis.ru)))
        lines.append(t("certificate-basis", basis=words))
    lines += [escape(refused_row(ctx, line)) for line in order.refused_first]
    if order.refused > len(order.refused_first):
        lines.append(t("order-refused-more", count=order.refused - len(order.refused_first)))
    lines.append(t("order-dropped") if dropped else t("order-check-more"))
    rows: list[tuple[Button, ...]] = []
    if order.waiting and not dropped:
        issue = t.plain("order-issue", count=order.waiting)
        rows.append((Button(issue, IssueOrder(order_id=order.id), style="success"),))
    away = OpenOffice() if dropped else DropOrder(order_id=order.id)
    word = "button-back" if dropped else "button-cancel"
    rows += [*_refused_row(ctx, order), (Button(t.plain(word), away),)]
    return _shown(ctx, order, Screen("\n".join(lines), tuple(rows)))


def _refused_row(ctx: Context, order: OrderCard) -> Rows:
    if not order.refused:
        return ()
    word = ctx.t.plain("order-refused-get", count=order.refused)
    return ((Button(word, GetRefused(order_id=order.id)),),)


def _shown(ctx: Context, order: OrderCard, screen: Screen) -> Screen:
    """Return the screen, kept in mind as the order's where it stands in its owner's chat."""
    if order.person_id != ctx.me_id:
        return screen
    return replace(screen, order_of=(order.id, order.mark))


def refused_row(ctx: Context, line: RefusedLine) -> str:
    """Return a refused line in words, plain."""
    return ctx.t.plain(
        "order-refused-row", refusal=line.refusal, number=line.number, line=line.line
    )


def refused_sheet(ctx: Context, refused: RefusedLines) -> Callable[[], bytes]:
    """Return what makes the table of refused lines, in the reader's language."""
    t = ctx.t
    widths = {"line": 10, "number": 22, "reason": 60}
    columns = [
        xlsx.Column(t.plain(f"order-column-{name}"), width) for name, width in widths.items()
    ]
    rows: list[list[xlsx.Value]] = [
        [line.line, line.number, t.plain("order-refusal", refusal=line.refusal)]
        for line in refused.lines
    ]
    zone, name = ctx.house.content.region.zone, t.plain("order-refused")
    return partial(xlsx.table, name, columns, rows, zone=zone, made_at=refused.made_at)


async def notice_order(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Draw the order's message anew; nothing where it says so already."""
    try:
        order = await ctx.services.certificate_orders.told(ctx.me_id, args["order_id"])
    except NotFoundError:
        return None  # somebody else has taken it over
    if order.message_id is not None and order.shown == order.mark:
        return None
    return replace(order_screen(ctx, order), replaces=order.message_id)


ORDER_NOTICES = {"certificate-order": notice_order}
