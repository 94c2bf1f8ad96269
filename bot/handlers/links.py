"""What happens when a person opens one of our links."""

from bot.context import Context
from bot.handlers import home
from bot.handlers.invites import INVITE_PREFIX
from bot.routes import Routes
from bot.screens import Screen
from bot.services.links import CLAIM_PREFIX, RELINK_PREFIX


async def open_invite(ctx: Context, code: str) -> Screen:
    """Begin an application into the district of the invitation."""
    await ctx.services.registration.open_invite(ctx.me_id, code)
    ctx = await ctx.refreshed()
    district = ctx.me.application.district if ctx.me.application else None
    return (await home.home(ctx)).headed(ctx.t("invite-opened", district=ctx.district(district)))


async def claim(ctx: Context, secret: str) -> Screen:
    """Become an admin."""
    await ctx.services.links.claim(ctx.me_id, secret)
    ctx = await ctx.refreshed()
    return (await home.home(ctx)).headed(ctx.t("claim-done"))


async def relink(ctx: Context, secret: str) -> Screen:
    """Continue as the person the link was made for."""
    person_id = await ctx.services.links.relink(ctx.me_id, secret)
    ctx = await ctx.become(person_id)
    return (await home.home(ctx)).headed(ctx.t("relink-done")).speaking(ctx.t.language)


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.link(INVITE_PREFIX, open_invite)
    routes.link(CLAIM_PREFIX, claim)
    routes.link(RELINK_PREFIX, relink)
