"""The screens of the quiz: before it, each question, an explanation, and what failed."""

from collections.abc import Sequence

from bot.content import Question
from bot.context import Context
from bot.handlers import home
from bot.handlers.briefing_presses import AnswerQuestion, OpenBriefing, ShowModule, StartQuiz
from bot.i18n import Markup
from bot.screens import Button, Screen
from bot.services.briefing_course import Asked, FailedTry, Paused, Ready

# The score, the tries left and the space between them take the rest of a small screen.
_TITLES_SHOWN = 7


def ready_screen(ctx: Context, state: Ready) -> Screen:
    """Return the way into the quiz, or into it again with what to read before."""
    if state.failed is not None:
        return _failed_screen(ctx, state, state.failed)
    t, briefing = ctx.t, ctx.briefing
    text = t(
        "quiz-ready",
        asked=briefing.questions_drawn,
        needed=briefing.pass_mark,
        tries=state.tries_left,
    )
    start = Button(t.plain("quiz-start"), StartQuiz(version=briefing.version), style="success")
    return Screen(text, ((start,), (read_again(ctx, 1),), *home.menu_row(ctx)))


def _failed_screen(ctx: Context, state: Ready, failed: FailedTry) -> Screen:
    t = ctx.t
    lines = [_failed_text(ctx, failed), "", t("quiz-tries-left", tries=state.tries_left)]
    again = Button(t.plain("quiz-again"), StartQuiz(version=ctx.briefing.version), style="success")
    reading = read_again(ctx, failed.modules[0])
    return Screen("\n".join(lines), ((reading,), (again,), *home.menu_row(ctx)))


def paused_screen(ctx: Context, state: Paused) -> Screen:
    """Return what to read again until the next try."""
    lines = [_failed_text(ctx, state.failed), "", ctx.t("quiz-paused", until=state.until)]
    reading = read_again(ctx, state.failed.modules[0])
    return Screen("\n".join(lines), ((reading,), *home.menu_row(ctx)))


def _failed_text(ctx: Context, failed: FailedTry) -> str:
    t, briefing = ctx.t, ctx.briefing
    lines = [t("quiz-failed", score=failed.score, asked=failed.asked, needed=briefing.pass_mark)]
    lines += module_titles(ctx, failed.modules, limit=_TITLES_SHOWN)
    return "\n".join(lines)


def module_titles(ctx: Context, modules: Sequence[int], *, limit: int) -> list[Markup]:
    """Return a line for each module (from 1), and one that counts those over the limit."""
    t, known = ctx.t, ctx.briefing.modules
    lines = [
        t("quiz-failed-module", number=number, title=known[number - 1].title[t.language])
        for number in modules[:limit]
    ]
    more = len(modules) - limit
    return [*lines, t("quiz-failed-more", count=more)] if more > 0 else lines


def read_again(ctx: Context, number: int) -> Button:
    """Return the button that opens a module (from 1) that was read before."""
    return Button(
        ctx.t.plain("briefing-read-again"),
        ShowModule(version=ctx.briefing.version, module=number),
    )


def question_screen(ctx: Context, asked: Asked) -> Screen:
    """Return a question with its numbered answers, and a button for each."""
    question, t = ctx.briefing.question(asked.code), ctx.t
    text = t(
        "quiz-question",
        number=asked.index + 1,
        total=asked.asked,
        text=question.text[t.language],
        options=_numbered(ctx, question, asked),
    )
    buttons = tuple(
        Button(
            str(option + 1),
            AnswerQuestion(attempt_id=asked.attempt_id, index=asked.index, option=option),
        )
        for option in range(len(asked.order))
    )
    return Screen(text, (buttons, *home.menu_row(ctx)))


def _numbered(ctx: Context, question: Question, asked: Asked) -> str:
    return "\n".join(
        f"{number}. {question.options[place][ctx.t.language]}"
        for number, place in enumerate(asked.order, start=1)
    )


def wrong_screen(ctx: Context, asked: Asked) -> Screen:
    """Return the right answer to a question answered wrongly, and why it is right."""
    question, t = ctx.briefing.question(asked.code), ctx.t
    text = t(
        "quiz-wrong",
        question=question.text[t.language],
        right=question.options[question.right_option][t.language],
        explanation=question.explanation[t.language],
    )
    last = asked.index + 1 == asked.asked
    onward = Button(
        t.plain("quiz-result" if last else "quiz-next"), OpenBriefing(), style="primary"
    )
    return Screen(text, ((onward,), *home.menu_row(ctx)))
