"""People and what they are: one statement per method."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.briefings import BriefingPass
from db.models.grants import Grant
from db.models.people import Application, Assistant, AssistantStatus, Consent, Person
from db.models.shifts import Shift


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with all that decides which screen they see next."""

    person: Person
    assistant: Assistant | None
    application: Application | None
    consent_version: str | None
    grants: tuple[Grant, ...]
    briefing_pass: BriefingPass | None
    open_shift: Shift | None


class PeopleRepository:
    """Queries over ``people``, ``assistants`` and ``consents``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, person: Person) -> Person:
        """Insert the person and return them with their id."""
        self._session.add(person)
        await self._session.flush()
        return person

    async def add_consent(self, consent: Consent) -> None:
        """Insert the consent."""
        self._session.add(consent)
        await self._session.flush()

    async def add_assistant(self, assistant: Assistant) -> None:
        """Insert the assistant; their person has none yet."""
        self._session.add(assistant)
        await self._session.flush()

    async def find(self, person_id: int) -> Person | None:
        """Return the person with this id."""
        return await self._session.get(Person, person_id)

    async def find_by_telegram(self, telegram_id: int) -> Person | None:
        """Return the person whose account this is now."""
        return await self._session.scalar(_OF_ACCOUNT, {"which": telegram_id})

    async def find_by_phone(self, phone: str) -> Person | None:
        """Return the person with this phone number."""
        return await self._session.scalar(select(Person).where(Person.phone == phone))

    async def lock(self, person_id: int) -> Person | None:
        """Return the person, locked until the transaction ends.

        Rows that refer to the person may still be written meanwhile: whoever does that while
        holding the end of the journal would wait for us, and we for them.
        """
        return await self._session.scalar(
            select(Person).where(Person.id == person_id).with_for_update(key_share=True)
        )

    async def has_consented(self, person_id: int) -> bool:
        """Tell whether the person has given any consent."""
        return bool(
            await self._session.scalar(select(exists().where(Consent.person_id == person_id)))
        )

    async def find_assistant(self, person_id: int) -> Assistant | None:
        """Return the person's assistant record."""
        return await self._session.get(Assistant, person_id)

    async def lock_assistant(self, person_id: int) -> Assistant | None:
        """Return the person's assistant record, locked until the transaction ends."""
        return await self._session.scalar(_LOCKED_ASSISTANT, {"which": person_id})

    async def lock_with_assistant(self, person_id: int) -> tuple[Assistant, Person] | None:
        """Return the assistant record, locked until the transaction ends, and the person."""
        found = await self._session.execute(_OF_ASSISTANT, {"which": person_id})
        row = found.one_or_none()
        return None if row is None else (row[0], row[1])

    async def find_row(
        self, *, telegram_id: int | None = None, person_id: int | None = None
    ) -> PersonRow | None:
        """Return the person by account or by id, with all that belongs to them, in one query."""
        rows = await self._list_rows(
            *((_BY_ACCOUNT, telegram_id) if telegram_id else (_BY_ID, person_id))
        )
        return rows[0] if rows else None

    async def list_rows(self, person_ids: Collection[int]) -> Sequence[PersonRow]:
        """Return these people, with all that belongs to them, in one query."""
        return await self._list_rows(_BY_IDS, list(person_ids))

    async def _list_rows(self, query: Select[Any], which: object) -> Sequence[PersonRow]:
        rows = (await self._session.execute(query, {"which": which})).all()
        found = []
        for _, of_one in groupby(rows, key=lambda row: row[0].id):
            lines = list(of_one)
            person, assistant, application, consent_version, _, briefing_pass, open_shift = lines[0]
            grants: tuple[Grant | None, ...] = tuple(line[4] for line in lines)
            held = tuple(grant for grant in grants if grant is not None)
            found.append(
                PersonRow(
                    person, assistant, application, consent_version, held, briefing_pass, open_shift
                )
            )
        return found

    async def list_assistants(
        self, districts: Collection[str] | None, search: str, *, offset: int, limit: int
    ) -> Sequence[tuple[Person, Assistant]]:
        """Return assistants by name; `districts=None` means all.

        `search` is a part of the folded name or of the service number.
        """
        statement = (
            select(Person, Assistant)
            .join(Assistant, Assistant.person_id == Person.id)
            .where(_in(districts), _matches(search))
            # Those dismissed are kept, but at the end.
            .order_by(Assistant.status == AssistantStatus.DISMISSED, Person.name_key, Person.id)
            .offset(offset)
            .limit(limit)
        )
        return [(person, assistant) for person, assistant in await self._session.execute(statement)]

    async def count_assistants(self, districts: Collection[str] | None, search: str) -> int:
        """Count what ``list_assistants`` would return without a limit."""
        statement = (
            select(func.count())
            .select_from(Person)
            .join(Assistant, Assistant.person_id == Person.id)
            .where(_in(districts), _matches(search))
        )
        return await self._session.scalar(statement) or 0

    async def list_named(self, search: str, *, offset: int, limit: int) -> Sequence[Person]:
        """Return people who have told their name and whose account is known, by name."""
        return (
            await self._session.scalars(
                select(Person)
                .outerjoin(Assistant, Assistant.person_id == Person.id)
                .where(_nameable(), _matches(search))
                .order_by(Person.name_key, Person.id)
                .offset(offset)
                .limit(limit)
            )
        ).all()

    async def count_named(self, search: str) -> int:
        """Count what ``list_named`` would return without a limit."""
        return (
            await self._session.scalar(
                select(func.count())
                .select_from(Person)
                .outerjoin(Assistant, Assistant.person_id == Person.id)
                .where(_nameable(), _matches(search))
            )
            or 0
        )

    async def count_by_district(self, codes: Collection[str]) -> dict[str, int]:
        """Count assistants not dismissed in each of the districts that have any."""
        rows = await self._session.execute(
            select(Assistant.district_code, func.count())
            .where(
                Assistant.district_code.in_(codes), Assistant.status != AssistantStatus.DISMISSED
            )
            .group_by(Assistant.district_code)
        )
        return dict(rows.all())

    async def give_account(self, giver: Person, taker: Person) -> None:
        """Move the Telegram account from one person to another; the giver keeps none."""
        telegram_id, giver.telegram_id = giver.telegram_id, None
        await self._session.flush()  # the account is unique: first it must be free
        taker.telegram_id, taker.blocked_at = telegram_id, None
        await self._session.flush()

    async def mark_blocked(self, telegram_id: int, at: datetime | None) -> None:
        """Note that the person blocked the bot at the moment, or (``None``) no longer does."""
        person = await self.find_by_telegram(telegram_id)
        if person is not None:
            person.blocked_at = at


def _in(districts: Collection[str] | None) -> ColumnElement[bool]:
    return true() if districts is None else Assistant.district_code.in_(districts)


def _matches(search: str) -> ColumnElement[bool]:
    if not search:
        return true()
    return or_(
        Person.name_key.contains(search, autoescape=True),
        Assistant.service_number.contains(search, autoescape=True),
    )


def _nameable() -> ColumnElement[bool]:
    return and_(Person.full_name.is_not(None), Person.telegram_id.is_not(None))


def _all_of_people() -> Select[Any]:
    """Return the query for people and all that belongs to them, a line for each grant."""
    latest = (
        select(func.max(Application.id))
        .where(Application.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    signed = (
        select(func.max(BriefingPass.id))
        .where(BriefingPass.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    agreed = (
        select(Consent.version)
        .where(Consent.person_id == Person.id)
        .order_by(Consent.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    return (
        select(Person, Assistant, Application, agreed, Grant, BriefingPass, Shift)
        .outerjoin(Assistant, Assistant.person_id == Person.id)
        .outerjoin(Application, Application.id == latest)
        .outerjoin(BriefingPass, BriefingPass.id == signed)
        .outerjoin(Shift, and_(Shift.person_id == Person.id, Shift.ended_at.is_(None)))
        .outerjoin(Grant, and_(Grant.person_id == Person.id, Grant.revoked_at.is_(None)))
        .order_by(Person.id, Grant.id)
    )


# Every update asks one of these: to build such a statement costs more than to execute it.
_BY_ACCOUNT = _all_of_people().where(Person.telegram_id == bindparam("which"))
_BY_ID = _all_of_people().where(Person.id == bindparam("which"))
_BY_IDS = _all_of_people().where(Person.id.in_(bindparam("which", expanding=True)))
_OF_ACCOUNT = select(Person).where(Person.telegram_id == bindparam("which"))
_LOCKED_ASSISTANT = (
    select(Assistant).where(Assistant.person_id == bindparam("which")).with_for_update()
)
_OF_ASSISTANT = (
    select(Assistant, Person)
    .join(Person, Person.id == Assistant.person_id)
    .where(Assistant.person_id == bindparam("which"))
    .with_for_update(of=Assistant)
)
