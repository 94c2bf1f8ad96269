"""The main menu, the language, the help: what is always within one touch."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import registration_screens
from bot.handlers.activity.draft import draft_key, open_drafts
from bot.handlers.activity.words import kind_name
from bot.i18n import LANGUAGES
from bot.routes import Routes
from bot.screens import Button, Key, Keys, Rows, Screen, Style
from bot.services.errors import InvalidInputError
from bot.services.page import Page
from bot.services.people import Step
from bot.services.rights import Right
from bot.services.states import ApplicationState, AssistantStatus, Role


class ChooseLanguage(CallbackData, prefix="lang"):
    """Speak this language from now on."""

    language: str


class GoHome(CallbackData, prefix="home"):
    """Open the main menu."""


_ROLES_SHOWN = 4
_STAFF_KEYS: tuple[tuple[str, Right, Style | None], ...] = (
    ("key-duty", Right.SEE_DUTY, None),
    ("key-digest", Right.SEE_DIGEST, None),
    ("key-applications", Right.DECIDE_APPLICATIONS, "primary"),
    ("key-assistants", Right.SEE_ASSISTANTS, None),
    ("key-invites", Right.MAKE_INVITES, None),
    ("key-order", Right.ISSUE_CERTIFICATES, None),
    ("key-roles", Right.APPOINT, None),
)


async def home(ctx: Context) -> Screen:
    """Return what the person should see now: the next question, or the main menu."""
    if ctx.me.step is Step.LANGUAGE:
        return language_screen(ctx)
    if ctx.me.step is not Step.DONE:
        return registration_screens.screen(ctx)
    return menu(ctx)


def menu(ctx: Context) -> Screen:
    """Return the main menu with the keys of the person's roles."""
    t, me = ctx.t, ctx.me
    lines = [t("menu-title", name=me.full_name or t.plain("menu-main"))]
    if me.assistant is not None:
        lines.append(
            t(
                "menu-assistant",
                number=me.assistant.service_number,
                status=me.assistant.status,
                district=ctx.district(me.assistant.district),
            )
        )
        if me.assistant.reason and me.assistant.status is not AssistantStatus.ACTIVE:
            lines.append(t("menu-status-reason", reason=me.assistant.reason))
    if me.shift is not None:
        lines.append(t("menu-on-shift", at=me.shift.started_at))
    lines += [t("menu-draft", name=kind_name(ctx, begun.kind)) for begun in open_drafts(ctx)]
    if briefing_due(ctx):
        lines.append(t("menu-briefing-due"))
    held = [each for each in me.held if each.role is not Role.ASSISTANT]
    lines += [
        t("menu-role", role=each.role, district=ctx.district(each.district))
        for each in held[:_ROLES_SHOWN]
    ]
    if held[_ROLES_SHOWN:]:
        lines.append(t("menu-roles-more", count=len(held) - _ROLES_SHOWN))
    application = me.application
    if application is not None and application.state is ApplicationState.PENDING:
        lines.append(t("menu-application-waiting", district=ctx.district(application.district)))
    elif not_taken_on(ctx) and not me.is_staff:
        rejected = application is not None and application.state is ApplicationState.REJECTED
        reason = application.reason if application is not None and rejected else ""
        lines.append(t("menu-application-rejected", reason=reason) if rejected else t("menu-guest"))
    return Screen("\n".join(lines), keys=menu_keys(ctx))


def not_taken_on(ctx: Context) -> bool:
    """Tell whether the person could apply: no assistant now and nothing waiting."""
    me = ctx.me
    waiting = me.application is not None and me.application.state is ApplicationState.PENDING
    taken_on = me.assistant is not None and me.assistant.status is not AssistantStatus.DISMISSED
    return not waiting and not taken_on


def briefing_due(ctx: Context) -> bool:
    """Tell whether the person should pass the briefing now, or soon again."""
    me = ctx.me
    return me.assistant is not None and ctx.services.briefing.is_due(me.assistant.status, me.passed)


def menu_keys(ctx: Context) -> Keys:
    """Return the reply keyboard: what works for this person now, two keys in a row.

    The key of the shift stands alone, so that it is hit in gloves.
    """
    me = ctx.me
    keys: list[tuple[str, Style | None]] = []
    if briefing_due(ctx):
        keys.append(("key-briefing", "primary"))
    keys += [
        (text_id, style)
        for text_id, right, style in _STAFF_KEYS
        if me.reach(right).everywhere or me.reach(right).districts
    ]
    if me.application is not None and me.application.state is ApplicationState.PENDING:
        keys.append(("key-my-application", None))
    elif not_taken_on(ctx) and not me.is_staff and not me.applying:
        keys.append(("key-apply", "success"))
    if me.assistant is not None:
        keys.append(("key-my-day", None))
    if me.assistant is not None or me.is_staff or (me.application is not None and not me.applying):
        keys.append(("key-handbook", None))
    if me.assistant is not None:
        keys += [("key-my-shifts", None), ("key-certificates", None)]
    if me.full_name is not None and (me.consented or me.consented_before) and not me.applying:
        keys.append(("key-profile", None))
    keys += [("key-language", None), ("key-help", None)]
    shown = [Key(ctx.t.plain(text_id), style=style) for text_id, style in keys]
    pairs = tuple(tuple(shown[i : i + 2]) for i in range(0, len(shown), 2))
    return (*_shift_key(ctx), *pairs)


def _shift_key(ctx: Context) -> Keys:
    """Return the one key that begins or ends a shift, never one for both; and those of results."""
    me = ctx.me
    if me.shift is not None:
        kinds = ctx.house.content.counted
        return (
            tuple(Key(f"{kind.emoji} {kind.names[ctx.t.language]}") for kind in kinds),
            (Key(ctx.t.plain("key-result"), style="primary"),),
            (Key(ctx.t.plain("key-end-shift"), style="danger"),),
        )
    active = me.assistant is not None and me.assistant.status is AssistantStatus.ACTIVE
    if active and me.passed is not None and ctx.services.briefing.holds(me.passed):
        return ((Key(ctx.t.plain("key-start-shift"), style="success"),),)
    return ()


def page_turner(ctx: Context, page: Page[Any], turn: Callable[[int], CallbackData]) -> Rows:
    """Return the row that turns pages, round the end too; no row when there is one page."""
    if not page.last:
        return ()
    pages = page.last + 1
    here = ctx.t.plain("page-number", number=page.number + 1, last=pages)
    return (
        (
            Button("◀", turn((page.number - 1) % pages)),
            Button(here, turn(page.number)),
            Button("▶", turn((page.number + 1) % pages)),
        ),
    )


def menu_row(ctx: Context) -> Rows:
    """Return the row that leads to the main menu."""
    return ((Button(ctx.t.plain("button-menu"), GoHome()),),)


async def start(ctx: Context) -> Screen:
    """Answer ``/start``: go on where the person is."""
    return await home(ctx)


async def cancel(ctx: Context) -> Screen:
    """Answer ``/cancel``: give up what is begun and open the menu."""
    if ctx.me.applying:
        await ctx.services.registration.withdraw(ctx.me_id)
    given_up = draft_key(ctx.remembered)
    if given_up is None:
        given_up = draft_key(ctx.beneath)
        ctx = replace(ctx, beneath={})
    ctx = replace(await ctx.refreshed(), remembered={})
    return replace((await home(ctx)).headed(ctx.t("cancelled")), ends_draft=given_up or "")


async def go_home(ctx: Context, _: GoHome) -> Screen:
    """Open the main menu from a button."""
    return await home(ctx)


def language_screen(ctx: Context) -> Screen:
    """Ask for the language, in all three."""
    names = {language: ctx.house.texts[language].plain("language-name") for language in LANGUAGES}
    lines = [ctx.house.texts[language]("language-ask") for language in LANGUAGES]
    return Screen(
        "\n".join(lines),
        tuple((Button(names[code], ChooseLanguage(language=code)),) for code in LANGUAGES),
    )


async def ask_language(ctx: Context) -> Screen:
    """Answer ``/language``."""
    return language_screen(ctx)


async def choose_language(ctx: Context, press: ChooseLanguage) -> Screen:
    """Change the language; a newcomer goes on to registration."""
    if press.language not in LANGUAGES:
        raise InvalidInputError("error-not-found")
    newcomer = ctx.me.language is None and ctx.me.application is None
    if newcomer and ctx.me.assistant is None and not ctx.me.is_staff:
        await ctx.services.registration.begin_in(ctx.me_id, press.language)
    else:
        await ctx.services.people.choose_language(ctx.me_id, press.language)
    ctx = await ctx.refreshed()
    screen = (await home(ctx)).with_toast(ctx.t.plain("language-chosen-toast"))
    return screen.speaking(press.language)


async def help_screen(ctx: Context) -> Screen:
    """Answer ``/help``: what this is, what it is not, whom to call."""
    region = ctx.house.content.region
    return Screen(
        ctx.t(
            "help",
            police=region.police_phone,
            emergency=region.emergency_phone,
            staff=str(ctx.me.is_staff).lower(),
        ),
        keys=menu_keys(ctx) if ctx.me.step is Step.DONE else (),
    )


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.command("start", start)
    routes.command("menu", start)
    routes.command("language", ask_language)
    routes.command("help", help_screen)
    routes.command("cancel", cancel)
    routes.key("key-language", ask_language)
    routes.key("key-help", help_screen)
    routes.press(ChooseLanguage, choose_language)
    routes.press(GoHome, go_home)
