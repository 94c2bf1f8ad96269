"""Files behind attachments: fetched once, hashed, archived where there is an archive."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.services.clock import Clock
from db.database import Database, UnitOfWork
from db.models.activities import FETCH_ATTEMPTS, Attachment, AttachmentKind

_AT_A_TIME = 20


class Archive(Protocol):
    """Where files are kept, each under a name of ours: the hash of what is kept."""

    async def put(self, name: str, content: bytes) -> None:
        """Keep a file; again under its name changes nothing.

        Raises:
            ArchiveError: it cannot be kept now.
        """

    async def delete(self, name: str) -> None:
        """Delete a file, or nothing when it is not there.

        Raises:
            ArchiveError: it cannot be deleted now.
        """


class ArchiveError(Exception):
    """The archive does not do it now; the text is one line, without secrets."""


@dataclass(frozen=True, slots=True)
class ToFetch:
    """A file at Telegram."""

    attachment_id: int
    kind: AttachmentKind
    file_id: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the hash of the file, and its name in the archive or why it is not there."""

    sha256: str
    archived_as: str | None = None
    not_archived: str | None = None


class AttachmentFileService:
    """What the timetable does about files."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def to_fetch(self) -> list[ToFetch]:
        """Return files not fetched yet, some at a time."""
        async with self._db.reading() as uow:
            found = await uow.files.list_to_fetch(_AT_A_TIME, self._clock())
            return [ToFetch(each.id, each.kind, each.file_id or "") for each in found]

    async def expect(self, attachment_id: int, name: str) -> bool:
        """Note that the file is about to come into the archive; tell whether it is still wanted.

        Whoever erases the person then knows of it, even if nothing is heard of it any more.
        """
        async with self._db.transaction() as uow:
            attachment = await uow.files.lock(attachment_id)
            if attachment is None or attachment.file_id is None:
                return False
            await self._name(uow, attachment, name)
            return True

    async def note(self, attachment_id: int, fetched: Fetched) -> None:
        """Keep what came; where the attachment is gone meanwhile, the file goes too."""
        async with self._db.transaction() as uow:
            attachment = await uow.files.lock(attachment_id)
            if attachment is None or attachment.file_id is None:
                if fetched.archived_as is not None:
                    await uow.files.ask_removal([fetched.archived_as], self._clock())
                return
            attachment.sha256 = fetched.sha256
            await self._name(uow, attachment, fetched.archived_as)
            attachment.not_archived = fetched.not_archived

    async def put_off(self, attachment_id: int) -> None:
        """Try again later, each time later; after the last attempt the file is taken for gone."""
        async with self._db.transaction() as uow:
            attachment = await uow.files.lock(attachment_id)
            if attachment is None:
                return
            attachment.attempts += 1
            attachment.try_at = self._clock() + timedelta(minutes=4**attachment.attempts)
            if attachment.attempts >= FETCH_ATTEMPTS:
                await self._name(uow, attachment, None)
                attachment.not_archived = "unreachable"

    async def _name(self, uow: UnitOfWork, attachment: Attachment, name: str | None) -> None:
        """Note under which name the file is in the archive; what had another one goes."""
        former, attachment.archived_as = attachment.archived_as, name
        if former is not None and former != name:
            await uow.files.ask_removal([former], self._clock())

    async def removals(self) -> list[str]:
        """Return the names of files that are to go from the archive, some at a time."""
        async with self._db.transaction() as uow:
            gone = []
            for name in await uow.files.list_removals(_AT_A_TIME):
                if await uow.files.is_needed(name):
                    await uow.files.removed(name)
                else:
                    gone.append(name)
            return gone

    async def removed(self, name: str) -> None:
        """Note that the file is gone."""
        async with self._db.transaction() as uow:
            await uow.files.removed(name)
