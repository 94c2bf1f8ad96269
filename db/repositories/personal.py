"""All that is kept of one person: given out, and erased."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.activities import Attachment
from db.models.audit import AuditRecord
from db.models.erasures import Erasure
from db.models.inbox import InboxUpdate
from db.models.links import Invite, OneTimeLink
from db.models.people import Person
from db.personal import NUMBER, PERSONAL, Owner, table_of, told_columns

# Takes the kind of an entry and its fields, and leaves what tells of nobody.
Rewrite = Callable[[str, dict[str, Any]], dict[str, Any]]


class PersonalRepository:
    """Queries over every table that holds something of a person."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def collect(self, owner: Owner) -> dict[str, list[dict[str, Any]]]:
        """Return the person's rows, by table; values are those of the columns."""
        found: dict[str, list[dict[str, Any]]] = {}
        for model, personal in PERSONAL.items():
            columns = told_columns(model, personal)
            rows = await self._session.execute(
                sa.select(*columns)
                .where(personal.owned(owner))
                .order_by(*table_of(model).primary_key.columns)
            )
            found[model.__tablename__] = [dict(row) for row in rows.mappings()]
        return found

    async def list_records(self, person_id: int) -> list[AuditRecord]:
        """Return the records of the journal that tell of the person, oldest first."""
        of_person = sa.and_(
            AuditRecord.subject == "person", AuditRecord.subject_id == str(person_id)
        )
        found = await self._session.scalars(
            sa.select(AuditRecord)
            .where(sa.or_(AuditRecord.person_id == person_id, of_person))
            .order_by(AuditRecord.seq)
        )
        return list(found)

    async def list_given_up(self, person_id: int) -> list[Owner]:
        """Return who else the person was: under accounts they moved to, and left.

        Whoever has written from an account that was left is somebody else.
        """
        found = await self._session.scalars(
            sa.select(AuditRecord.after).where(
                AuditRecord.subject == "person",
                AuditRecord.subject_id == str(person_id),
                AuditRecord.action == "person.relinked",
            )
        )
        moves = [after for after in found if after is not None]
        taken = {int(after["from_person"]) for after in moves}
        left = {int(after["left_as"]) for after in moves if "left_as" in after}
        unheard = sa.and_(Person.id.in_(left), Person.language.is_(None))
        others = await self._session.execute(
            sa.select(Person.id, Person.telegram_id)
            .where(sa.or_(Person.id.in_(taken), unheard))
            .order_by(Person.id)
        )
        return [Owner(other_id, telegram_id) for other_id, telegram_id in others]

    async def list_files(self, person_id: int) -> list[str]:
        """Return the names of the person's files in the archive.

        Their attachments are locked, so that none comes there before the transaction ends.
        """
        names = await self._session.scalars(
            sa.select(Attachment.archived_as)
            .where(Attachment.person_id == person_id)
            .order_by(Attachment.id)
            .with_for_update()
        )
        return [name for name in names if name is not None]

    async def erase(self, owner: Owner, *, rewrite: Rewrite, now: datetime) -> None:
        """Delete or empty what tells of the person, and end what would still open to them."""
        await self._session.flush()
        for model, personal in PERSONAL.items():
            own = personal.owned(owner)
            if personal.goes:
                await self._session.execute(sa.delete(model).where(own))
                continue
            for column in personal.rewrites:
                await self._rewrite(table_of(model), column, own, rewrite)
            if personal.clears:
                values = {
                    name: owner.number if value is NUMBER else value
                    for name, value in personal.clears.items()
                }
                await self._session.execute(sa.update(model).where(own).values(values))
        await self._end_links(owner.person_id, now)
        self._session.expire_all()

    async def forget_updates(self, telegram_id: int, until: datetime) -> None:
        """Delete all that the account sent up to the moment, also what waits to be heard."""
        await self._session.execute(
            sa.delete(InboxUpdate).where(
                InboxUpdate.lane == telegram_id, InboxUpdate.received_at <= until
            )
        )

    async def _rewrite(
        self,
        table: sa.Table,
        column: str,
        own: sa.ColumnElement[bool],
        rewrite: Rewrite,
    ) -> None:
        rows = await self._session.execute(
            sa.select(table.c.id, table.c.kind, table.c[column]).where(own)
        )
        for row_id, kind, fields in rows.all():
            await self._session.execute(
                sa.update(table).where(table.c.id == row_id).values({column: rewrite(kind, fields)})
            )

    async def _end_links(self, person_id: int, now: datetime) -> None:
        await self._session.execute(
            sa.update(Invite)
            .where(Invite.created_by == person_id, Invite.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        await self._session.execute(
            sa.update(OneTimeLink)
            .where(OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None))
            .values(expires_at=now)
        )

    async def list_erasures(self) -> list[Erasure]:
        """Return every erasure, oldest first."""
        found = await self._session.scalars(
            sa.select(Erasure).order_by(Erasure.erased_at, Erasure.person_id)
        )
        return list(found)

    async def find_erasure(self, person_id: int) -> Erasure | None:
        """Return the erasure of the person."""
        return await self._session.get(Erasure, person_id)

    async def add_erasure(self, erasure: Erasure) -> None:
        """Note that a person was erased."""
        self._session.add(erasure)
        await self._session.flush()
