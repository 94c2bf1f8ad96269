"""The quiz that ends the briefing: drawing, answering, judging."""

import random
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.services import notices
from bot.services.briefing import must_be_current
from bot.services.briefing_course import (
    Asked,
    Course,
    Ready,
    load_course,
    question,
)
from bot.services.briefing_rules import BriefingRules
from bot.services.clock import Clock
from bot.services.errors import ConflictError
from db.database import Database, UnitOfWork
from db.models.briefings import AttemptState, QuizAttempt


class Outcome(StrEnum):
    """What became of an answer; one that is ``repeated`` changes nothing."""

    RIGHT = "right"
    WRONG = "wrong"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer; the question has it as ``chosen``.

    ``latest`` tells whether no later question is answered yet.
    """

    outcome: Outcome
    question: Asked
    latest: bool


class QuizService:
    """What an assistant does in the quiz.

    Args:
        rng: draws and shuffles; nobody may foresee what it will.
    """

    def __init__(
        self, db: Database, clock: Clock, rules: BriefingRules, rng: random.Random
    ) -> None:
        self._db = db
        self._clock = clock
        self._rules = rules
        self._rng = rng

    async def start(self, person_id: int, version: str) -> None:
        """Begin an attempt with questions drawn anew; nothing when it is not the time for one.

        Raises:
            ConflictError: the person is no assistant, or another version is in force.
        """
        now = self._clock()
        must_be_current(self._rules, version)
        async with self._db.transaction() as uow:
            course = await load_course(uow, self._rules, person_id, lock=True)
            if not isinstance(course.state(self._rules, now), Ready):
                return
            if course.outdated is not None:
                await uow.briefings.supersede(course.outdated, now)
            await uow.briefings.add_attempt(
                QuizAttempt(
                    person_id=person_id,
                    version=version,
                    state=AttemptState.OPEN,
                    questions=self._draw(),
                    answers=[],
                    started_at=now,
                )
            )

    async def answer(self, person_id: int, attempt_id: int, index: int, option: int) -> Answered:
        """Take the option (as shown, from 0) for the question (from 0); the first answer counts.

        The last answer ends the attempt. When no try is left after it, the coordinators are told.

        Raises:
            ConflictError: the attempt is over, is not this person's or is at another version,
                it is not the question's turn, or there is no such option.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            course = await load_course(uow, self._rules, person_id, lock=True)
            attempt = await uow.briefings.find_attempt(attempt_id)
            if attempt is None or attempt.person_id != person_id:
                raise ConflictError("error-quiz-over")
            must_be_current(self._rules, attempt.version)
            if not course.attempts or course.attempts[-1] is not attempt:
                raise ConflictError("error-quiz-over")
            if index < len(attempt.answers):
                latest = index == len(attempt.answers) - 1
                return Answered(Outcome.REPEATED, question(attempt, index), latest)
            if attempt.state is not AttemptState.OPEN:
                raise ConflictError("error-quiz-over")
            if index > len(attempt.answers):
                raise ConflictError("error-quiz-order")
            order = attempt.questions[index]["order"]
            if option >= len(order):
                raise ConflictError("error-quiz-option")
            attempt.answers = [*attempt.answers, order[option]]
            asked = question(attempt, index)
            right = asked.chosen == self._rules.questions[asked.code].right
            attempt.score += right
            if len(attempt.answers) == len(attempt.questions):
                await self._finish(uow, course, attempt, now)
            return Answered(Outcome.RIGHT if right else Outcome.WRONG, asked, latest=True)

    async def _finish(
        self, uow: UnitOfWork, course: Course, attempt: QuizAttempt, now: datetime
    ) -> None:
        passed = attempt.score >= self._rules.pass_mark
        attempt.state = AttemptState.PASSED if passed else AttemptState.FAILED
        attempt.finished_at = now
        if course.paused_until(self._rules) is not None and not passed:
            await notices.send_to_coordinators(
                uow,
                course.assistant.district_code,
                "briefing-stuck",
                now,
                about=attempt.person_id,
                attempt_id=attempt.id,
            )

    def _draw(self) -> list[dict[str, Any]]:
        codes = self._rng.sample(sorted(self._rules.questions), self._rules.drawn)
        counts = [self._rules.questions[code].options for code in codes]
        return [
            {"code": code, "order": self._rng.sample(range(count), count)}
            for code, count in zip(codes, counts, strict=True)
        ]
