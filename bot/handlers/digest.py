"""Digests before a coordinator: today's at any time, and each thing settled from the digest."""

from collections.abc import Mapping
from typing import Any

from bot.context import Context
from bot.handlers import applications, briefing_staff, digest_settings, home
from bot.handlers.digest_files import chart_notice, table_notice
from bot.handlers.digest_presses import (
    AllowTryNow,
    LookAtPlace,
    OpenDigest,
    OpenForgotten,
    OpenRecruit,
    OpenStuck,
    OpenToday,
    Remind,
    SettleForgotten,
    TakeOn,
)
from bot.handlers.digest_words import digest_screen
from bot.handlers.duty import duty_screen
from bot.handlers.shift_card import MINUTE
from bot.routes import Routes
from bot.screens import Button, Rows, Screen, in_pairs
from bot.services.errors import AppError
from bot.services.rights import Right
from bot.services.states import ApplicationState

InDigest = (
    OpenDigest
    | OpenForgotten
    | SettleForgotten
    | LookAtPlace
    | OpenRecruit
    | TakeOn
    | OpenStuck
    | AllowTryNow
    | Remind
)


async def choose_district(ctx: Context) -> Screen:
    """Show today's digest, or ask of which district."""
    reach = await ctx.services.digests.reach(ctx.me_id)
    codes = [each.code for each in ctx.house.districts.open if reach.covers(each.code)]
    if len(codes) == 1:
        return await open_today(ctx, OpenToday(district=codes[0]))
    buttons = [Button(ctx.district(code), OpenToday(district=code)) for code in codes]
    return Screen(ctx.t("digest-choose"), (*in_pairs(buttons), *home.menu_row(ctx)))


async def open_today(ctx: Context, press: OpenToday) -> Screen:
    """Show today's digest of the district, as it reads now."""
    return digest_screen(ctx, await ctx.services.digests.today(ctx.me_id, press.district))


async def open_digest(ctx: Context, press: InDigest) -> Screen:
    """Show the digest as it reads now."""
    return digest_screen(ctx, await ctx.services.digests.view(ctx.me_id, press.digest_id))


async def open_forgotten(ctx: Context, press: OpenForgotten | SettleForgotten) -> Screen:
    """Show a shift without a stated end, with the ends that settle it."""
    shift = await ctx.services.shift_records.card(ctx.me_id, press.shift_id)
    return duty_screen(ctx, shift, press.digest_id)


async def settle_forgotten(ctx: Context, press: SettleForgotten) -> Screen:
    """State the end that the button names, and go on with the digest."""
    shift = await ctx.services.shift_records.card(ctx.me_id, press.shift_id)
    end = shift.started_at + press.minutes * MINUTE
    await ctx.services.shift_settling.state_end(ctx.me_id, shift.id, end)
    screen = await open_digest(ctx, press)
    return screen.with_toast(ctx.t.plain("digest-done-toast"))


async def look_at_place(ctx: Context, press: LookAtPlace) -> Screen:
    """Take note of where a shift began, and go on with the digest."""
    await ctx.services.digests.look_at(ctx.me_id, press.shift_id)
    screen = await open_digest(ctx, press)
    return screen.with_toast(ctx.t.plain("digest-done-toast"))


async def open_recruit(ctx: Context, press: OpenRecruit | TakeOn) -> Screen:
    """Show an application; refusing it needs a reason, which its own button asks for."""
    card = await ctx.services.applications.card(ctx.me_id, press.application_id)
    deciding: Rows = ()
    if card.state is ApplicationState.PENDING:
        t, take_on = ctx.t, TakeOn(digest_id=press.digest_id, application_id=card.id)
        reject = applications.Reject(application_id=card.id)
        deciding = (
            (
                Button(t.plain("application-approve"), take_on, style="success"),
                Button(t.plain("application-reject"), reject, style="danger"),
            ),
        )
    text = applications.card_screen(ctx, card).text
    return Screen(text, (*deciding, _back(ctx, press.digest_id)))


async def take_on(ctx: Context, press: TakeOn) -> Screen:
    """Approve the application, and go on with the digest."""
    enrolled = await ctx.services.applications.approve(ctx.me_id, press.application_id)
    screen = await open_digest(ctx, press)
    return screen.with_toast(
        ctx.t.plain("application-approved-toast", number=enrolled.service_number)
    )


async def open_stuck(ctx: Context, press: OpenStuck) -> Screen:
    """Show who failed every try, with the button that allows another."""
    stuck = await ctx.services.pauses.stuck(ctx.me_id, press.attempt_id)
    text = briefing_staff.stuck_screen(ctx, press.attempt_id, stuck).text
    allow = Button(
        ctx.t.plain("briefing-allow-try"),
        AllowTryNow(digest_id=press.digest_id, attempt_id=press.attempt_id),
        style="success",
    )
    back = _back(ctx, press.digest_id)
    return Screen(text, (back,) if stuck.until is None else ((allow,), back))


async def allow_try(ctx: Context, press: AllowTryNow) -> Screen:
    """Let them try again now, and go on with the digest."""
    await ctx.services.pauses.allow_try(ctx.me_id, press.attempt_id)
    screen = await open_digest(ctx, press)
    return screen.with_toast(ctx.t.plain("briefing-try-allowed-toast"))


async def remind(ctx: Context, press: Remind) -> Screen:
    """Remind somebody of the briefing, and go on with the digest."""
    await ctx.services.digests.remind(ctx.me_id, press.person_id)
    screen = await open_digest(ctx, press)
    return screen.with_toast(ctx.t.plain("digest-reminded-toast"))


def _back(ctx: Context, digest_id: int) -> tuple[Button, ...]:
    return (Button(ctx.t.plain("digest-back"), OpenDigest(digest_id=digest_id)),)


async def digest_notice(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Put a digest into words when it is sent."""
    try:
        digest = await ctx.services.digests.to_send(ctx.me_id, args["digest_id"])
    except AppError:
        return None  # no longer this coordinator's
    return None if digest is None else digest_screen(ctx, digest)


async def reminder_notice(ctx: Context, _: Mapping[str, Any]) -> Screen | None:
    """Remind an assistant of the briefing, unless they have passed it."""
    if not home.briefing_due(ctx):
        return None
    return Screen(ctx.t("digest-reminder"), keys=home.menu_keys(ctx))


DIGEST_NOTICES = {
    "digest": digest_notice,
    "digest-chart": chart_notice,
    "digest-file": table_notice,
    "digest-reminder": reminder_notice,
}


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.SEE_DIGEST
    routes.key("key-digest", choose_district, right=right)
    routes.press(OpenToday, open_today, right=right)
    routes.press(OpenDigest, open_digest, right=right)
    routes.press(OpenForgotten, open_forgotten, right=Right.SEE_DUTY)
    routes.press(SettleForgotten, settle_forgotten, right=Right.SETTLE_SHIFTS, redraw=open_digest)
    routes.press(LookAtPlace, look_at_place, right=right, redraw=open_digest)
    routes.press(OpenRecruit, open_recruit, right=Right.DECIDE_APPLICATIONS)
    routes.press(TakeOn, take_on, right=Right.DECIDE_APPLICATIONS, redraw=open_digest)
    routes.press(OpenStuck, open_stuck, right=Right.CHANGE_STATUS, redraw=open_digest)
    routes.press(AllowTryNow, allow_try, right=Right.CHANGE_STATUS, redraw=open_digest)
    routes.press(Remind, remind, right=right, redraw=open_digest)
    digest_settings.register(routes)
