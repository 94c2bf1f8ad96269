"""The mandatory briefing: its versions, reading it, and whether a pass holds."""

import math
from collections.abc import Sequence
from datetime import datetime

from bot.services import audit
from bot.services.briefing_course import CourseState, Holding, NotBegun, load_course
from bot.services.briefing_rules import BriefingRules
from bot.services.clock import Clock
from bot.services.errors import ConflictError
from bot.services.people import LastPass
from bot.start_error import StartError
from db.database import Database, UnitOfWork
from db.models.briefings import BriefingPass, BriefingProgress, BriefingVersion
from db.models.people import AssistantStatus


class TooFastError(ConflictError):
    """A module was to be finished before it can have been read; ``seconds`` are left."""

    def __init__(self, seconds: int) -> None:
        super().__init__("error-briefing-too-fast", seconds=seconds)


class BriefingService:
    """What an assistant does with the briefing up to its quiz.

    Args:
        rules: of the version in force.
    """

    def __init__(self, db: Database, clock: Clock, rules: BriefingRules) -> None:
        self._db = db
        self._clock = clock
        self._rules = rules

    @property
    def rules(self) -> BriefingRules:
        """The version in force."""
        return self._rules

    async def publish(self, versions: Sequence[BriefingRules]) -> None:
        """Note the versions of the content pack, whose content may never change from now on.

        One that has left the pack stays noted.

        Raises:
            StartError: the content of a version is not what was published under its name.
        """
        async with self._db.reading() as uow:
            if not await _unpublished(uow, versions):
                return
        now = self._clock()
        async with self._db.transaction() as uow:
            # Processes that start together wait for each other here.
            await uow.audit.lock_head()
            for each in await _unpublished(uow, versions):
                await _publish(uow, each, now)

    async def valid_pass(
        self, uow: UnitOfWork, person_id: int, now: datetime
    ) -> BriefingPass | None:
        """Return the person's pass of the version in force if it holds at the moment."""
        return await uow.passes.find_valid(person_id, self._rules.version, now)

    def holds(self, passed: LastPass) -> bool:
        """Tell whether the pass is of the version in force and has not ended."""
        return passed.version == self._rules.version and passed.valid_until > self._clock()

    def is_due(self, status: AssistantStatus, passed: LastPass | None) -> bool:
        """Tell whether an assistant should pass the briefing now, or soon again."""
        if status is AssistantStatus.DISMISSED:
            return False
        if status is AssistantStatus.TRAINEE or passed is None:
            return True
        outdated = passed.version != self._rules.version
        return outdated or passed.valid_until - self._rules.notice <= self._clock()

    async def state(self, person_id: int) -> CourseState:
        """Return where the person stands; an attempt at an older version ends here.

        Raises:
            ConflictError: the person is no assistant.
        """
        now = self._clock()
        async with self._db.reading() as uow:
            course = await load_course(uow, self._rules, person_id)
        if course.outdated is not None:
            async with self._db.transaction() as uow:
                course = await load_course(uow, self._rules, person_id, lock=True)
                if course.outdated is not None:
                    await uow.briefings.supersede(course.outdated, now)
        return course.state(self._rules, now)

    async def begin(self, person_id: int, version: str) -> None:
        """Begin the briefing or its repeat at the first module; nothing if it is begun.

        Raises:
            ConflictError: the person is no assistant, or another version is in force.
        """
        now = self._clock()
        must_be_current(self._rules, version)
        async with self._db.transaction() as uow:
            course = await load_course(uow, self._rules, person_id, lock=True)
            state = course.state(self._rules, now)
            if not (
                isinstance(state, NotBegun) or (isinstance(state, Holding) and state.may_repeat)
            ):
                return
            if course.progress is None:
                await uow.briefings.add_progress(
                    BriefingProgress(
                        person_id=person_id,
                        version=version,
                        modules_read=0,
                        after_attempt_id=course.after_attempt_id,
                        opened_at=now,
                    )
                )
            else:
                course.progress.modules_read = 0
                course.progress.after_attempt_id = course.after_attempt_id
                course.progress.opened_at = now

    async def finish_module(self, person_id: int, version: str, module: int, language: str) -> bool:
        """Note that the module (from 1) is read, and open the next; return whether it was unread.

        Raises:
            TooFastError: it cannot have been read in the time since it was opened.
            ConflictError: it is not the person's turn to read it, they are no assistant, or
                another version is in force.
        """
        now = self._clock()
        must_be_current(self._rules, version)
        async with self._db.transaction() as uow:
            course = await load_course(uow, self._rules, person_id, lock=True)
            progress = course.progress
            if progress is None or not 1 <= module <= min(
                progress.modules_read + 1, self._rules.modules
            ):
                raise ConflictError("error-briefing-order")
            if module <= progress.modules_read:
                return False
            left = progress.opened_at + self._rules.reading[module - 1][language] - now
            if left.total_seconds() > 0:
                raise TooFastError(math.ceil(left.total_seconds()))
            progress.modules_read, progress.opened_at = module, now
            return True

    async def readable(self, person_id: int) -> int:
        """Return how many modules of the version in force the person may open now.

        Raises:
            ConflictError: the person is no assistant.
        """
        async with self._db.reading() as uow:
            course = await load_course(uow, self._rules, person_id)
        read = course.progress.modules_read if course.progress is not None else -1
        return min(read + 1, self._rules.modules)


def must_be_current(rules: BriefingRules, version: str) -> None:
    """Refuse what belongs to another version than the one in force.

    Raises:
        ConflictError: it does.
    """
    if version != rules.version:
        raise ConflictError("error-briefing-version")


async def _unpublished(uow: UnitOfWork, versions: Sequence[BriefingRules]) -> list[BriefingRules]:
    known = {row.version: row.sha256 for row in await uow.briefings.list_versions()}
    changed = [
        each.version for each in versions if known.get(each.version, each.sha256) != each.sha256
    ]
    if changed:
        raise StartError(
            "\n".join(
                f"briefings/{version}: changed after it was published;"
                " give the change a new version"
                for version in changed
            )
        )
    return [each for each in versions if each.version not in known]


async def _publish(uow: UnitOfWork, rules: BriefingRules, now: datetime) -> None:
    await uow.briefings.add_version(
        BriefingVersion(version=rules.version, sha256=rules.sha256, published_at=now)
    )
    await audit.record(
        uow,
        at=now,
        actor_id=None,
        action="briefing.published",
        subject="briefing",
        subject_id=rules.version,
        after={"sha256": rules.sha256},
    )
