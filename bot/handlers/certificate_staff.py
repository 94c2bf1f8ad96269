"""Certificates before an admin: issuing one by one, reissuing, revoking."""

from collections.abc import Mapping
from typing import Any

from bot.context import Context
from bot.handlers.certificate_presses import (
    AskBasis,
    AskRevoke,
    ChooseKind,
    IssuePlain,
    ListCertificates,
    OpenCertificate,
    Reissue,
)
from bot.handlers.certificates import card_screen, kind_name, new_once, open_card
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Screen, in_column
from bot.services.certificate_number import grouped
from bot.services.certificate_rules import CertificateKind, Verdict, read_basis
from bot.services.certificates import Issued
from bot.services.errors import InvalidInputError
from bot.services.rights import Right

BASIS, REASON = "certificate-basis", "certificate-reason"


async def choose_kind(ctx: Context, press: ChooseKind) -> Screen:
    """Ask what the assistant is given."""
    holder = await ctx.services.assistants.card(ctx.me_id, press.person_id)
    buttons = [
        Button(kind_name(ctx, kind), AskBasis(person_id=press.person_id, kind=kind))
        for kind in CertificateKind
    ]
    back = Button(ctx.t.plain("button-back"), ListCertificates(person_id=press.person_id))
    return Screen(
        ctx.t("certificate-kind-ask", name=holder.full_name), (*in_column(buttons), (back,))
    )


async def ask_basis(ctx: Context, press: AskBasis) -> Screen:
    """Ask what it is given for; one key holds for whatever issues it."""
    return await _ask_basis(
        ctx, {"id": press.person_id, "kind": press.kind.value, "once": new_once()}
    )


async def _ask_basis(ctx: Context, data: Mapping[str, Any]) -> Screen:
    person_id, kind, once = data["id"], CertificateKind(data["kind"]), data["once"]
    holder = await ctx.services.assistants.card(ctx.me_id, person_id)
    plain = Button(
        ctx.t.plain("certificate-without-basis"),
        IssuePlain(person_id=person_id, kind=kind, once=once),
        style="success",
    )
    back = Button(ctx.t.plain("button-back"), ChooseKind(person_id=person_id))
    return Screen(
        ctx.t("certificate-basis-ask", name=holder.full_name, kind=kind_name(ctx, kind)),
        ((plain,), (back,)),
        expects=Expected(BASIS, {"id": person_id, "kind": kind.value, "once": once}),
    )


async def issue_with_basis(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Issue it with the basis typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    basis = read_basis(given.text)
    issued = await ctx.services.certificates.issue(
        ctx.me_id, data["id"], CertificateKind(data["kind"]), basis, data["once"]
    )
    return _issued_screen(ctx, issued)


async def issue_plain(ctx: Context, press: IssuePlain) -> Screen:
    """Issue it without a basis."""
    issued = await ctx.services.certificates.issue(
        ctx.me_id, press.person_id, press.kind, None, press.once
    )
    return _issued_screen(ctx, issued)


def _issued_screen(ctx: Context, issued: Issued) -> Screen:
    done = "certificate-issued-before" if issued.repeated else "certificate-issued"
    return card_screen(ctx, issued.card).headed(ctx.t(done))


async def choose_kind_again(ctx: Context, press: IssuePlain) -> Screen:
    """Show the kinds again after a refusal."""
    return await choose_kind(ctx, ChooseKind(person_id=press.person_id))


async def reissue(ctx: Context, press: Reissue) -> Screen:
    """Issue it anew and show the new one."""
    issued = await ctx.services.certificates.reissue(ctx.me_id, press.certificate_id, press.once)
    return _issued_screen(ctx, issued)


async def ask_reason(ctx: Context, press: AskRevoke) -> Screen:
    """Ask why it is revoked."""
    return await _ask_reason(ctx, {"id": press.certificate_id})


async def _ask_reason(ctx: Context, data: Mapping[str, Any]) -> Screen:
    card = await ctx.services.certificates.card(ctx.me_id, data["id"])
    if card.verdict is Verdict.REVOKED:
        return card_screen(ctx, card)
    back = Button(ctx.t.plain("button-back"), OpenCertificate(certificate_id=card.id))
    return Screen(
        ctx.t(
            "certificate-reason-ask", kind=kind_name(ctx, card.kind), number=grouped(card.number)
        ),
        ((back,),),
        expects=Expected(REASON, {"id": card.id}),
    )


async def revoke(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Revoke it for the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    card = await ctx.services.certificates.revoke(ctx.me_id, data["id"], given.text)
    return card_screen(ctx, card).headed(ctx.t("certificate-revoked"))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    # Whoever may see may come this far; only the act itself needs more.
    seeing, issuing = Right.SEE_CERTIFICATES, Right.ISSUE_CERTIFICATES
    routes.press(ChooseKind, choose_kind, right=seeing)
    routes.press(AskBasis, ask_basis, right=seeing)
    routes.press(IssuePlain, issue_plain, right=issuing, redraw=choose_kind_again)
    routes.press(AskRevoke, ask_reason, right=seeing, redraw=open_card)
    routes.press(Reissue, reissue, right=issuing, redraw=open_card)
    routes.answer(BASIS, issue_with_basis, prompt=_ask_basis, right=issuing)
    routes.answer(REASON, revoke, prompt=_ask_reason, right=issuing)
