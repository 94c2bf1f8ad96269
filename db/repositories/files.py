"""Files behind attachments: which to fetch, which are kept where, which are to go."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.activities import FETCH_ATTEMPTS, Attachment
from db.models.erasures import FileRemoval


class FilesRepository:
    """Queries over the files of ``attachments``, and over ``file_removals``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_to_fetch(self, limit: int, now: datetime) -> Sequence[Attachment]:
        """Return attachments whose file was not fetched yet, the oldest first."""
        return (
            await self._session.scalars(
                sa.select(Attachment)
                .where(
                    Attachment.file_id.is_not(None),
                    Attachment.sha256.is_(None),
                    Attachment.attempts < FETCH_ATTEMPTS,
                    sa.or_(Attachment.try_at.is_(None), Attachment.try_at <= now),
                )
                .order_by(Attachment.id)
                .limit(limit)
            )
        ).all()

    async def lock(self, attachment_id: int) -> Attachment | None:
        """Return the attachment, locked until the transaction ends."""
        return await self._session.scalar(
            sa.select(Attachment)
            .where(Attachment.id == attachment_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def list_names(self, ids: Collection[int]) -> list[str]:
        """Return the names in the archive of those of the attachments that are there.

        All of them are locked, so that none comes there before the transaction ends.
        """
        names = await self._session.scalars(
            sa.select(Attachment.archived_as)
            .where(Attachment.id.in_(ids))
            .order_by(Attachment.id)
            .with_for_update()
        )
        return [name for name in names if name is not None]

    async def list_expired(self, before: datetime, limit: int) -> Sequence[int]:
        """Return attachments sent before the moment whose file can still be reached."""
        return (
            await self._session.scalars(
                sa.select(Attachment.id)
                .where(
                    Attachment.sent_at < before,
                    sa.or_(Attachment.file_id.is_not(None), Attachment.archived_as.is_not(None)),
                )
                .order_by(Attachment.id)
                .limit(limit)
            )
        ).all()

    async def let_go(self, ids: Collection[int]) -> None:
        """Forget where the files of the attachments are; that they came, and their hash, stay."""
        await self._session.execute(
            sa.update(Attachment)
            .where(Attachment.id.in_(ids))
            .values(file_id=None, file_unique_id=None, archived_as=None)
        )

    async def ask_removal(self, names: Collection[str], now: datetime) -> None:
        """Note that the files are to go, once each."""
        for name in set(names):
            await self._session.merge(FileRemoval(name=name, asked_at=now))
        await self._session.flush()

    async def list_removals(self, limit: int) -> Sequence[str]:
        """Return the names of files that are to go."""
        return (
            await self._session.scalars(
                sa.select(FileRemoval.name).order_by(FileRemoval.asked_at).limit(limit)
            )
        ).all()

    async def is_needed(self, name: str) -> bool:
        """Tell whether an attachment is kept under this name."""
        return bool(
            await self._session.scalar(sa.select(sa.exists().where(Attachment.archived_as == name)))
        )

    async def removed(self, name: str) -> None:
        """Note that the file is gone, or stays."""
        await self._session.execute(sa.delete(FileRemoval).where(FileRemoval.name == name))
