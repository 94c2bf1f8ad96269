"""The screens of the briefing: where the person stands, a module, the undertaking."""

from collections.abc import Callable
from typing import Any

from bot.content import Module
from bot.context import Context
from bot.handlers import home
from bot.handlers.briefing_presses import BeginBriefing, FinishModule, Sign, TurnPage
from bot.handlers.quiz_screens import paused_screen, question_screen, read_again, ready_screen
from bot.i18n import Markup
from bot.screens import Attachment, Button, Screen, in_column
from bot.services.briefing_course import (
    Asked,
    CourseState,
    Holding,
    NotBegun,
    Paused,
    Reading,
    Ready,
    Unsigned,
)


def screen(ctx: Context, state: CourseState) -> Screen:
    """Return what the person sees where they stand."""
    return _SCREENS[type(state)](ctx, state)


def _intro_screen(ctx: Context, state: NotBegun) -> Screen:
    t, briefing = ctx.t, ctx.briefing
    text = t(
        "briefing-intro",
        title=briefing.title[t.language],
        why=state.why,
        modules=len(briefing.modules),
        asked=briefing.questions_drawn,
        needed=briefing.pass_mark,
        months=briefing.validity_months,
    )
    begin = Button(
        t.plain("briefing-begin"), BeginBriefing(version=briefing.version), style="success"
    )
    return Screen(text, ((begin,), *home.menu_row(ctx)))


def _first_unread_screen(ctx: Context, state: Reading) -> Screen:
    return module_screen(ctx, state.module, with_picture=True)


def module_screen(
    ctx: Context, number: int, page: int = 1, *, with_picture: bool = False
) -> Screen:
    """Return a page of a module (both from 1) with the ways back and on."""
    t, briefing = ctx.t, ctx.briefing
    module = briefing.modules[number - 1]
    picture = module.picture if with_picture else None
    return Screen(
        t(
            "briefing-module",
            number=number,
            total=len(briefing.modules),
            title=module.title[t.language],
            page=page,
            pages=len(module.pages),
            text=Markup(module.pages[page - 1].html[t.language]),
        ),
        (_turning(ctx, module, page), *home.menu_row(ctx)),
        attached=Attachment(picture.path.name, picture.path, picture=True) if picture else None,
    )


def last_page_screen(ctx: Context, number: int) -> Screen:
    """Return the page that a module (from 1) is finished from."""
    return module_screen(ctx, number, len(ctx.briefing.modules[number - 1].pages))


def _turning(ctx: Context, module: Module, page: int) -> tuple[Button, ...]:
    t, version, number = ctx.t, ctx.briefing.version, module.number
    onward = (
        TurnPage(version=version, module=number, page=page + 1)
        if page < len(module.pages)
        else FinishModule(version=version, module=number)
    )
    following = Button(t.plain("briefing-next"), onward, style="primary")
    if page > 1:
        before = TurnPage(version=version, module=number, page=page - 1)
    elif number > 1:
        last = len(ctx.briefing.modules[number - 2].pages)
        before = TurnPage(version=version, module=number - 1, page=last)
    else:
        return (following,)
    return Button(t.plain("button-back"), before), following


def _undertaking_screen(ctx: Context, state: Unsigned) -> Screen:
    t, briefing = ctx.t, ctx.briefing
    text = t(
        "briefing-undertaking",
        score=state.score,
        asked=state.asked,
        text=briefing.undertaking[t.language],
        version=briefing.version,
    )
    sign = Button(
        t.plain("briefing-sign"),
        Sign(attempt_id=state.attempt_id, language=t.language),
        style="success",
    )
    return Screen(text, ((sign,), *home.menu_row(ctx)))


def _holding_screen(ctx: Context, state: Holding) -> Screen:
    t = ctx.t
    buttons = [read_again(ctx, 1)]
    if state.may_repeat:
        begin = BeginBriefing(version=ctx.briefing.version)
        buttons.insert(0, Button(t.plain("briefing-repeat"), begin, style="primary"))
    return Screen(
        t("briefing-holding", until=state.valid_until),
        (*in_column(buttons), *home.menu_row(ctx)),
    )


_SCREENS: dict[type[CourseState], Callable[[Context, Any], Screen]] = {
    NotBegun: _intro_screen,
    Reading: _first_unread_screen,
    Ready: ready_screen,
    Paused: paused_screen,
    Asked: question_screen,
    Unsigned: _undertaking_screen,
    Holding: _holding_screen,
}
