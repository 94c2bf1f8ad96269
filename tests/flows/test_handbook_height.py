"""The shipped handbook on a small phone: what a search shows fits, however its words wrap."""

from collections.abc import Iterator

import pytest

from bot.context import Context, context_for
from bot.handlers.handbook import found_screen
from bot.screens import Screen
from tests.height import too_tall
from tests.town import Town


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_every_answer_found_fits_a_small_phone(town: Town, language: str) -> None:
    ctx = context_for(town.house, await town.me(await town.assistant(language=language)))
    assert ctx.t.language == language
    assert too_tall(answers(ctx)) == {}


def answers(ctx: Context) -> Iterator[tuple[str, Screen]]:
    situations = ctx.house.content.handbook.situations
    for best in situations:
        yield best.code, found_screen(ctx, best, ())
        yield f"{best.code}, and others", found_screen(ctx, best, situations[:5])
