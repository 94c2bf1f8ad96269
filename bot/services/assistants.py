"""The people of a district: their cards, and what coordinators change in them."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import audit, notices
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.grants import give, revoke
from bot.services.page import PAGE_SIZE, Page, clamp
from bot.services.rights import Right, require, require_reach
from bot.services.roster_cards import cancel_coming, tell_cancelled
from bot.services.wording import clean_reason, search_key
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.people import Assistant, AssistantStatus, Person

# From which statuses each may be reached by a coordinator's decision.
_FROM = {
    AssistantStatus.SUSPENDED: {AssistantStatus.ACTIVE},
    AssistantStatus.ACTIVE: {AssistantStatus.SUSPENDED},
    AssistantStatus.DISMISSED: {
        AssistantStatus.TRAINEE,
        AssistantStatus.ACTIVE,
        AssistantStatus.SUSPENDED,
    },
}


@dataclass(frozen=True, slots=True)
class AssistantCard:
    """An assistant as a coordinator of the district sees them; ``status_at`` is UTC.

    ``staff`` tells of a role beside that of an assistant; a list does not ask for it.
    """

    person_id: int
    full_name: str
    phone: str
    service_number: str
    district: str
    status: AssistantStatus
    status_reason: str
    status_at: datetime
    blocked: bool
    staff: bool = False

    @property
    def erased(self) -> bool:
        """Whether their data were erased: the service number stands for the name, for good."""
        return not self.phone and self.full_name == self.service_number

    @property
    def may_become(self) -> frozenset[AssistantStatus]:
        """The statuses a coordinator may set now."""
        return frozenset(to for to, origins in _FROM.items() if self.status in origins)


class AssistantService:
    """What coordinators do with assistants of their districts."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def search(self, actor_id: int, search: str, page: int) -> Page[AssistantCard]:
        """Return assistants within reach whose name or number holds the text, by name.

        Raises:
            AccessDeniedError: the actor sees assistants nowhere.
        """
        key = search_key(search)
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SEE_ASSISTANTS)
            total = await uow.people.count_assistants(reach.codes, key)
            number = clamp(page, total)
            rows = await uow.people.list_assistants(
                reach.codes, key, offset=number * PAGE_SIZE, limit=PAGE_SIZE
            )
            return Page([_card(person, assistant) for person, assistant in rows], number, total)

    async def card(self, actor_id: int, person_id: int) -> AssistantCard:
        """Return one assistant.

        Raises:
            AccessDeniedError: the actor sees assistants nowhere.
            NotFoundError: no such assistant in the actor's districts.
        """
        async with self._db.reading() as uow:
            row = await uow.people.find_row(person_id=person_id)
            if row is None or row.assistant is None:
                await require_reach(uow, actor_id, Right.SEE_ASSISTANTS)
                raise NotFoundError
            await require(uow, actor_id, Right.SEE_ASSISTANTS, row.assistant.district_code)
            staff = any(grant.role is not Role.ASSISTANT for grant in row.grants)
            return _card(row.person, row.assistant, staff=staff)

    async def set_status(
        self, actor_id: int, person_id: int, status: AssistantStatus, reason: str
    ) -> None:
        """Suspend, reinstate or dismiss; the person is told, with the reason.

        Raises:
            InvalidInputError: the reason is empty or too long.
            AccessDeniedError: the actor changes statuses nowhere.
            NotFoundError: no such assistant in the actor's districts.
            ConflictError: the status does not follow from the present one, or it is the
                actor's own.
        """
        reason = clean_reason(reason)
        now = self._clock()
        async with self._db.transaction() as uow:
            assistant = await self._lock(uow, actor_id, person_id, Right.CHANGE_STATUS)
            before = assistant.status
            if before not in _FROM[status]:
                raise ConflictError("error-status-order", status=before, at=assistant.status_at)
            assistant.status, assistant.status_reason = status, reason
            assistant.status_at = now
            await audit.record(
                uow,
                at=now,
                actor_id=actor_id,
                action=f"assistant.{status.value}",
                subject="person",
                subject_id=str(person_id),
                before={"status": before},
                after={"status": status},
                personal={"reason": reason},
                person_id=person_id,
            )
            if status is AssistantStatus.DISMISSED:
                await _drop_role(uow, assistant, actor_id, now)
            if status is not AssistantStatus.ACTIVE:
                await _cancel_duties(uow, person_id, actor_id, now)
            notices.send(uow, person_id, "status-changed", now, status=status.value)

    async def activate(self, person_id: int) -> None:
        """Make a trainee who has passed the briefing active; anybody else stays as they are."""
        now = self._clock()
        async with self._db.transaction() as uow:
            assistant = await uow.people.lock_assistant(person_id)
            if assistant is not None:
                await make_active(uow, assistant, now)

    async def move(self, actor_id: int, person_id: int, district: str) -> None:
        """Move the assistant to another district; the person is told.

        Raises:
            AccessDeniedError: the actor moves assistants nowhere.
            NotFoundError: the assistant, or the new district, is not the actor's.
            InvalidInputError: the new district does not exist or is no longer served.
            ConflictError: the assistant is there already, is dismissed, or is the actor.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            assistant = await self._lock(uow, actor_id, person_id, Right.MOVE_ASSISTANTS)
            target = await uow.districts.find(district)
            if target is None or target.retired_at is not None:
                raise InvalidInputError("error-district-unknown")
            await require(uow, actor_id, Right.MOVE_ASSISTANTS, district)
            if assistant.status is AssistantStatus.DISMISSED:
                raise ConflictError(
                    "error-status-order", status=assistant.status, at=assistant.status_at
                )
            before = assistant.district_code
            if before == district:
                raise ConflictError("error-already-there")
            await _drop_role(uow, assistant, actor_id, now)
            await _cancel_duties(uow, person_id, actor_id, now)
            assistant.district_code = district
            await give(
                uow,
                person_id=person_id,
                role=Role.ASSISTANT,
                district=district,
                actor_id=actor_id,
                now=now,
            )
            await audit.record(
                uow,
                at=now,
                actor_id=actor_id,
                action="assistant.moved",
                subject="person",
                subject_id=str(person_id),
                before={"district": before},
                after={"district": district},
            )
            notices.send(uow, person_id, "district-changed", now, district=district)

    async def _lock(
        self, uow: UnitOfWork, actor_id: int, person_id: int, right: Right
    ) -> Assistant:
        assistant = await uow.people.lock_assistant(person_id)
        if assistant is None:
            await require_reach(uow, actor_id, right)
            raise NotFoundError
        await require(uow, actor_id, right, assistant.district_code)
        if person_id == actor_id:
            raise ConflictError("error-own-card")
        return assistant


async def make_active(uow: UnitOfWork, assistant: Assistant, now: datetime) -> bool:
    """Make a trainee, whose row is locked, active; return whether it was one."""
    if assistant.status is not AssistantStatus.TRAINEE:
        return False
    assistant.status, assistant.status_at = AssistantStatus.ACTIVE, now
    await audit.record(
        uow,
        at=now,
        actor_id=None,
        action="assistant.active",
        subject="person",
        subject_id=str(assistant.person_id),
        before={"status": AssistantStatus.TRAINEE},
        after={"status": AssistantStatus.ACTIVE},
    )
    return True


async def _drop_role(uow: UnitOfWork, assistant: Assistant, actor_id: int, now: datetime) -> None:
    grant = await uow.grants.find(assistant.person_id, Role.ASSISTANT, assistant.district_code)
    if grant is not None:
        await revoke(uow, grant, actor_id=actor_id, now=now)


async def _cancel_duties(uow: UnitOfWork, person_id: int, actor_id: int, now: datetime) -> None:
    """Cancel what was planned for somebody who does not serve there any more; they are told."""
    for duty in await cancel_coming(uow, person_id, actor_id=actor_id, now=now):
        tell_cancelled(uow, duty, now)


def _card(person: Person, assistant: Assistant, *, staff: bool = False) -> AssistantCard:
    return AssistantCard(
        person_id=person.id,
        full_name=person.full_name or "",
        phone=person.phone or "",
        service_number=assistant.service_number,
        district=assistant.district_code,
        status=assistant.status,
        status_reason=assistant.status_reason,
        status_at=assistant.status_at,
        blocked=person.blocked_at is not None,
        staff=staff,
    )
