"""Invitations before a coordinator: the list, a new one, withdrawal."""

import secrets
from datetime import timedelta
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import StringConstraints

from bot.context import Context
from bot.handlers import home
from bot.routes import Number, Routes
from bot.screens import Button, Screen, in_column, in_pairs
from bot.services.invites import LIFETIMES, USES, InviteCard
from bot.services.rights import Right

INVITE_PREFIX = "invite"


class ListInvites(CallbackData, prefix="invites"):
    """Show the invitations that work."""


class OpenInvite(CallbackData, prefix="invite"):
    """Show one invitation with its link."""

    invite_id: Number


class NewInvite(CallbackData, prefix="newinv"):
    """Choose the district of a new invitation."""


class ChooseLifetime(CallbackData, prefix="invdays"):
    """Choose how long a new invitation works."""

    district: str


class ChooseUses(CallbackData, prefix="invuses"):
    """Choose how many people a new invitation takes."""

    district: str
    days: Number


class MakeInvite(CallbackData, prefix="mkinv"):
    """Make the invitation; ``once`` is new on every screen, so that it is made once."""

    district: str
    days: Number
    uses: Number
    once: Annotated[str, StringConstraints(pattern=r"\A[A-Za-z0-9_-]{11}\z")]


class WithdrawInvite(CallbackData, prefix="rminv"):
    """Make an invitation useless."""

    invite_id: Number


async def open_list(ctx: Context) -> Screen:
    """Show the invitations that work."""
    cards = await ctx.services.invites.good(ctx.me_id)
    buttons = [
        Button(
            ctx.t.plain(
                "invites-row",
                district=ctx.district(card.district),
                uses=card.uses,
                limit=card.uses_limit,
            ),
            OpenInvite(invite_id=card.id),
        )
        for card in cards
    ]
    new = Button(ctx.t.plain("invites-new"), NewInvite(), style="success")
    return Screen(
        ctx.t("invites-list", count=len(cards)), (*in_column(buttons), (new,), *home.menu_row(ctx))
    )


async def list_again(ctx: Context, _: ListInvites | WithdrawInvite) -> Screen:
    """Show the invitations that work."""
    return await open_list(ctx)


async def new_invite(ctx: Context, _: NewInvite) -> Screen:
    """Ask for the district, unless there is only one to choose."""
    reach = await ctx.services.invites.reach(ctx.me_id)
    districts = [each for each in ctx.house.districts.open if reach.covers(each.code)]
    if len(districts) == 1:
        return await choose_lifetime(ctx, ChooseLifetime(district=districts[0].code))
    buttons = [
        Button(district.names[ctx.t.language], ChooseLifetime(district=district.code))
        for district in districts
    ]
    back = (Button(ctx.t.plain("button-back"), ListInvites()),)
    return Screen(ctx.t("invite-district"), (*in_pairs(buttons), back))


async def choose_lifetime(ctx: Context, press: ChooseLifetime) -> Screen:
    """Ask how long the invitation works."""
    await ctx.services.invites.check(ctx.me_id, press.district)
    buttons = [
        Button(
            ctx.t.plain("invite-days", days=lifetime.days),
            ChooseUses(district=press.district, days=lifetime.days),
        )
        for lifetime in LIFETIMES
    ]
    back = (Button(ctx.t.plain("button-back"), ListInvites()),)
    text = ctx.t("invite-lifetime", district=ctx.district(press.district))
    return Screen(text, (*in_column(buttons), back))


async def choose_uses(ctx: Context, press: ChooseUses) -> Screen:
    """Ask how many people the invitation takes."""
    await ctx.services.invites.check(ctx.me_id, press.district)
    once = secrets.token_urlsafe(8)
    buttons = [
        Button(
            ctx.t.plain("invite-people", count=uses),
            MakeInvite(district=press.district, days=press.days, uses=uses, once=once),
        )
        for uses in USES
    ]
    back = (Button(ctx.t.plain("button-back"), ChooseLifetime(district=press.district)),)
    return Screen(ctx.t("invite-uses", days=press.days), (*in_column(buttons), back))


async def make(ctx: Context, press: MakeInvite) -> Screen:
    """Make the invitation and show its link."""
    card = await ctx.services.invites.make(
        ctx.me_id,
        press.district,
        timedelta(days=min(press.days, 365)),
        press.uses,
        press.once,
    )
    return card_screen(ctx, card)


async def open_card(ctx: Context, press: OpenInvite) -> Screen:
    """Show one invitation."""
    return card_screen(ctx, await ctx.services.invites.card(ctx.me_id, press.invite_id))


def card_screen(ctx: Context, card: InviteCard) -> Screen:
    """Return an invitation, its link ready to be forwarded."""
    return Screen(
        ctx.t(
            "invite-card",
            district=ctx.district(card.district),
            link=ctx.link(f"{INVITE_PREFIX}_{card.code}"),
            expires=card.expires_at,
            uses=card.uses,
            limit=card.uses_limit,
        ),
        (
            (
                Button(
                    ctx.t.plain("invite-withdraw"),
                    WithdrawInvite(invite_id=card.id),
                    style="danger",
                ),
            ),
            (Button(ctx.t.plain("button-back"), ListInvites()),),
        ),
    )


async def withdraw(ctx: Context, press: WithdrawInvite) -> Screen:
    """Make the invitation useless."""
    await ctx.services.invites.withdraw(ctx.me_id, press.invite_id)
    return (await open_list(ctx)).with_toast(ctx.t.plain("invite-withdrawn-toast"))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.MAKE_INVITES
    routes.key("key-invites", open_list, right=right)
    routes.press(ListInvites, list_again, right=right)
    routes.press(OpenInvite, open_card, right=right)
    routes.press(NewInvite, new_invite, right=right)
    routes.press(ChooseLifetime, choose_lifetime, right=right)
    routes.press(ChooseUses, choose_uses, right=right)
    routes.press(MakeInvite, make, right=right)
    routes.press(WithdrawInvite, withdraw, right=right, redraw=list_again)
