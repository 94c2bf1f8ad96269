"""Passes of the briefing: signing the undertaking, and notices ahead of a repeat."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services import audit, notices
from bot.services.assistants import make_active
from bot.services.briefing import must_be_current
from bot.services.briefing_course import Course, Unsigned, load_course
from bot.services.briefing_rules import BriefingRules, valid_until
from bot.services.certificate_issuing import CertificateIssuer
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.rights import Right, require, require_reach
from db.database import Database, UnitOfWork
from db.models.briefings import BriefingPass, QuizAttempt
from db.models.people import AssistantStatus

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Signed:
    """A briefing just signed; ``activated`` when it made a trainee active."""

    valid_until: datetime
    status: AssistantStatus
    activated: bool


@dataclass(frozen=True, slots=True)
class PassCard:
    """A briefing passed, as coordinators see it; ``district`` is a code, moments are UTC."""

    person_id: int
    full_name: str
    service_number: str
    district: str
    status: AssistantStatus
    score: int
    asked: int
    signed_at: datetime
    valid_until: datetime


class PassService:
    """Passes of the briefing in force.

    Args:
        zone: the region's, whose calendar counts the months of validity.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        rules: BriefingRules,
        zone: ZoneInfo,
        certificates: CertificateIssuer,
    ) -> None:
        self._db = db
        self._clock = clock
        self._rules = rules
        self._zone = zone
        self._certificates = certificates

    async def sign(self, person_id: int, attempt_id: int, language: str) -> Signed:
        """Sign the undertaking in the language it was shown in; a trainee becomes active.

        The coordinators of the district are told.

        Raises:
            ConflictError: it is signed already, the attempt is not a passed one of this person
                at the version in force, or the person is no assistant.
            InvalidInputError: there is no text in that language.
        """
        now = self._clock()
        text_hash = self._rules.undertakings.get(language)
        if text_hash is None:
            raise InvalidInputError("error-not-found")
        async with self._db.transaction() as uow:
            course = await load_course(uow, self._rules, person_id, lock=True)
            attempt = await self._to_sign(uow, course, attempt_id)
            signed = await uow.passes.add(
                BriefingPass(
                    person_id=person_id,
                    version=attempt.version,
                    attempt_id=attempt.id,
                    language=language,
                    undertaking_sha256=text_hash,
                    score=attempt.score,
                    questions_count=len(attempt.questions),
                    signed_at=now,
                    valid_until=valid_until(now, self._rules.validity_months, self._zone),
                )
            )
            await record_signing(uow, signed)
            activated = await make_active(uow, course.assistant, now)
            await self._certificates.issue_on_pass(uow, course.assistant, signed)
            await notices.send_to_coordinators(
                uow,
                course.assistant.district_code,
                "briefing-passed",
                now,
                about=person_id,
                pass_id=signed.id,
            )
            return Signed(signed.valid_until, course.assistant.status, activated)

    async def _to_sign(self, uow: UnitOfWork, course: Course, attempt_id: int) -> QuizAttempt:
        person_id = course.assistant.person_id
        attempt = await uow.briefings.find_attempt(attempt_id)
        if attempt is None or attempt.person_id != person_id:
            raise ConflictError("error-quiz-over")
        earlier = await uow.passes.find_by_attempt(attempt_id)
        if earlier is not None:
            raise ConflictError("error-briefing-signed", at=earlier.signed_at)
        must_be_current(self._rules, attempt.version)
        state = course.state(self._rules, self._clock())
        if not isinstance(state, Unsigned) or state.attempt_id != attempt_id:
            raise ConflictError("error-quiz-over")
        return attempt

    async def card(self, actor_id: int, pass_id: int) -> PassCard:
        """Return a pass for a coordinator of the assistant's district.

        Raises:
            AccessDeniedError: the actor sees assistants nowhere.
            NotFoundError: no such pass in the actor's districts.
        """
        async with self._db.reading() as uow:
            signed = await uow.passes.find(pass_id)
            row = await uow.people.find_row(person_id=signed.person_id) if signed else None
            if signed is None or row is None or row.assistant is None:
                await require_reach(uow, actor_id, Right.SEE_ASSISTANTS)
                raise NotFoundError
            await require(uow, actor_id, Right.SEE_ASSISTANTS, row.assistant.district_code)
            return PassCard(
                person_id=row.person.id,
                full_name=row.person.full_name or "",
                service_number=row.assistant.service_number,
                district=row.assistant.district_code,
                status=row.assistant.status,
                score=signed.score,
                asked=signed.questions_count,
                signed_at=signed.signed_at,
                valid_until=signed.valid_until,
            )

    async def due_notices(self) -> None:
        """Tell everybody whose pass ends soon, or whose version is no longer the one in force.

        Each is told once; may run late, twice, or in two places.
        """
        while await self._tell_some():
            pass

    async def _tell_some(self) -> bool:
        now, version = self._clock(), self._rules.version
        async with self._db.transaction() as uow:
            ending = await uow.passes.lock_ending(version, now + self._rules.notice, _BATCH)
            for each in ending:
                each.notified_at = now
                notices.send(uow, each.person_id, "briefing-ending", now, pass_id=each.id)
            outdated = await uow.passes.lock_outdated(version, _BATCH)
            for each in outdated:
                each.notified_version = version
                notices.send(uow, each.person_id, "briefing-new-version", now, pass_id=each.id)
            return _BATCH in (len(ending), len(outdated))


async def record_signing(uow: UnitOfWork, signed: BriefingPass) -> None:
    """Put the signature into the journal."""
    await audit.record(
        uow,
        at=signed.signed_at,
        actor_id=signed.person_id,
        action="briefing.signed",
        subject="person",
        subject_id=signed.person_id,
        after={
            "pass": signed.id,
            "version": signed.version,
            "score": signed.score,
            "valid_until": signed.valid_until.isoformat(),
            "undertaking": signed.undertaking_sha256,
        },
    )
