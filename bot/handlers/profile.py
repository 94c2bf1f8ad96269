"""What the bot knows of a person, shown to that person."""

from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import home, own_data
from bot.handlers.briefing_presses import OpenBriefing
from bot.i18n import Markup
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Key, Screen, in_column
from bot.services.errors import InvalidInputError

NEW_PHONE = "profile-phone"


class ChangePhone(CallbackData, prefix="phone"):
    """Give another phone number."""


async def profile(ctx: Context) -> Screen:
    """Show one's own data."""
    t, me = ctx.t, ctx.me
    lines = [t("profile", name=me.full_name or "", phone=me.phone or t.plain("profile-no-phone"))]
    buttons = [Button(t.plain("profile-change-phone"), ChangePhone())]
    if me.assistant is not None:
        lines.append(
            t(
                "menu-assistant",
                number=me.assistant.service_number,
                status=me.assistant.status,
                district=ctx.district(me.assistant.district),
            )
        )
        lines.append(_briefing_line(ctx))
        buttons.append(Button(t.plain("key-briefing"), OpenBriefing()))
    return Screen(
        "\n".join(lines), (*in_column(buttons), *own_data.buttons(ctx), *home.menu_row(ctx))
    )


def _briefing_line(ctx: Context) -> Markup:
    passed = ctx.me.passed
    if passed is None or not ctx.services.briefing.holds(passed):
        return ctx.t("profile-no-briefing")
    return ctx.t("profile-briefing", version=passed.version, until=passed.valid_until)


async def ask_phone(ctx: Context, _: ChangePhone) -> Screen:
    """Ask for the new number by the contact key."""
    return await _ask(ctx, {})


async def _ask(ctx: Context, _: dict[str, Any]) -> Screen:
    return Screen(
        ctx.t("profile-phone-ask"),
        keys=(
            (Key(ctx.t.plain("key-share-phone"), contact=True, style="success"),),
            (Key(ctx.t.plain("key-cancel")),),
        ),
        expects=Expected(NEW_PHONE),
    )


async def take_phone(ctx: Context, _: dict[str, Any], given: Given) -> Screen:
    """Keep the new number."""
    if given.contact is None:
        raise InvalidInputError("error-contact-wanted")
    if not given.contact.own:
        raise InvalidInputError("error-contact-foreign")
    phone = await ctx.services.people.change_phone(ctx.me_id, given.contact.phone)
    ctx = await ctx.refreshed()
    return home.menu(ctx).headed(ctx.t("registration-phone-kept", phone=phone))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.key("key-profile", profile)
    # Also for those whose keyboard has no such key yet.
    routes.command("mydata", profile)
    routes.press(ChangePhone, ask_phone)
    routes.answer(NEW_PHONE, take_phone, prompt=_ask)
