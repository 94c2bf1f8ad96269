"""The briefing before coordinators: recruits who are stuck."""

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import home
from bot.handlers.assistants import OpenAssistant
from bot.handlers.quiz_screens import module_titles
from bot.routes import Number, Routes
from bot.screens import Button, Screen
from bot.services.briefing_passes import PassCard
from bot.services.briefing_pauses import StuckRecruit
from bot.services.rights import Right

# The person, the score and the pause take the rest of a small screen.
_TITLES_SHOWN = 5


class AllowTry(CallbackData, prefix="allowtry"):
    """End the pause after this attempt."""

    attempt_id: Number


async def stuck_again(ctx: Context, press: AllowTry) -> Screen:
    """Show who failed every try."""
    return stuck_screen(
        ctx, press.attempt_id, await ctx.services.pauses.stuck(ctx.me_id, press.attempt_id)
    )


def stuck_screen(ctx: Context, attempt_id: int, stuck: StuckRecruit) -> Screen:
    """Return who failed every try, with the button that allows another."""
    t = ctx.t
    titles = module_titles(ctx, stuck.failed.modules, limit=_TITLES_SHOWN)
    card = t(
        "briefing-stuck",
        name=stuck.full_name,
        number=stuck.service_number,
        phone=stuck.phone,
        district=ctx.district(stuck.district),
        score=stuck.failed.score,
        asked=stuck.failed.asked,
        needed=stuck.pass_mark,
    )
    if stuck.until is None:
        line, rows = t("briefing-stuck-over"), home.menu_row(ctx)
    else:
        line = t("briefing-stuck-until", until=stuck.until)
        allow = Button(
            t.plain("briefing-allow-try"), AllowTry(attempt_id=attempt_id), style="success"
        )
        rows = ((allow,), *home.menu_row(ctx))
    return Screen("\n".join([card, *titles, line]), rows)


async def allow_try(ctx: Context, press: AllowTry) -> Screen:
    """Let the recruit try again now."""
    await ctx.services.pauses.allow_try(ctx.me_id, press.attempt_id)
    screen = await stuck_again(ctx, press)
    return screen.with_toast(ctx.t.plain("briefing-try-allowed-toast"))


def passed_screen(ctx: Context, card: PassCard) -> Screen:
    """Return who has passed, with the way to their card."""
    text = ctx.t(
        "notice-briefing-passed",
        name=card.full_name,
        number=card.service_number,
        district=ctx.district(card.district),
        score=card.score,
        asked=card.asked,
        until=card.valid_until,
    )
    opening = Button(ctx.t.plain("briefing-open-card"), OpenAssistant(person_id=card.person_id))
    return Screen(text, ((opening,), *home.menu_row(ctx)))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.press(AllowTry, allow_try, right=Right.CHANGE_STATUS, redraw=stuck_again)
