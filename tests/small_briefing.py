"""The smallest briefing that is whole: one module, one question. Files by their path in a pack."""

from pathlib import Path
from typing import Final

VERSION: Final = "2026-1"
FOLDER: Final = f"briefings/{VERSION}"

SETTINGS: Final = """\
version = "2026-1" # version
questions_drawn = 1
pass_mark = 1
tries = 3
pause_hours = 24
validity_months = 12
notice_days = 14
characters_per_second = 10
minimum_seconds = 3
title = { kk = "Нұсқаулық", ru = "Инструктаж", en = "Briefing" }
undertaking = { kk = "Орындаймын.", ru = "Соблюдаю.", en = "I follow it." }

[[modules]]
title = { kk = "Бір", ru = "Один", en = "One" }
"""

QUESTIONS: Final = """\
[[questions]]
code = "first"
module = 1
text = { kk = "Неше?", ru = "Сколько?", en = "How many?" }
explanation = { kk = "Екі.", ru = "Два.", en = "Two." }
[[questions.options]]
kk = "Бір"
ru = "Один"
en = "One"
[[questions.options]]
right = true
kk = "Екі"
ru = "Два"
en = "Two"
[[questions.options]]
kk = "Үш"
ru = "Три"
en = "Three"
"""

SMALL_BRIEFING: Final = {
    f"{FOLDER}/briefing.toml": SETTINGS,
    f"{FOLDER}/questions.toml": QUESTIONS,
    f"{FOLDER}/modules/01.kk.md": "**Бірінші** модуль.\n",
    f"{FOLDER}/modules/01.ru.md": "**Первый** модуль.\n",
    f"{FOLDER}/modules/01.en.md": "The **first** module.\n",
}


def write_small_briefing(pack: Path) -> None:
    """Put the briefing into a pack."""
    for name, text in SMALL_BRIEFING.items():
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
