"""The buttons of the briefing. Each names what it was made for, so an old one is recognised."""

from aiogram.filters.callback_data import CallbackData

from bot.routes import Number


class OpenBriefing(CallbackData, prefix="brief"):
    """Go on with the briefing where it stopped."""


class BeginBriefing(CallbackData, prefix="brbegin"):
    """Begin at the first module."""

    version: str


class ShowModule(CallbackData, prefix="brshow"):
    """Read a module again, from its first page."""

    version: str
    module: Number


class TurnPage(CallbackData, prefix="brpage"):
    """Turn to a page of a module, from 1."""

    version: str
    module: Number
    page: Number


class FinishModule(CallbackData, prefix="brnext"):
    """Go on to the next module."""

    version: str
    module: Number


class StartQuiz(CallbackData, prefix="quiz"):
    """Begin an attempt."""

    version: str


class AnswerQuestion(CallbackData, prefix="answer"):
    """Choose an option, as shown and counted from 0."""

    attempt_id: Number
    index: Number
    option: Number


class OpenJournal(CallbackData, prefix="journal"):
    """Choose a part of the journal of briefings."""


class Sign(CallbackData, prefix="sign"):
    """Sign the undertaking that was shown in this language."""

    attempt_id: Number
    language: str
