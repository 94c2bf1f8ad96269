"""Recruits who failed every try: who they are, and another try for them now."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import audit, notices
from bot.services.briefing_course import Course, FailedTry, Paused, failed_try, load_course
from bot.services.briefing_rules import BriefingRules
from bot.services.clock import Clock
from bot.services.errors import ConflictError, NotFoundError
from bot.services.rights import Right, require, require_reach
from db.database import Database, UnitOfWork
from db.models.briefings import AttemptState, QuizAttempt
from db.models.people import AssistantStatus


@dataclass(frozen=True, slots=True)
class StuckRecruit:
    """Somebody who has failed every try; ``until`` is missing when the pause is over."""

    person_id: int
    full_name: str
    phone: str
    service_number: str
    district: str
    failed: FailedTry
    pass_mark: int
    until: datetime | None


class PauseService:
    """What coordinators do about the pause after the last try."""

    def __init__(self, db: Database, clock: Clock, rules: BriefingRules) -> None:
        self._db = db
        self._clock = clock
        self._rules = rules

    async def stuck(self, actor_id: int, attempt_id: int) -> StuckRecruit:
        """Return who failed every try, by the attempt that was the last one.

        Raises:
            AccessDeniedError: the actor changes statuses nowhere.
            NotFoundError: no such attempt in the actor's districts.
            ConflictError: the person has gone on since.
        """
        async with self._db.reading() as uow:
            course, attempt = await self._stuck_course(uow, actor_id, attempt_id, lock=False)
            person = await uow.people.find(attempt.person_id)
            assert person is not None  # noqa: S101 - a foreign key holds it
            until = course.paused_until(self._rules)
            return StuckRecruit(
                person_id=person.id,
                full_name=person.full_name or "",
                phone=person.phone or "",
                service_number=course.assistant.service_number,
                district=course.assistant.district_code,
                failed=failed_try(attempt, self._rules),
                pass_mark=self._rules.pass_mark,
                until=until if until is not None and until > self._clock() else None,
            )

    async def allow_try(self, actor_id: int, attempt_id: int) -> None:
        """End the pause after this attempt now; the person is told.

        Raises:
            AccessDeniedError, NotFoundError: as for ``stuck``.
            ConflictError: there is no pause any more, or it is the actor's own.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            course, attempt = await self._stuck_course(uow, actor_id, attempt_id, lock=True)
            if attempt.person_id == actor_id:
                raise ConflictError("error-own-card")
            state = course.state(self._rules, now)
            assert course.progress is not None  # noqa: S101 - an attempt has been made
            if not isinstance(state, Paused):
                raise _pause_is_over(course)
            course.progress.lifted_attempt_id, course.progress.lifted_at = attempt_id, now
            await audit.record(
                uow,
                at=now,
                actor_id=actor_id,
                action="briefing.try_allowed",
                subject="person",
                subject_id=attempt.person_id,
                before={"paused_until": state.until.isoformat()},
                after={"attempt": attempt_id},
            )
            notices.send(uow, attempt.person_id, "briefing-try-allowed", now, attempt_id=attempt_id)

    async def _stuck_course(
        self, uow: UnitOfWork, actor_id: int, attempt_id: int, *, lock: bool
    ) -> tuple[Course, QuizAttempt]:
        attempt = await uow.briefings.find_attempt(attempt_id)
        person_id = attempt.person_id if attempt is not None else 0
        find = uow.people.lock_assistant if lock else uow.people.find_assistant
        assistant = await find(person_id)
        if attempt is None or assistant is None:
            await require_reach(uow, actor_id, Right.CHANGE_STATUS)
            raise NotFoundError
        await require(uow, actor_id, Right.CHANGE_STATUS, assistant.district_code)
        if assistant.status is AssistantStatus.DISMISSED:
            raise NotFoundError
        course = await load_course(uow, self._rules, person_id)
        latest = course.attempts[-1] if course.attempts else None
        if latest is None or latest.id != attempt_id or latest.state is not AttemptState.FAILED:
            raise ConflictError("error-briefing-not-stuck")
        return course, attempt


def _pause_is_over(course: Course) -> ConflictError:
    if course.lifted_at is not None:
        return ConflictError("error-briefing-try-allowed", at=course.lifted_at)
    return ConflictError("error-briefing-not-stuck")
