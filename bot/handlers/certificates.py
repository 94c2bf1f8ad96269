"""Certificates: a person's list, one of them, its sheet, and what its holder is told."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.handlers.assistants import OpenAssistant
from bot.handlers.certificate_presses import (
    AskRevoke,
    ChooseKind,
    GetSheet,
    ListCertificates,
    OpenCertificate,
    Reissue,
)
from bot.pdf.certificate import render
from bot.routes import Routes
from bot.screens import Attachment, Button, Rows, Screen
from bot.services.certificate_number import grouped
from bot.services.certificate_rules import CertificateCard, CertificateKind, Verdict
from bot.services.errors import AppError
from bot.services.page import Page
from bot.services.rights import Right
from bot.sheets import sheet_of

_ONCE_BYTES = 8


async def open_own(ctx: Context) -> Screen:
    """Show one's own certificates."""
    return await open_list(ctx, ListCertificates(person_id=ctx.me_id))


async def open_list(ctx: Context, press: ListCertificates) -> Screen:
    """Show a page of a person's certificates."""
    page = await ctx.services.certificates.of_person(ctx.me_id, press.person_id, press.page)
    rows: Rows = tuple(
        (Button(_row(ctx, card), OpenCertificate(certificate_id=card.id)),) for card in page.items
    )
    turning = home.page_turner(
        ctx, page, lambda number: ListCertificates(person_id=press.person_id, page=number)
    )
    return Screen(
        await _list_text(ctx, press.person_id, page),
        (*rows, *turning, *_below_list(ctx, press.person_id)),
    )


async def _list_text(ctx: Context, person_id: int, page: Page[CertificateCard]) -> str:
    if person_id == ctx.me_id:
        return ctx.t("certificates-own", count=page.total)
    holder = await ctx.services.assistants.card(ctx.me_id, person_id)
    return ctx.t("certificates-of", name=holder.full_name, count=page.total)


def _below_list(ctx: Context, person_id: int) -> Rows:
    rows: Rows = ()
    if ctx.me.reach(Right.ISSUE_CERTIFICATES).everywhere:
        issue = Button(
            ctx.t.plain("certificate-issue"), ChooseKind(person_id=person_id), style="success"
        )
        rows = ((issue,),)
    if person_id == ctx.me_id:
        return (*rows, *home.menu_row(ctx))
    back = Button(ctx.t.plain("button-back"), OpenAssistant(person_id=person_id))
    return (*rows, (back,))


def _row(ctx: Context, card: CertificateCard) -> str:
    return ctx.t.plain(
        "certificate-row",
        verdict=card.verdict,
        kind=kind_name(ctx, card.kind),
        day=card.issued_on,
    )


def kind_name(ctx: Context, kind: CertificateKind) -> str:
    """Return what a kind is called in the person's language."""
    return ctx.house.content.certificates.sheet(kind.value).names[ctx.t.language]


async def open_card(ctx: Context, press: OpenCertificate | AskRevoke | Reissue) -> Screen:
    """Show one certificate."""
    card = await ctx.services.certificates.card(ctx.me_id, press.certificate_id)
    return card_screen(ctx, card)


def card_screen(ctx: Context, card: CertificateCard) -> Screen:
    """Return a certificate with what can be done with it."""
    t = ctx.t
    sheet = Button(t.plain("certificate-get"), GetSheet(certificate_id=card.id), style="primary")
    changing: Rows = ()
    admin = ctx.me.reach(Right.ISSUE_CERTIFICATES).everywhere
    if admin and card.verdict is not Verdict.REVOKED:
        reissue = Reissue(certificate_id=card.id, once=new_once())
        changing = (
            (
                Button(t.plain("certificate-reissue"), reissue),
                Button(
                    t.plain("certificate-revoke"),
                    AskRevoke(certificate_id=card.id),
                    style="danger",
                ),
            ),
        )
    back = Button(t.plain("button-back"), ListCertificates(person_id=card.person_id))
    return Screen("\n".join(_card_lines(ctx, card)), ((sheet,), *changing, (back,)))


def _card_lines(ctx: Context, card: CertificateCard) -> list[str]:
    t = ctx.t
    lines: list[str] = [
        t(
            "certificate-card",
            kind=kind_name(ctx, card.kind),
            number=grouped(card.number),
            name=card.holder,
            service=card.service_number,
            day=card.issued_on,
        )
    ]
    if card.expires_on is not None:
        lines.append(t("certificate-until", verdict=card.verdict, day=card.expires_on))
    if card.basis is not None:
        text = card.basis.kk if t.language == "kk" else card.basis.ru
        lines.append(t("certificate-basis", basis=text))
    if card.revoked_at is not None:
        lines.append(t("certificate-revoked-at", at=card.revoked_at))
    if card.revoked_reason:
        lines.append(t("application-reason", reason=card.revoked_reason))
    if card.replaced_by is not None:
        lines.append(t("certificate-replaced", number=grouped(card.replaced_by)))
    return lines


async def get_sheet(ctx: Context, press: GetSheet) -> Screen:
    """Send the certificate as PDF, its card below."""
    card = await ctx.services.certificates.card(ctx.me_id, press.certificate_id)
    pdf = await asyncio.to_thread(render, sheet_of(card), ctx.house.content.certificates)
    shown = card_screen(ctx, card)
    return Screen(
        shown.text,
        shown.rows,
        attached=Attachment(f"{card.number}.pdf", pdf, instead=ctx.t("file-refused")),
    )


def new_once() -> str:
    """Return a key for a press that issues: however often it is pressed, it issues once."""
    return secrets.token_urlsafe(_ONCE_BYTES)


async def notice_issued(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Tell the holder what they were given, with the way to the sheet."""
    card = await _still_theirs(ctx, args)
    if card is None or card.verdict is Verdict.REVOKED:
        return None
    sheet = Button(
        ctx.t.plain("certificate-get"), GetSheet(certificate_id=card.id), style="primary"
    )
    return Screen(
        ctx.t("notice-certificate-issued", kind=kind_name(ctx, card.kind)),
        ((sheet,), *home.menu_row(ctx)),
    )


async def notice_revoked(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Tell the holder which certificate no longer counts, and why."""
    card = await _still_theirs(ctx, args)
    if card is None or card.verdict is not Verdict.REVOKED:
        return None
    return Screen(
        ctx.t(
            "notice-certificate-revoked",
            kind=kind_name(ctx, card.kind),
            number=grouped(card.number),
            reason=card.revoked_reason,
        ),
        home.menu_row(ctx),
    )


async def _still_theirs(ctx: Context, args: Mapping[str, Any]) -> CertificateCard | None:
    try:
        return await ctx.services.certificates.card(ctx.me_id, args["certificate_id"])
    except AppError:
        return None


CERTIFICATE_NOTICES = {
    "certificate-issued": notice_issued,
    "certificate-revoked": notice_revoked,
}


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    # A holder needs no right over what is theirs; anybody else does.
    seeing = Right.SEE_CERTIFICATES
    routes.key("key-certificates", open_own)
    routes.press(ListCertificates, open_list, right=seeing)
    routes.press(OpenCertificate, open_card, right=seeing)
    routes.press(GetSheet, get_sheet, right=seeing, makes_file=True)
