"""Appointing and dismissing coordinators, admins and observers."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import audit, notices
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.grants import give, revoke
from bot.services.page import PAGE_SIZE, Page, clamp
from bot.services.rights import Right, require, require_reach
from bot.services.wording import clean_name, name_key, search_key
from db.database import Database
from db.models.grants import Grant, Role
from db.models.people import Person

# An assistant is taken on by an application, never appointed.
APPOINTED = (Role.COORDINATOR, Role.ADMIN, Role.OBSERVER)
# These are held over the whole region or not at all.
REGION_ONLY = frozenset({Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with a role in force; ``district`` is a code or ``None`` for the region."""

    grant_id: int
    person_id: int
    full_name: str
    role: Role
    district: str | None
    given_at: datetime
    started: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be appointed."""

    person_id: int
    full_name: str


class RoleService:
    """What admins do with roles."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def holders(self, actor_id: int, role: Role) -> list[Holder]:
        """Return who holds the role, by district and name.

        Raises:
            AccessDeniedError: the actor appoints nowhere.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.APPOINT)
            rows = await uow.grants.list_holders(role)
            return [
                _holder(grant, person)
                for grant, person in rows
                if reach.covers(grant.district_code)
            ]

    async def holder(self, actor_id: int, grant_id: int) -> Holder:
        """Return one role in force.

        Raises:
            AccessDeniedError: the actor appoints nowhere.
            NotFoundError: no such role in force within the actor's reach.
        """
        async with self._db.reading() as uow:
            grant = await uow.grants.find_in_force(grant_id)
            if grant is None:
                await require_reach(uow, actor_id, Right.APPOINT)
                raise NotFoundError
            await require(uow, actor_id, Right.APPOINT, grant.district_code)
            person = await uow.people.find(grant.person_id)
            assert person is not None  # noqa: S101 - a foreign key holds it
            return _holder(grant, person)

    async def candidates(self, actor_id: int, search: str, page: int) -> Page[Candidate]:
        """Return people who may be appointed, by name.

        Raises:
            AccessDeniedError: the actor appoints nowhere.
        """
        key = search_key(search)
        async with self._db.reading() as uow:
            await require_reach(uow, actor_id, Right.APPOINT)
            total = await uow.people.count_named(key)
            number = clamp(page, total)
            rows = await uow.people.list_named(key, offset=number * PAGE_SIZE, limit=PAGE_SIZE)
            return Page(
                [Candidate(person.id, person.full_name or "") for person in rows], number, total
            )

    async def candidate(self, actor_id: int, person_id: int) -> Candidate:
        """Return one person who may be appointed.

        Raises:
            AccessDeniedError: the actor appoints nowhere.
            NotFoundError: there is no such person.
        """
        async with self._db.reading() as uow:
            await require_reach(uow, actor_id, Right.APPOINT)
            person = await uow.people.find(person_id)
            if person is None:
                raise NotFoundError
            return Candidate(person.id, person.full_name or "")

    async def candidate_by_contact(
        self, actor_id: int, telegram_id: int | None, name: str
    ) -> Candidate:
        """Return the person of a forwarded contact, keeping a place for one unknown so far.

        Address books are full of single and invented names: one that is no full name is not
        kept, and the person is asked for theirs when they first open the bot.

        Raises:
            AccessDeniedError: the actor appoints nowhere.
            InvalidInputError: the contact is of nobody in Telegram.
        """
        if telegram_id is None:
            raise InvalidInputError("error-contact-no-account")
        now = self._clock()
        async with self._db.transaction() as uow:
            await require_reach(uow, actor_id, Right.APPOINT)
            person = await uow.people.find_by_telegram(telegram_id)
            if person is None:
                person = await uow.people.add(Person(telegram_id=telegram_id, created_at=now))
            full_name = _full_name_of(name)
            if person.full_name is None and full_name is not None:
                person.full_name, person.name_key = full_name, name_key(full_name)
                await audit.record(
                    uow,
                    at=now,
                    actor_id=actor_id,
                    action="person.introduced",
                    subject="person",
                    subject_id=str(person.id),
                    personal={"after": full_name},
                    person_id=person.id,
                )
            return Candidate(person.id, person.full_name or "")

    async def appoint(
        self, actor_id: int, person_id: int, role: Role, district: str | None
    ) -> None:
        """Give the role in the district (``None``: the whole region); the person is told.

        Raises:
            AccessDeniedError: the actor appoints nowhere.
            NotFoundError: no such person, or the district is not the actor's.
            InvalidInputError: the role is not appointed, does not fit the scope, or the
                district does not exist.
            ConflictError: the person holds it already.
        """
        if role not in APPOINTED or (role in REGION_ONLY and district is not None):
            raise InvalidInputError("error-role-scope")
        now = self._clock()
        async with self._db.transaction() as uow:
            await require(uow, actor_id, Right.APPOINT, district)
            if district is not None:
                found = await uow.districts.find(district)
                if found is None or found.retired_at is not None:
                    raise InvalidInputError("error-district-unknown")
            if await uow.people.lock(person_id) is None:
                raise NotFoundError
            new = await give(
                uow,
                person_id=person_id,
                role=role,
                district=district,
                actor_id=actor_id,
                now=now,
            )
            if not new:
                raise ConflictError("error-already-holds")
            notices.send(
                uow, person_id, "role-given", now, role=role.value, district=district or ""
            )

    async def dismiss(self, actor_id: int, grant_id: int) -> None:
        """Take the role back; the person is told.

        Raises:
            AccessDeniedError: the actor appoints nowhere.
            NotFoundError: no such role in force within the actor's reach, or it is an
                assistant's, which a change of status ends.
            ConflictError: it is the last admin.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            # Locked in one order, so that two last admins cannot dismiss each other at once.
            admins = await uow.grants.lock_role(Role.ADMIN)
            grant = await uow.grants.lock(grant_id)
            if grant is None or grant.role not in APPOINTED:
                await require_reach(uow, actor_id, Right.APPOINT)
                raise NotFoundError
            await require(uow, actor_id, Right.APPOINT, grant.district_code)
            if grant.role is Role.ADMIN and len(admins) == 1:
                raise ConflictError("error-last-admin")
            await revoke(uow, grant, actor_id=actor_id, now=now)
            notices.send(
                uow,
                grant.person_id,
                "role-revoked",
                now,
                role=grant.role.value,
                district=grant.district_code or "",
            )


def _full_name_of(contact: str) -> str | None:
    try:
        return clean_name(contact)
    except InvalidInputError:
        return None


def _holder(grant: Grant, person: Person) -> Holder:
    return Holder(
        grant_id=grant.id,
        person_id=person.id,
        full_name=person.full_name or "",
        role=grant.role,
        district=grant.district_code,
        given_at=grant.given_at,
        started=person.language is not None,
    )
