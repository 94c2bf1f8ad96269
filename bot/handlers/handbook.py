"""The handbook, "May I?": topics, search in one's own words, answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.content import Situation
from bot.context import Context
from bot.handlers import home
from bot.i18n import Markup
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Screen, in_column
from bot.services.errors import InvalidInputError, NotFoundError

QUESTION = "handbook-question"


class OpenHandbook(CallbackData, prefix="handbook"):
    """Show the topics."""


class OpenTopic(CallbackData, prefix="hbtopic"):
    """Show the situations of a topic."""

    topic: str


class OpenSituation(CallbackData, prefix="hbcase"):
    """Show the answer to a situation."""

    situation: str


async def open_handbook(ctx: Context) -> Screen:
    """Show the topics; any words typed are searched for."""
    region = ctx.house.content.region
    text = ctx.t("handbook", police=region.police_phone, emergency=region.emergency_phone)
    return _topics_screen(ctx, text)


async def handbook_again(ctx: Context, _: CallbackData) -> Screen:
    """Show the topics from a button."""
    return await open_handbook(ctx)


async def open_topic(ctx: Context, press: OpenTopic) -> Screen:
    """Show the situations of a topic."""
    handbook = ctx.house.content.handbook
    topic = handbook.topic(press.topic)
    if topic is None:
        raise NotFoundError
    back = (Button(ctx.t.plain("button-back"), OpenHandbook()),)
    return Screen(
        ctx.t("handbook-topic", name=topic.names[ctx.t.language]),
        (*in_column(_situation_buttons(ctx, handbook.of_topic(topic.code))), back),
        expects=Expected(QUESTION),
    )


async def open_situation(ctx: Context, press: OpenSituation) -> Screen:
    """Show the answer to a situation."""
    situation = ctx.house.content.handbook.situation(press.situation)
    if situation is None:
        raise NotFoundError
    back = Button(ctx.t.plain("button-back"), OpenTopic(topic=situation.topic))
    return Screen(
        _answer(ctx, situation), ((back, _topics_button(ctx)),), expects=Expected(QUESTION)
    )


def _answer(ctx: Context, situation: Situation) -> Markup:
    """Return the answer: may, may not, or call; what to do, why, and what it rests on."""
    handbook, region = ctx.house.content.handbook, ctx.house.content.region
    language = ctx.t.language
    return ctx.t(
        "handbook-answer",
        title=situation.title[language],
        answer=situation.answer,
        text=situation.text[language],
        source=handbook.source_of(situation).names[language],
        police=region.police_phone,
        emergency=region.emergency_phone,
    )


def _topics_button(ctx: Context) -> Button:
    return Button(ctx.t.plain("handbook-topics"), OpenHandbook())


async def find(ctx: Context, _: dict[str, Any], given: Given) -> Screen:
    """Answer the situation that the words typed are about, with others they may be about."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    handbook = ctx.house.content.handbook
    codes = ctx.services.handbook.search(given.text, ctx.t.language)
    hits = [situation for code in codes if (situation := handbook.situation(code)) is not None]
    if not hits:
        return _topics_screen(ctx, ctx.t("handbook-nothing"))
    best, *others = hits
    return found_screen(ctx, best, others)


def found_screen(ctx: Context, best: Situation, others: Sequence[Situation]) -> Screen:
    """Show the answer that was searched for, above others that may be meant."""
    text = Markup("\n").join((_answer(ctx, best), ctx.t("handbook-found", count=len(others))))
    rows = (*in_column(_situation_buttons(ctx, others)), (_topics_button(ctx),))
    return Screen(text, rows, expects=Expected(QUESTION))


async def _ask_again(ctx: Context, _: dict[str, Any]) -> Screen:
    return await open_handbook(ctx)


def _topics_screen(ctx: Context, text: str) -> Screen:
    buttons = [
        Button(topic.names[ctx.t.language], OpenTopic(topic=topic.code))
        for topic in ctx.house.content.handbook.topics
    ]
    return Screen(text, (*in_column(buttons), *home.menu_row(ctx)), expects=Expected(QUESTION))


def _situation_buttons(ctx: Context, situations: Iterable[Situation]) -> list[Button]:
    return [
        Button(situation.title[ctx.t.language], OpenSituation(situation=situation.code))
        for situation in situations
    ]


def register(routes: Routes) -> None:
    """Put this flow into the table. It needs no right: anybody may look."""
    routes.key("key-handbook", open_handbook)
    routes.press(OpenHandbook, handbook_again)
    routes.press(OpenTopic, open_topic, redraw=handbook_again)
    routes.press(OpenSituation, open_situation, redraw=handbook_again)
    routes.answer(QUESTION, find, prompt=_ask_again)
