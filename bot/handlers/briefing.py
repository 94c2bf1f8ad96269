"""The mandatory briefing before an assistant: reading, quiz, signature."""

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import errors, home
from bot.handlers.briefing_presses import (
    AnswerQuestion,
    BeginBriefing,
    FinishModule,
    OpenBriefing,
    ShowModule,
    Sign,
    StartQuiz,
    TurnPage,
)
from bot.handlers.briefing_screens import last_page_screen, module_screen, screen
from bot.handlers.quiz_screens import wrong_screen
from bot.routes import Routes
from bot.screens import Screen
from bot.services.briefing import TooFastError
from bot.services.briefing_course import Asked
from bot.services.errors import ConflictError
from bot.services.quiz import Outcome


async def go_on(ctx: Context) -> Screen:
    """Show the briefing where it stopped."""
    return screen(ctx, await ctx.services.briefing.state(ctx.me_id))


async def go_on_again(ctx: Context, _: CallbackData) -> Screen:
    """Show the briefing where it stopped, from a button."""
    return await go_on(ctx)


async def begin(ctx: Context, press: BeginBriefing) -> Screen:
    """Begin at the first module."""
    await ctx.services.briefing.begin(ctx.me_id, press.version)
    return await go_on(ctx)


async def show_module(ctx: Context, press: ShowModule) -> Screen:
    """Show a module that was open before; any other press shows where the person is."""
    return await _readable(ctx, press.version, press.module, 1)


async def turn_page(ctx: Context, press: TurnPage) -> Screen:
    """Show a page of a module that was open before; any other press shows where the person is."""
    return await _readable(ctx, press.version, press.module, press.page)


async def _readable(ctx: Context, version: str, module: int, page: int) -> Screen:
    readable = await ctx.services.briefing.readable(ctx.me_id)
    if version != ctx.briefing.version:
        raise ConflictError("error-briefing-version")
    if not (1 <= module <= readable and 1 <= page <= len(ctx.briefing.modules[module - 1].pages)):
        return await go_on(ctx)
    return module_screen(ctx, module, page)


async def finish_module(ctx: Context, press: FinishModule) -> Screen:
    """Go on to the next module, unless this one cannot have been read yet."""
    try:
        is_new = await ctx.services.briefing.finish_module(
            ctx.me_id, press.version, press.module, ctx.t.language
        )
    except TooFastError as error:
        return last_page_screen(ctx, press.module).with_toast(errors.refusal(ctx, error))
    if press.module < len(ctx.briefing.modules):
        return module_screen(ctx, press.module + 1, with_picture=is_new)
    return await go_on(ctx)


async def start_quiz(ctx: Context, press: StartQuiz) -> Screen:
    """Begin an attempt, or go on with the one that is open."""
    await ctx.services.quiz.start(ctx.me_id, press.version)
    return await go_on(ctx)


async def answer(ctx: Context, press: AnswerQuestion) -> Screen:
    """Take an answer: a right one leads on, a wrong one to its explanation."""
    t = ctx.t
    answered = await ctx.services.quiz.answer(
        ctx.me_id, press.attempt_id, press.index, press.option
    )
    if answered.outcome is Outcome.RIGHT:
        return (await go_on(ctx)).with_toast(t.plain("quiz-right-toast"))
    if answered.outcome is Outcome.WRONG:
        return wrong_screen(ctx, answered.question)
    explained = answered.latest and not _is_right(ctx, answered.question)
    shown = wrong_screen(ctx, answered.question) if explained else await go_on(ctx)
    return shown.with_toast(t.plain("quiz-repeated-toast"))


def _is_right(ctx: Context, asked: Asked) -> bool:
    return ctx.briefing.question(asked.code).right_option == asked.chosen


async def sign(ctx: Context, press: Sign) -> Screen:
    """Sign the undertaking; the menu shows what is possible from now on."""
    signed = await ctx.services.passes.sign(ctx.me_id, press.attempt_id, press.language)
    ctx = await ctx.refreshed()
    following = "first" if signed.activated else signed.status.value
    text = ctx.t("briefing-signed", until=signed.valid_until, next=following)
    return Screen(text, keys=home.menu_keys(ctx))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.key("key-briefing", go_on)
    routes.press(OpenBriefing, go_on_again)
    routes.press(BeginBriefing, begin, redraw=go_on_again)
    routes.press(ShowModule, show_module, redraw=go_on_again)
    routes.press(TurnPage, turn_page, redraw=go_on_again)
    routes.press(FinishModule, finish_module, redraw=go_on_again)
    routes.press(StartQuiz, start_quiz, redraw=go_on_again)
    routes.press(AnswerQuestion, answer, redraw=go_on_again)
    routes.press(Sign, sign, redraw=go_on_again)
