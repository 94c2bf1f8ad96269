"""Anybody asks whether a certificate is real: by a link, or by sending its number."""

from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.routes import Given, Routes
from bot.screens import Expected, Screen
from bot.services.certificate_checks import names_certificate
from bot.services.errors import InvalidInputError
from bot.verdicts import verdict_text

CERTIFICATE_PREFIX = "cert"
NUMBER = "verification-number"


async def ask_number(ctx: Context) -> Screen:
    """Answer ``/check``: ask for the number."""
    return Screen(ctx.t("verification-ask"), home.menu_row(ctx), expects=Expected(NUMBER))


async def _ask_again(ctx: Context, _: dict[str, Any]) -> Screen:
    return await ask_number(ctx)


async def check_number(ctx: Context, _: dict[str, Any], given: Given) -> Screen:
    """Say where the certificate with the number stands."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    return await verdict_screen(ctx, given.text)


async def check_link(ctx: Context, number: str) -> Screen:
    """Say where the certificate of a link stands."""
    return await verdict_screen(ctx, number)


async def check_unasked(ctx: Context, text: str) -> Screen | None:
    """Say where a certificate stands whose number or code came unasked; None for other texts."""
    return await verdict_screen(ctx, text) if names_certificate(text) else None


async def verdict_screen(ctx: Context, text: str) -> Screen:
    """Return where a certificate stands, what its paper must show, and what it does not prove."""
    found = await ctx.services.certificate_checks.verify(text)
    return Screen(verdict_text(found, ctx.t, ctx.house.content), home.menu_row(ctx))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.command("check", ask_number)
    routes.link(CERTIFICATE_PREFIX, check_link)
    routes.answer(NUMBER, check_number, prompt=_ask_again)
    routes.text(check_unasked)
