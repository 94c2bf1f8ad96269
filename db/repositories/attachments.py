"""What people sent during shifts beside words: one statement per method."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.activities import Attachment


class AttachmentsRepository:
    """Queries over ``attachments``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, attachment: Attachment) -> Attachment:
        """Insert the attachment and return it with its id."""
        self._session.add(attachment)
        await self._session.flush()
        return attachment

    async def find(self, attachment_id: int) -> Attachment | None:
        """Return the attachment."""
        return await self._session.get(Attachment, attachment_id)

    async def find_by_message(self, person_id: int, message_id: int) -> Attachment | None:
        """Return what came with the person's message."""
        return await self._session.scalar(
            select(Attachment).where(
                Attachment.person_id == person_id, Attachment.message_id == message_id
            )
        )

    async def list_album(self, person_id: int, album_id: str) -> Sequence[Attachment]:
        """Return what came in one album, in order."""
        return (
            await self._session.scalars(
                select(Attachment)
                .where(Attachment.person_id == person_id, Attachment.album_id == album_id)
                .order_by(Attachment.id)
            )
        ).all()

    async def list_waiting(self, person_id: int) -> Sequence[Attachment]:
        """Return what the person has sent that belongs to no entry yet, in order."""
        return (
            await self._session.scalars(
                select(Attachment)
                .where(Attachment.person_id == person_id, Attachment.activity_id.is_(None))
                .order_by(Attachment.id)
            )
        ).all()

    async def count(self, activity_id: int) -> int:
        """Count what is attached to the entry."""
        return (
            await self._session.scalar(
                select(func.count()).where(Attachment.activity_id == activity_id)
            )
            or 0
        )

    async def assign(self, ids: Collection[int], activity_id: int) -> None:
        """Attach to the entry those of the attachments that belong to none yet."""
        await self._session.execute(
            update(Attachment)
            .where(Attachment.id.in_(ids), Attachment.activity_id.is_(None))
            .values(activity_id=activity_id)
        )

    async def forget_places(self, before: datetime) -> None:
        """Delete the places that were sent before the moment; that one was sent stays known."""
        await self._session.execute(
            update(Attachment)
            .where(Attachment.sent_at < before, Attachment.lat.is_not(None))
            .values(lat=None, lon=None)
        )

    async def forget(self, ids: Collection[int]) -> None:
        """Delete those of the attachments that belong to no entry."""
        await self._session.execute(
            delete(Attachment).where(Attachment.id.in_(ids), Attachment.activity_id.is_(None))
        )
