"""Reading the versions of the briefing from their folders."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.content.briefing import (
    Briefing,
    BriefingFile,
    Module,
    ModuleHeading,
    Page,
    Picture,
    QuestionBank,
)
from bot.content.briefing_pages import PagedText, to_pages
from bot.content.entry import Spoken
from bot.content.lines import KeyPath
from bot.content.reading import read_part, read_text

_FOLDER: Final = "briefings"
_LANGUAGES: Final = ("kk", "ru", "en")
_SHORTEST_MONTH_DAYS: Final = 28


def load_briefings(pack: Path, faults: list[str]) -> tuple[Briefing, ...]:
    """Return the versions of a pack, the newest last, without those whose faults are added."""
    folder = pack / _FOLDER
    versions = sorted(
        path.name
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.is_dir() and not path.name.startswith(".")
    )
    if not versions:
        faults.append(f"{_FOLDER}:1: must hold a folder for each version of the briefing")
    found = [_load_version(pack, f"{_FOLDER}/{version}", faults) for version in versions]
    return tuple(sorted(filter(None, found), key=_year_and_number))


def _year_and_number(briefing: Briefing) -> tuple[int, ...]:
    return tuple(map(int, briefing.version.split("-")))


def _load_version(pack: Path, folder: str, faults: list[str]) -> Briefing | None:
    file = read_part(
        pack,
        f"{folder}/briefing.toml",
        BriefingFile,
        faults,
        lambda file: _wrong_settings(file, pack / folder),
    )
    bank = read_part(
        pack,
        f"{folder}/questions.toml",
        QuestionBank,
        faults,
        lambda bank: _wrong_bank(bank, file) if file else (),
    )
    if file is None:
        return None
    modules = _load_modules(pack, f"{folder}/modules", file.modules, faults)
    if bank is None or modules is None:
        return None
    return Briefing.model_validate(dict(file) | {"modules": modules, "questions": bank.questions})


def _wrong_settings(file: BriefingFile, folder: Path) -> Iterator[tuple[KeyPath, str]]:
    if file.version != folder.name:
        yield ("version",), f'must be the name of its folder, "{folder.name}"'
    if file.pass_mark > file.questions_drawn:
        yield ("pass_mark",), f"must be at most questions_drawn, {file.questions_drawn}"
    if file.notice_days >= file.validity_months * _SHORTEST_MONTH_DAYS:
        yield ("notice_days",), "must be shorter than validity_months"
    for row, heading in enumerate(file.modules):
        if heading.picture and not (folder / "modules" / heading.picture).is_file():
            yield ("modules", row, "picture"), "must be a file in modules/"


def _wrong_bank(bank: QuestionBank, file: BriefingFile) -> Iterator[tuple[KeyPath, str]]:
    count = len(bank.questions)
    if count < file.questions_drawn:
        yield ("questions",), f"must be at least {file.questions_drawn}, as many as are drawn"
    modules = range(1, len(file.modules) + 1)
    for row, question in enumerate(bank.questions):
        if question.module not in modules:
            demand = f"must be one of the {len(modules)} modules of briefing.toml"
            yield ("questions", row, "module"), demand
    for number in sorted(set(modules) - {question.module for question in bank.questions}):
        yield ("questions",), f"must ask about module {number} too"


def _load_modules(
    pack: Path, folder: str, headings: tuple[ModuleHeading, ...], faults: list[str]
) -> tuple[Module, ...] | None:
    modules = [
        _load_module(pack, folder, number, heading, faults)
        for number, heading in enumerate(headings, start=1)
    ]
    wanted = {_file_name(number, at) for number in range(1, len(modules) + 1) for at in _LANGUAGES}
    stray = sorted({path.name for path in (pack / folder).glob("*.md")} - wanted)
    faults += [
        f"{folder}/{name}:1: must be the text of a module in briefing.toml" for name in stray
    ]
    whole = tuple(filter(None, modules))
    return whole if len(whole) == len(modules) and not stray else None


def _file_name(number: int, language: str) -> str:
    return f"{number:02}.{language}.md"


def _load_module(
    pack: Path, folder: str, number: int, heading: ModuleHeading, faults: list[str]
) -> Module | None:
    texts: dict[str, PagedText] = {}
    for language in _LANGUAGES:
        name = f"{folder}/{_file_name(number, language)}"
        if (source := read_text(pack, name, faults)) is None:
            continue
        text = to_pages(source)
        faults += [f"{name}:{line}: text: {demand}" for line, demand in text.faults]
        if not text.faults:
            texts[language] = text
    if len(texts) < len(_LANGUAGES) or not _alike(folder, number, texts, faults):
        return None
    return Module(
        number=number,
        title=heading.title,
        markdown=Spoken(**{language: text.markdown for language, text in texts.items()}),
        pages=tuple(
            Page(
                html=Spoken(**{at: text.pages[page].html for at, text in texts.items()}),
                plain=Spoken(**{at: text.pages[page].plain for at, text in texts.items()}),
            )
            for page in range(len(texts[_LANGUAGES[0]].pages))
        ),
        picture=_picture(pack / folder / heading.picture) if heading.picture else None,
    )


def _alike(folder: str, number: int, texts: dict[str, PagedText], faults: list[str]) -> bool:
    """Tell whether the languages have as many pages as Kazakh, the first of them."""
    first = _LANGUAGES[0]
    expected, model = len(texts[first].pages), _file_name(number, first)
    wrong = [
        f"{folder}/{_file_name(number, language)}:{fault[0]}: text: {fault[1]}"
        for language, text in texts.items()
        if (fault := text.wrong_count(expected, model))
    ]
    faults += wrong
    return not wrong


def _picture(path: Path) -> Picture:
    return Picture(path=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
