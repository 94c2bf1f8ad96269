"""The shipped briefing on a small phone: whatever it shows fits, however its words wrap."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.context import Context, context_for
from bot.handlers.briefing_screens import module_screen, screen
from bot.handlers.quiz_screens import question_screen, wrong_screen
from bot.screens import Screen
from bot.services.briefing_course import (
    Asked,
    FailedTry,
    Holding,
    NotBegun,
    Paused,
    Ready,
    Unsigned,
    Why,
)
from tests.flows.briefed import trainee
from tests.height import too_tall
from tests.town import Town

Named = tuple[str, Screen]


@pytest.fixture(params=["kk", "ru", "en"])
async def ctx(town: Town, request: pytest.FixtureRequest) -> Context:
    """A trainee who speaks each of the languages in turn."""
    context = context_for(town.house, await town.me(await trainee(town)))
    return Context(town.house, context.me, town.house.texts[request.param])


async def test_every_page_of_a_module_fits_a_small_phone(ctx: Context) -> None:
    assert too_tall(pages(ctx)) == {}


def pages(ctx: Context) -> Iterator[Named]:
    for module in ctx.briefing.modules:
        for page in range(1, len(module.pages) + 1):
            yield f"{module.number}, page {page}", module_screen(ctx, module.number, page)


async def test_every_question_and_every_explanation_fits_a_small_phone(ctx: Context) -> None:
    assert too_tall(questions(ctx)) == {}


def questions(ctx: Context) -> Iterator[Named]:
    drawn = ctx.briefing.questions_drawn
    for question in ctx.briefing.questions:
        order = tuple(range(len(question.options)))
        asked = Asked(1, drawn - 1, drawn, question.code, order)
        yield question.code, question_screen(ctx, asked)
        yield f"{question.code}, explained", wrong_screen(ctx, asked)


async def test_all_else_of_the_briefing_fits_a_small_phone(ctx: Context, town: Town) -> None:
    assert too_tall(others(ctx, town)) == {}


def others(ctx: Context, town: Town) -> Iterator[Named]:
    drawn, until = ctx.briefing.questions_drawn, town.clock() + timedelta(days=1)
    failed = FailedTry(1, 3, drawn, tuple(range(1, len(ctx.briefing.modules) + 1)))
    for why in Why:
        yield f"begin, {why}", screen(ctx, NotBegun(why))
    yield "ready", screen(ctx, Ready(3, None))
    yield "failed", screen(ctx, Ready(2, failed))
    yield "paused", screen(ctx, Paused(until, failed))
    yield "undertaking", screen(ctx, Unsigned(1, drawn, drawn))
    yield "passed", screen(ctx, Holding(until, may_repeat=True))
