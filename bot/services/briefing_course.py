"""Where a person stands on the way through the current briefing; derived, never kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.services.briefing_rules import BriefingRules
from bot.services.errors import ConflictError
from db.database import UnitOfWork
from db.models.briefings import AttemptState, BriefingPass, BriefingProgress, QuizAttempt
from db.models.people import Assistant, AssistantStatus


class Why(StrEnum):
    """Why a briefing is to be begun."""

    FIRST = "first"
    NEW_VERSION = "new_version"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class NotBegun:
    """The briefing, or its repeat, waits to be begun."""

    why: Why


@dataclass(frozen=True, slots=True)
class Reading:
    """The first module not read yet, from 1."""

    module: int


@dataclass(frozen=True, slots=True)
class FailedTry:
    """The latest attempt, failed; ``modules`` hold what was answered wrongly, in their order."""

    attempt_id: int
    score: int
    asked: int
    modules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything is read, and the quiz may be begun."""

    tries_left: int
    failed: FailedTry | None


@dataclass(frozen=True, slots=True)
class Paused:
    """Too many tries have failed; the next one is possible at ``until``."""

    until: datetime
    failed: FailedTry


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an attempt, by its code in the bank.

    ``index`` counts from 0. ``order`` holds, for each option as shown, its place in the bank.
    ``chosen`` is the place in the bank that was chosen, while there is an answer.
    """

    attempt_id: int
    index: int
    asked: int
    code: str
    order: tuple[int, ...]
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Unsigned:
    """The quiz is passed; the undertaking waits to be signed."""

    attempt_id: int
    score: int
    asked: int


@dataclass(frozen=True, slots=True)
class Holding:
    """A pass that holds; ``may_repeat`` when its end is near."""

    valid_until: datetime
    may_repeat: bool


CourseState: TypeAlias = NotBegun | Reading | Ready | Paused | Asked | Unsigned | Holding


@dataclass(frozen=True, slots=True)
class Course:
    """The rows of one person's way through one version.

    ``attempts`` are those since the last pass, oldest first.
    """

    assistant: Assistant
    progress: BriefingProgress | None
    last_pass: BriefingPass | None
    attempts: Sequence[QuizAttempt]
    outdated: QuizAttempt | None
    knows_another: bool

    @property
    def begun(self) -> bool:
        """Whether the reading of now has begun: a pass ends it, a repeat begins the next."""
        return self.progress is not None and self.progress.after_attempt_id == self.after_attempt_id

    @property
    def after_attempt_id(self) -> int:
        """The attempt that earned the last pass, or 0: those of now come after it."""
        return self.last_pass.attempt_id if self.last_pass is not None else 0

    @property
    def open(self) -> QuizAttempt | None:
        """The attempt that is going on."""
        return next((each for each in self.attempts if each.state is AttemptState.OPEN), None)

    def holds(self, now: datetime) -> bool:
        """Tell whether there is a pass that holds; a trainee needs a new one in any case."""
        return (
            self.last_pass is not None
            and self.last_pass.valid_until > now
            and self.assistant.status is not AssistantStatus.TRAINEE
        )

    def state(self, rules: BriefingRules, now: datetime) -> CourseState:
        """Return where the person stands."""
        if not self.begun:
            return self._at_rest(rules, now)
        assert self.progress is not None  # noqa: S101 - begun
        if self.progress.modules_read < rules.modules:
            return Reading(self.progress.modules_read + 1)
        if not self.attempts:
            return Ready(rules.tries, None)
        last = self.attempts[-1]
        if last.state is AttemptState.OPEN:
            return question(last, len(last.answers))
        if last.state is AttemptState.PASSED:
            return Unsigned(last.id, last.score, len(last.questions))
        return self._after_failure(last, rules, now)

    def _at_rest(self, rules: BriefingRules, now: datetime) -> CourseState:
        if self.last_pass is None:
            return NotBegun(Why.NEW_VERSION if self.knows_another else Why.FIRST)
        if not self.holds(now):
            return NotBegun(Why.REPEAT)
        until = self.last_pass.valid_until
        return Holding(until, may_repeat=now >= until - rules.notice)

    def _after_failure(
        self, last: QuizAttempt, rules: BriefingRules, now: datetime
    ) -> Ready | Paused:
        failed = failed_try(last, rules)
        used = len(self.attempts) % rules.tries
        until = self.paused_until(rules)
        if until is not None and until > now:
            return Paused(until, failed)
        return Ready(rules.tries - used, failed)

    @property
    def lifted_at(self) -> datetime | None:
        """When a coordinator ended the pause after the latest attempt."""
        if self.progress is None or not self.attempts:
            return None
        lifted = self.progress.lifted_attempt_id == self.attempts[-1].id
        return self.progress.lifted_at if lifted else None

    def paused_until(self, rules: BriefingRules) -> datetime | None:
        """Return when the pause after the last try ends or ended; ``None`` without a pause."""
        failures = [each for each in self.attempts if each.state is AttemptState.FAILED]
        if not failures or len(failures) % rules.tries:
            return None
        ended = failures[-1].finished_at
        assert ended is not None  # noqa: S101 - a check constraint holds it
        return self.lifted_at or ended + rules.pause


async def load_course(
    uow: UnitOfWork, rules: BriefingRules, person_id: int, *, lock: bool = False
) -> Course:
    """Return the person's course, locked until the transaction ends when that is asked for.

    Raises:
        ConflictError: the person is no assistant.
    """
    assistant = await (uow.people.lock_assistant if lock else uow.people.find_assistant)(person_id)
    if assistant is None or assistant.status is AssistantStatus.DISMISSED:
        raise ConflictError("error-briefing-assistants-only")
    last_pass = await uow.passes.find_last(person_id, rules.version)
    after_id = last_pass.attempt_id if last_pass is not None else 0
    going_on = await uow.briefings.find_open_attempt(person_id)
    return Course(
        assistant,
        await uow.briefings.find_progress(person_id, rules.version),
        last_pass,
        await uow.briefings.list_attempts(person_id, rules.version, after_id=after_id),
        going_on if going_on is not None and going_on.version != rules.version else None,
        await uow.briefings.has_read_another(person_id, rules.version),
    )


def question(attempt: QuizAttempt, index: int) -> Asked:
    """Return a question of the attempt, with the answer where there is one."""
    asked = attempt.questions[index]
    chosen = attempt.answers[index] if index < len(attempt.answers) else None
    count = len(attempt.questions)
    return Asked(attempt.id, index, count, asked["code"], tuple(asked["order"]), chosen)


def failed_try(attempt: QuizAttempt, rules: BriefingRules) -> FailedTry:
    """Return what a failed attempt tells: the modules to read again."""
    items = [rules.questions[asked["code"]] for asked in attempt.questions]
    wrong = {
        item.module
        for item, chosen in zip(items, attempt.answers, strict=True)
        if chosen != item.right
    }
    return FailedTry(attempt.id, attempt.score, len(items), tuple(sorted(wrong)))
