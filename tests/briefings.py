"""Small briefings to tell stories with: three short modules, six questions."""

from collections.abc import Sequence
from typing import Any

from bot.content import Briefing, Content
from tests.town import shipped_content

MODULES, QUESTIONS, DRAWN = 3, 6, 4
READING_S = 5


def small(
    version: str = "2026-1", *, literal: str = "", pages: Sequence[int] = (1, 1, 1), **settings: Any
) -> Briefing:
    """Return a version: 3 of 4 answers pass, 2 tries, each module takes 5 seconds to read.

    Args:
        pages: how many each module has.
    """
    return Briefing.model_validate(
        {
            "version": version,
            "title": _spoken("Нұсқаулық", "Инструктаж", "Briefing"),
            "undertaking": _spoken("Міндеттенемін.", "Обязуюсь.", "I undertake."),
            "questions_drawn": DRAWN,
            "pass_mark": 3,
            "tries": 2,
            "pause_hours": 24,
            "validity_months": 12,
            "notice_days": 14,
            "characters_per_second": 100,
            "minimum_seconds": READING_S,
            "modules": tuple(
                _module(number, literal, count) for number, count in enumerate(pages, start=1)
            ),
            "questions": tuple(_question(number, literal) for number in range(1, QUESTIONS + 1)),
        }
        | settings
    )


def with_briefings(*versions: Briefing) -> Content:
    """Return the content pack with these versions, the newest last, instead of its own."""
    return shipped_content().model_copy(update={"briefings": versions})


def _module(number: int, literal: str, pages: int) -> dict[str, Any]:
    names = [str(number), *(f"{number}, стр. {page}" for page in range(2, pages + 1))]
    shown = [_page(name, literal) for name in names]
    return {
        "number": number,
        "title": _spoken(f"Модуль {number} тақырыбы", f"Тема модуля {number}", f"Module {number}"),
        "markdown": {
            language: "\n---\n".join(page["plain"][language] for page in shown)
            for language in ("kk", "ru", "en")
        },
        "pages": tuple(shown),
    }


def _page(name: str, literal: str) -> dict[str, Any]:
    words = {
        language: f"{word} {name} {literal}".strip()
        for language, word in (("kk", "Мәтін"), ("ru", "Текст"), ("en", "Text"))
    }
    escaped = {
        language: text.replace("&", "&amp;").replace("<", "&lt;")
        for language, text in words.items()
    }
    return {"html": escaped, "plain": words}


def _question(number: int, literal: str) -> dict[str, Any]:
    options = tuple(
        _spoken(*(f"{number}{letter} {literal}".strip() for _ in range(3)))
        | {"right": letter == "b"}
        for letter in "abcd"[: 3 + number % 2]
    )
    return {
        "code": f"question-{number}",
        "module": (number - 1) % MODULES + 1,
        "text": _spoken(f"Сұрақ {number}", f"Вопрос {number}", f"Question {number}"),
        "explanation": _spoken(f"Себебі {number}", f"Потому что {number}", f"Because {number}"),
        "options": options,
    }


def _spoken(kk: str, ru: str, en: str) -> dict[str, Any]:
    return {"kk": kk, "ru": ru, "en": en}
