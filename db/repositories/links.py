"""Invitations, one-time links and counters: one statement per method."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.links import Counter, Invite, LinkPurpose, OneTimeLink


class InvitesRepository:
    """Queries over ``invites``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, invite: Invite) -> Invite:
        """Insert the invitation and return it with its id."""
        self._session.add(invite)
        await self._session.flush()
        return invite

    async def find(self, invite_id: int) -> Invite | None:
        """Return the invitation with this id."""
        return await self._session.get(Invite, invite_id)

    async def find_by_once_key(self, created_by: int, once_key: str) -> Invite | None:
        """Return the invitation this very button has made."""
        return await self._session.scalar(
            select(Invite).where(Invite.created_by == created_by, Invite.once_key == once_key)
        )

    async def find_by_code(self, code: str) -> Invite | None:
        """Return the invitation with this code, also one no longer good."""
        return await self._session.scalar(select(Invite).where(Invite.code == code))

    async def lock(self, invite_id: int) -> Invite | None:
        """Return the invitation, locked until the transaction ends."""
        return await self._session.scalar(
            select(Invite).where(Invite.id == invite_id).with_for_update()
        )

    async def list_good(
        self, districts: Collection[str] | None, now: datetime, *, limit: int
    ) -> Sequence[Invite]:
        """Return invitations that can still be used, the newest first; ``None`` means all."""
        statement = (
            select(Invite)
            .where(
                Invite.revoked_at.is_(None),
                Invite.expires_at > now,
                Invite.uses < Invite.uses_limit,
            )
            .order_by(Invite.id.desc())
            .limit(limit)
        )
        if districts is not None:
            statement = statement.where(Invite.district_code.in_(districts))
        return (await self._session.scalars(statement)).all()

    async def spend(self, invite_id: int, now: datetime) -> bool:
        """Use the invitation once; return whether it was still good."""
        result = await self._session.execute(
            update(Invite)
            .where(
                Invite.id == invite_id,
                Invite.revoked_at.is_(None),
                Invite.expires_at > now,
                Invite.uses < Invite.uses_limit,
            )
            .values(uses=Invite.uses + 1)
        )
        assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE always gives one
        return result.rowcount == 1


class OneTimeLinksRepository:
    """Queries over ``one_time_links``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, link: OneTimeLink) -> OneTimeLink:
        """Insert the link and return it with its id."""
        self._session.add(link)
        await self._session.flush()
        return link

    async def lock_by_secret(self, secret_sha256: str) -> OneTimeLink | None:
        """Return the link with this secret, used or not, locked until the transaction ends."""
        return await self._session.scalar(
            select(OneTimeLink).where(OneTimeLink.secret_sha256 == secret_sha256).with_for_update()
        )

    async def delete_unused(self, purpose: LinkPurpose, person_id: int | None = None) -> None:
        """Delete the links of the purpose (and target) nobody opened; a new one replaces them."""
        target = (
            OneTimeLink.person_id.is_(None)
            if person_id is None
            else OneTimeLink.person_id == person_id
        )
        await self._session.execute(
            delete(OneTimeLink).where(
                OneTimeLink.purpose == purpose, OneTimeLink.used_at.is_(None), target
            )
        )


class CountersRepository:
    """Numbers given out one after another, without gaps left by a lost race."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def next(self, name: str) -> int:
        """Return the next number of a series that a migration has begun, from 1 on."""
        return await self.reserve(name, 1)

    async def reserve(self, name: str, count: int) -> int:
        """Take so many numbers of a series at once, and return the first of them."""
        counter = (
            await self._session.scalars(
                select(Counter).where(Counter.name == name).with_for_update()
            )
        ).one()
        counter.value += count
        await self._session.flush()
        return counter.value - count + 1
