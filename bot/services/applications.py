"""Decisions on applications, by a coordinator of that district."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.services import audit, notices
from bot.services.clock import Clock
from bot.services.errors import ConflictError, NotFoundError
from bot.services.grants import give
from bot.services.page import PAGE_SIZE, Page, clamp
from bot.services.rights import Right, require, require_reach
from bot.services.service_number import format_number
from bot.services.wording import clean_reason
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.people import (
    Application,
    ApplicationState,
    Assistant,
    AssistantStatus,
    Person,
)

NUMBER_SERIES = "service_number"


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    """An application as those who decide see it; ``district`` is a code, moments are UTC."""

    id: int
    person_id: int
    full_name: str
    phone: str
    district: str
    by_invite: bool
    state: ApplicationState
    submitted_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A person taken on, with their service number."""

    person_id: int
    full_name: str
    service_number: str


class ApplicationService:
    """What coordinators do with applications.

    Args:
        number_prefix: the first digits of service numbers in this region.
    """

    def __init__(self, db: Database, clock: Clock, number_prefix: str) -> None:
        self._db = db
        self._clock = clock
        self._number_prefix = number_prefix

    async def waiting(self, actor_id: int, page: int) -> Page[ApplicationCard]:
        """Return what waits for the actor's decision, the longest waiting first.

        Raises:
            AccessDeniedError: the actor decides nowhere.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.DECIDE_APPLICATIONS)
            total = await uow.applications.count_pending(reach.codes)
            number = clamp(page, total)
            rows = await uow.applications.list_pending(
                reach.codes, offset=number * PAGE_SIZE, limit=PAGE_SIZE
            )
            return Page([_card(application, person) for application, person in rows], number, total)

    async def card(self, actor_id: int, application_id: int) -> ApplicationCard:
        """Return one application.

        Raises:
            AccessDeniedError: the actor decides nowhere.
            NotFoundError: no such application in the actor's districts.
        """
        async with self._db.reading() as uow:
            found = await uow.applications.find_with_person(application_id)
            if found is None or found[0].submitted_at is None:
                await require_reach(uow, actor_id, Right.DECIDE_APPLICATIONS)
                raise NotFoundError
            application, person = found
            await require(uow, actor_id, Right.DECIDE_APPLICATIONS, application.district_code)
            decider = (
                await uow.people.find(application.decided_by) if application.decided_by else None
            )
            return _card(application, person, decider)

    async def approve(self, actor_id: int, application_id: int) -> Enrolled:
        """Take the applicant on as a trainee with a service number; they are told.

        Raises:
            AccessDeniedError: the actor decides nowhere.
            NotFoundError: no such application in the actor's districts.
            ConflictError: it is decided already, or it is the actor's own.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            application, person = await self._lock_pending(uow, actor_id, application_id)
            assistant, before = await self._enrol(uow, application, now)
            await self._close(
                uow,
                application,
                actor_id,
                ApplicationState.APPROVED,
                now,
                before=before,
                after={**_standing(assistant), "number": assistant.service_number},
            )
            await give(
                uow,
                person_id=person.id,
                role=Role.ASSISTANT,
                district=assistant.district_code,
                actor_id=actor_id,
                now=now,
            )
            notices.send(uow, person.id, "application-approved", now, application_id=application.id)
            return Enrolled(person.id, person.full_name or "", assistant.service_number)

    async def reject(self, actor_id: int, application_id: int, reason: str) -> None:
        """Refuse the applicant, who is told the reason.

        Raises:
            InvalidInputError: the reason is empty or too long.
            AccessDeniedError, NotFoundError, ConflictError: as for ``approve``.
        """
        reason = clean_reason(reason)
        now = self._clock()
        async with self._db.transaction() as uow:
            application, person = await self._lock_pending(uow, actor_id, application_id)
            application.reason = reason
            await self._close(uow, application, actor_id, ApplicationState.REJECTED, now)
            notices.send(uow, person.id, "application-rejected", now, application_id=application.id)

    async def _lock_pending(
        self, uow: UnitOfWork, actor_id: int, application_id: int
    ) -> tuple[Application, Person]:
        application = await uow.applications.lock(application_id)
        if application is None or application.submitted_at is None:
            await require_reach(uow, actor_id, Right.DECIDE_APPLICATIONS)
            raise NotFoundError
        await require(uow, actor_id, Right.DECIDE_APPLICATIONS, application.district_code)
        if application.person_id == actor_id:
            raise ConflictError("error-own-application")
        if application.state is ApplicationState.WITHDRAWN:
            raise ConflictError("error-application-withdrawn")
        if application.state is not ApplicationState.PENDING:
            decider = (
                await uow.people.find(application.decided_by) if application.decided_by else None
            )
            raise ConflictError(
                "error-application-decided",
                state=application.state,
                at=application.decided_at,
                by=(decider.full_name if decider else None) or "-",
            )
        person = await uow.people.find(application.person_id)
        assert person is not None  # noqa: S101 - a foreign key holds it
        return application, person

    async def _enrol(
        self, uow: UnitOfWork, application: Application, now: datetime
    ) -> tuple[Assistant, dict[str, str]]:
        """Make a new assistant, or take back one who was dismissed, under the old number.

        Returns:
            the assistant, and how they stood before.
        """
        assert application.district_code is not None  # noqa: S101 - a check constraint holds it
        assistant = await uow.people.lock_assistant(application.person_id)
        before = {} if assistant is None else _standing(assistant)
        if assistant is None:
            sequence = await uow.counters.next(NUMBER_SERIES)
            assistant = Assistant(
                person_id=application.person_id,
                service_number=format_number(self._number_prefix, sequence),
                district_code=application.district_code,
                status=AssistantStatus.TRAINEE,
                status_reason="",
                status_at=now,
            )
            await uow.people.add_assistant(assistant)
        else:
            assistant.district_code = application.district_code
            assistant.status, assistant.status_reason = AssistantStatus.TRAINEE, ""
            assistant.status_at = now
        return assistant, before

    async def _close(
        self,
        uow: UnitOfWork,
        application: Application,
        actor_id: int,
        state: ApplicationState,
        now: datetime,
        *,
        before: Mapping[str, str] = MappingProxyType({}),
        after: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        application.state, application.decided_at = state, now
        application.decided_by = actor_id
        await audit.record(
            uow,
            at=now,
            actor_id=actor_id,
            action=f"application.{state.value}",
            subject="application",
            subject_id=str(application.id),
            before={"state": ApplicationState.PENDING, **before},
            after={"state": state, "person": application.person_id, **after},
            personal={"reason": application.reason} if application.reason else None,
            person_id=application.person_id,
        )


def _standing(assistant: Assistant) -> dict[str, str]:
    return {"status": assistant.status, "district": assistant.district_code}


def _card(
    application: Application, person: Person, decider: Person | None = None
) -> ApplicationCard:
    assert application.district_code is not None  # noqa: S101 - a check constraint holds it
    assert application.submitted_at is not None  # noqa: S101 - the callers ask for sent ones
    return ApplicationCard(
        id=application.id,
        person_id=person.id,
        full_name=person.full_name or "",
        phone=person.phone or "",
        district=application.district_code,
        by_invite=application.invite_id is not None,
        state=application.state,
        submitted_at=application.submitted_at,
        decided_at=application.decided_at,
        decided_by=decider.full_name if decider else None,
        reason=application.reason,
    )
