"""Notices put into words: at the moment of sending, in the recipient's language.

A notice that has become untrue meanwhile is nothing (``None``) and is dropped.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.context import Context
from bot.handlers import applications, briefing_screens, briefing_staff, home
from bot.handlers.briefing_presses import OpenBriefing
from bot.handlers.certificate_order_screens import ORDER_NOTICES
from bot.handlers.certificates import CERTIFICATE_NOTICES
from bot.handlers.digest import DIGEST_NOTICES
from bot.handlers.keeping_notices import KEEPING_NOTICES
from bot.handlers.roster_notices import ROSTER_NOTICES
from bot.handlers.shift_notices import SHIFT_NOTICES
from bot.screens import Button, Screen
from bot.services.briefing_course import Ready
from bot.services.errors import AppError
from bot.services.rights import Right
from bot.services.states import ApplicationState, AssistantStatus, Role

Args = Mapping[str, Any]


async def application_received(ctx: Context, args: Args) -> Screen | None:
    """Show a coordinator the application that came in, with its buttons."""
    try:
        card = await ctx.services.applications.card(ctx.me_id, args["application_id"])
    except AppError:
        return None  # no longer this coordinator's
    if card.state is not ApplicationState.PENDING:
        return None
    return applications.card_screen(ctx, card).headed(ctx.t("notice-application"))


async def application_approved(ctx: Context, args: Args) -> Screen | None:
    """Tell the applicant that they are taken on, with the keys they have now."""
    standing, application = ctx.me.assistant, ctx.me.application
    if standing is None or standing.status is not AssistantStatus.TRAINEE:
        return None
    if application is None or application.id != args["application_id"]:
        return None
    return Screen(
        ctx.t("notice-approved", number=standing.service_number),
        keys=home.menu_keys(ctx),
    )


async def application_rejected(ctx: Context, args: Args) -> Screen | None:
    """Tell the applicant the reason, with the way to apply again."""
    application = ctx.me.application
    if application is None or application.id != args["application_id"]:
        return None
    return Screen(ctx.t("notice-rejected", reason=application.reason), keys=home.menu_keys(ctx))


async def status_changed(ctx: Context, args: Args) -> Screen | None:
    """Tell an assistant their new status and why."""
    standing = ctx.me.assistant
    if standing is None or standing.status != args["status"]:
        return None
    return Screen(
        ctx.t("notice-status", status=AssistantStatus(args["status"]), reason=standing.reason),
        keys=home.menu_keys(ctx),
    )


async def district_changed(ctx: Context, args: Args) -> Screen | None:
    """Tell an assistant their new district."""
    if ctx.me.assistant is None or ctx.me.assistant.district != args["district"]:
        return None
    return Screen(ctx.t("notice-district", district=ctx.district(args["district"])))


async def role_given(ctx: Context, args: Args) -> Screen | None:
    """Tell a person their new role, with the keys they have now."""
    role, district = Role(args["role"]), args["district"] or None
    if not any(held.role is role and held.district == district for held in ctx.me.held):
        return None
    screen = await home.home(ctx)
    return screen.headed(ctx.t("notice-role-given", role=role, district=ctx.district(district)))


async def role_revoked(ctx: Context, args: Args) -> Screen | None:
    """Tell a person which role they no longer have, with the keys that are left."""
    role, district = Role(args["role"]), args["district"] or None
    if any(held.role is role and held.district == district for held in ctx.me.held):
        return None
    text = ctx.t("notice-role-revoked", role=role, district=ctx.district(district))
    return Screen(text, keys=home.menu_keys(ctx))


async def account_relinked(ctx: Context, args: Args) -> Screen | None:
    """Tell whoever made the link, and other admins, that the person now writes from another."""
    try:
        name = await _name_of(ctx, args["person_id"])
    except AppError:
        return None  # no longer this coordinator's
    return Screen(ctx.t("notice-relinked", name=name), home.menu_row(ctx))


async def _name_of(ctx: Context, person_id: int) -> str:
    if ctx.me.reach(Right.APPOINT).everywhere:
        name = (await ctx.services.roles.candidate(ctx.me_id, person_id)).full_name
        return name or ctx.t.plain("person-nameless")
    return (await ctx.services.assistants.card(ctx.me_id, person_id)).full_name


async def account_moved(ctx: Context, args: Args) -> Screen | None:
    """Tell the account left behind, which belongs to nobody yet, in the language it spoke."""
    return Screen(ctx.house.texts[args["language"]]("notice-account-moved"))


async def admin_claimed(ctx: Context, args: Args) -> Screen | None:
    """Tell an admin who became one by a link from the server."""
    if Role.ADMIN not in ctx.me.roles:
        return None
    name = await _name_of(ctx, args["person_id"])
    return Screen(ctx.t("notice-admin-claimed", name=name), home.menu_row(ctx))


async def briefing_passed(ctx: Context, args: Args) -> Screen | None:
    """Tell a coordinator who has passed the briefing."""
    try:
        card = await ctx.services.passes.card(ctx.me_id, args["pass_id"])
    except AppError:
        return None  # no longer this coordinator's
    return briefing_staff.passed_screen(ctx, card)


async def briefing_stuck(ctx: Context, args: Args) -> Screen | None:
    """Tell a coordinator who failed every try, with the button that allows another."""
    try:
        stuck = await ctx.services.pauses.stuck(ctx.me_id, args["attempt_id"])
    except AppError:
        return None  # no longer this coordinator's, or the recruit has gone on
    if stuck.until is None:
        return None
    screen = briefing_staff.stuck_screen(ctx, args["attempt_id"], stuck)
    return screen.headed(ctx.t("notice-briefing-stuck"))


async def briefing_try_allowed(ctx: Context, args: Args) -> Screen | None:
    """Tell a recruit that the pause is over, with the way to the quiz."""
    try:
        state = await ctx.services.briefing.state(ctx.me_id)
    except AppError:
        return None
    failed = state.failed if isinstance(state, Ready) else None
    if failed is None or failed.attempt_id != args["attempt_id"]:
        return None
    return briefing_screens.screen(ctx, state).headed(ctx.t("notice-briefing-try-allowed"))


async def briefing_ending(ctx: Context, args: Args) -> Screen | None:
    """Tell the holder of a pass until when it holds, unless they have repeated it."""
    passed = ctx.me.passed
    if passed is None or passed.pass_id != args["pass_id"] or not home.briefing_due(ctx):
        return None
    return _to_briefing(ctx, ctx.t("notice-briefing-ending", until=passed.valid_until))


async def briefing_new_version(ctx: Context, args: Args) -> Screen | None:
    """Tell the holder of a pass that another version is in force, unless they passed it."""
    passed = ctx.me.passed
    if passed is None or passed.pass_id != args["pass_id"] or not home.briefing_due(ctx):
        return None
    return _to_briefing(ctx, ctx.t("notice-briefing-new-version"))


async def answer_owed(ctx: Context, args: Args) -> Screen | None:
    """Show how things stand after an answer that Telegram held up, and what was saved."""
    screen = await home.home(ctx)
    if "saved_at" in args:
        saved_at = datetime.fromtimestamp(args["saved_at"], UTC)
        screen = screen.headed(ctx.t("saved-already", at=saved_at))
    return screen.headed(ctx.t("notice-answer-owed"))


async def telegram_held(ctx: Context, args: Args) -> Screen | None:
    """Tell an admin that Telegram wanted silence, since when and for how long."""
    if Role.ADMIN not in ctx.me.roles:
        return None
    since = datetime.fromtimestamp(args["since"], UTC)
    span = timedelta(minutes=args["minutes"])
    text = ctx.t("notice-telegram-held", since=since, span=span)
    return Screen(text, home.menu_row(ctx))


def _to_briefing(ctx: Context, text: str) -> Screen:
    go = Button(ctx.t.plain("key-briefing"), OpenBriefing(), style="primary")
    return Screen(text, ((go,), *home.menu_row(ctx)))


async def update_laid_aside(ctx: Context, args: Args) -> Screen | None:
    """Tell an admin that an update has failed for good."""
    return Screen(ctx.t("notice-update-laid-aside", reference=args["reference"]))


Words = Callable[[Context, Args], Awaitable[Screen | None]]

# Nobody need act on these at night: they come at once, but without a sound.
_CAN_WAIT = {
    "account-relinked",
    "application-approved",
    "application-received",
    "application-rejected",
    "briefing-ending",
    "briefing-new-version",
    "briefing-passed",
    "briefing-stuck",
    "certificate-issued",
    "correction-asked",
    "correction-decided",
    "digest-reminder",
    "district-changed",
    "shift-forgotten",
    "shift-settled",
    "shift-unconfirmed",
    "shifts-forgotten",
}


def _quiet_at_night(words: Words) -> Words:
    async def quietly(ctx: Context, args: Args) -> Screen | None:
        screen = await words(ctx, args)
        if screen is None or not ctx.services.quiet_hours.are_now():
            return screen
        return screen.without_sound()

    return quietly


_ALL: dict[str, Words] = {
    **SHIFT_NOTICES,
    **CERTIFICATE_NOTICES,
    **ORDER_NOTICES,
    **DIGEST_NOTICES,
    **KEEPING_NOTICES,
    **ROSTER_NOTICES,
    "application-received": application_received,
    "application-approved": application_approved,
    "application-rejected": application_rejected,
    "status-changed": status_changed,
    "district-changed": district_changed,
    "role-given": role_given,
    "role-revoked": role_revoked,
    "account-relinked": account_relinked,
    "account-moved": account_moved,
    "admin-claimed": admin_claimed,
    "briefing-passed": briefing_passed,
    "briefing-stuck": briefing_stuck,
    "briefing-try-allowed": briefing_try_allowed,
    "briefing-ending": briefing_ending,
    "briefing-new-version": briefing_new_version,
    "answer-owed": answer_owed,
    "telegram-held": telegram_held,
    "update-laid-aside": update_laid_aside,
}
NOTICES: dict[str, Words] = {
    kind: _quiet_at_night(words) if kind in _CAN_WAIT else words for kind, words in _ALL.items()
}
