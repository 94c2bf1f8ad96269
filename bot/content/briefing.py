"""briefings/<version>/: the mandatory briefing, its modules, its quiz and its terms."""

import hashlib
import json
import math
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, StringConstraints

from bot.content.entry import Code, Entry, Names, Sentences, Spoken, Statement, one_line

_Answer = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(one_line),
]


class Option(Spoken):
    """One of the answers a question offers; plain text."""

    kk: _Answer = Field(description="the answer in Kazakh, one line of at most 120 characters")
    ru: _Answer = Field(description="the answer in Russian, one line of at most 120 characters")
    en: _Answer = Field(description="the answer in English, one line of at most 120 characters")
    right: bool = Field(default=False, description="true for the right answer, or left out")


def _one_right(options: tuple[Option, ...]) -> tuple[Option, ...]:
    if sum(option.right for option in options) != 1:
        raise ValueError("exactly one answer is right")
    for language in ("kk", "ru", "en"):
        if len({option[language] for option in options}) != len(options):
            raise ValueError("two answers are the same")
    return options


class Question(Entry):
    """A question of the quiz about one module, with exactly one right answer; plain text."""

    code: Code = Field(description="a short code of small Latin letters, digits and hyphens")
    module: int = Field(ge=1, description="the number of the module the question is about")
    text: Sentences = Field(description="text.kk, text.ru and text.en")
    explanation: Sentences = Field(
        description="explanation.kk, explanation.ru and explanation.en, shown after a wrong answer"
    )
    options: Annotated[
        tuple[Option, ...],
        Field(min_length=3, max_length=4, strict=False),
        AfterValidator(_one_right),
    ] = Field(
        description="three or four different [[questions.options]], exactly one with right = true"
    )

    @property
    def right_option(self) -> int:
        """The place of the right answer among the options, from 0."""
        return next(place for place, option in enumerate(self.options) if option.right)


class QuestionBank(Entry):
    """questions.toml: all questions the quiz may draw."""

    unique: ClassVar = (("questions", "code"),)

    questions: Annotated[tuple[Question, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[questions]]"
    )


class ModuleHeading(Entry):
    """A module as briefing.toml names it; its text lies in modules/, one file a language."""

    title: Names = Field(description="title.kk, title.ru and title.en")
    picture: Annotated[str, StringConstraints(pattern=r"\A[a-z0-9-]{1,40}\.(png|jpg)\z")] | None = (
        Field(
            default=None,
            description='the name of a file in modules/, such as "03-card.png", or no picture',
        )
    )


class BriefingSettings(Entry):
    """What a version of the briefing demands.

    `notice_days` before its end a person is told of the repeat that is due.
    """

    version: Annotated[str, StringConstraints(pattern=r"\A20[0-9]{2}-[1-9][0-9]?\z")] = Field(
        description='a year and a number in quotes, such as "2026-1"'
    )
    title: Names = Field(description="title.kk, title.ru and title.en")
    undertaking: Statement = Field(description="undertaking.kk, undertaking.ru and undertaking.en")
    questions_drawn: int = Field(ge=1, le=30, description="how many questions are asked, 1 to 30")
    pass_mark: int = Field(ge=1, le=30, description="how many answers must be right, 1 to 30")
    tries: int = Field(ge=1, le=10, description="how many tries before the pause, 1 to 10")
    pause_hours: int = Field(ge=0, le=168, description="the pause in hours, 0 to 168")
    validity_months: int = Field(ge=1, le=60, description="the validity in months, 1 to 60")
    notice_days: int = Field(ge=0, le=90, description="the notice in days, 0 to 90")
    characters_per_second: int = Field(
        ge=5, le=100, description="how many characters a fast reader reads in a second, 5 to 100"
    )
    minimum_seconds: int = Field(
        ge=0, le=120, description="how long any module is read at least, in seconds, 0 to 120"
    )


class BriefingFile(BriefingSettings):
    """briefing.toml: the settings of a version and the headings of its modules."""

    modules: Annotated[
        tuple[ModuleHeading, ...], Field(min_length=1, max_length=30, strict=False)
    ] = Field(description="1 to 30 [[modules]]")


class Picture(Entry):
    """A picture file and the fingerprint of its bytes."""

    path: Path
    sha256: str


class Page(Entry):
    """One screen of a module: `html` for Telegram, `plain` the same without any marks."""

    html: Spoken
    plain: Spoken


class Module(Entry):
    """A part of the briefing, read page by page; `number` counts from 1.

    `markdown` is what its author wrote, all pages of it.
    """

    number: int
    title: Names
    markdown: Spoken
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]
    picture: Picture | None = None

    def length(self, language: str) -> int:
        """Return how many characters there are to read in `kk`, `ru` or `en`."""
        return sum(len(page.plain[language]) for page in self.pages)


class Briefing(BriefingSettings):
    """A whole version of the briefing; `modules` stand in their order."""

    modules: tuple[Module, ...]
    questions: tuple[Question, ...]

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of all that a person reads, answers and is held to, in hexadecimal.

        A comment or the order of fields does not change it; any word, number or picture does.
        """
        # What the code makes of the text is left out, and so are defaults: a field that is added to
        # the models later must not change the fingerprint of a version that people have signed.
        written = self.model_dump(
            mode="json",
            exclude={"modules": {"__all__": {"pages": True, "picture": {"path": True}}}},
            exclude_defaults=True,
        )
        canonical = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def question(self, code: str) -> Question:
        """Return the question with this code.

        Raises:
            KeyError: this version has none.
        """
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)

    def reading_time(self, module: Module, language: str) -> timedelta:
        """Return how long a module takes to read in `kk`, `ru` or `en`, in whole seconds."""
        seconds = math.ceil(module.length(language) / self.characters_per_second)
        return timedelta(seconds=max(seconds, self.minimum_seconds))
