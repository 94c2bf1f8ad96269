"""The question a person has been asked, and the draft that waits beneath it.

One question is open at a time, and what a person writes is the answer to it. A question about a
draft is held: whoever looks elsewhere, or is asked something else meanwhile, finds it open again.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiogram.fsm.context import FSMContext

from bot.routes import AnswerRoute
from bot.screens import Screen

_PROMPT, _BENEATH, _ROUTE, _DATA = "prompt", "beneath", "route", "data"


@dataclass(frozen=True, slots=True)
class Question:
    """What a person's next message means; nothing special without a ``route``.

    Attributes:
        data: what its route needs.
        prompt: the message that asks it.
        beneath: the question about a draft that is open again when this one is over.
    """

    route: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    prompt: int | None = None
    beneath: "Question | None" = None

    @property
    def all(self) -> Iterator["Question"]:
        """It and what is beneath it."""
        if self.route is not None:
            yield self
        if self.beneath is not None:
            yield from self.beneath.all

    def is_asked_by(self, screen: Screen) -> bool:
        """Tell whether it is what the screen asks, as it would be kept: JSON knows no tuples."""
        asked = screen.expects
        if asked is None or asked.route != self.route:
            return False
        return bool(json.loads(json.dumps(asked.data)) == self.data)


async def read(state: FSMContext) -> Question:
    """Return the question that is open."""
    route = await state.get_state()
    return Question() if route is None else _read(route, await state.get_data())


def _read(route: str, kept: Mapping[str, Any]) -> Question:
    data = {name: value for name, value in kept.items() if name not in (_PROMPT, _BENEATH)}
    below = kept.get(_BENEATH)
    beneath = None if below is None else _read(below[_ROUTE], below[_DATA])
    return Question(route, data, kept.get(_PROMPT), beneath)


def _written(question: Question) -> dict[str, Any]:
    kept = {**question.data, _PROMPT: question.prompt}
    if question.beneath is not None:
        kept[_BENEATH] = {
            _ROUTE: question.beneath.route,
            _DATA: _written(question.beneath),
        }
    return kept


class Questions:
    """Tells which question is open after a screen.

    Args:
        answers: the routes of answers, which know what is a draft.
    """

    def __init__(self, answers: Mapping[str, AnswerRoute]) -> None:
        self._answers = answers

    def draft_of(self, question: Question | None) -> str | None:
        """Return the key of the draft the question is about; none where it is about none."""
        route = self._answers.get((question and question.route) or "")
        if question is None or route is None or route.draft is None:
            return None
        return route.draft(question.data)

    def after(
        self, question: Question, screen: Screen, message_id: int, pressed: int | None = None
    ) -> Question:
        """Return the question that is open when the screen stands in the chat.

        Args:
            question: the one that was open before.
            message_id: the message that shows the screen.
            pressed: the message whose button led to it, if one did.
        """
        question = self.without_draft(question, screen)
        beneath = question.beneath
        if screen.expects is not None:
            asked = Question(screen.expects.route, screen.expects.data, message_id)
            if self.draft_of(question) not in (None, self.draft_of(asked)):
                beneath = replace(question, beneath=None)
            if self.draft_of(beneath) == self.draft_of(asked):
                beneath = None
            return replace(asked, beneath=beneath)
        if question.route is not None and self._stays(question, screen, pressed):
            return question
        return beneath or Question()

    def without_draft(self, question: Question, screen: Screen) -> Question:
        """Return what is still open of it when the draft that the screen ends is over.

        That is kept before the screen is shown: where it does not get through, a draft that was
        saved must not be found again.
        """
        if not screen.ends_draft:
            return question
        if self.draft_of(question) == screen.ends_draft:
            return question.beneath or Question()
        if self.draft_of(question.beneath) == screen.ends_draft:
            return replace(question, beneath=None)
        return question

    def _stays(self, question: Question, screen: Screen, pressed: int | None) -> bool:
        if screen.leaves_question:
            return True
        if pressed is not None and pressed == question.prompt:
            return False
        # Another message's button is no answer; but who opens the main menu means something else.
        aside = pressed is not None and not screen.keys
        return aside or self.draft_of(question) is not None

    def after_effect(self, question: Question, pressed: int | None) -> Question:
        """Return what is still open of it after an act whose own answer was lost.

        Args:
            pressed: the message whose button was the act; none where it was a message.
        """
        answered = (
            self.draft_of(question) is None if pressed is None else pressed == question.prompt
        )
        return (question.beneath or Question()) if answered else question

    async def keep(self, state: FSMContext, before: Question, after: Question) -> None:
        """Have the question open from now on."""
        if after == before:
            return
        if after.route is None:
            await state.clear()
            return
        await state.set_state(after.route)
        await state.set_data(_written(after))
