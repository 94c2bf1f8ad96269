"""Photos, voices, documents and places: kept when they come, then told what they belong to."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.services.activity_shift import find_target, lock_own, must_take
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.shift_cards import refresh
from bot.services.shift_times import moment_of
from db.database import Database, UnitOfWork
from db.models.activities import ActivityState, Attachment, AttachmentKind

log = structlog.get_logger(__name__)

# A bot can fetch nothing larger from Telegram.
LARGEST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came in a message: a file at Telegram, or a place in degrees.

    ``sent_at`` is the message's own time; ``album_id`` is shared by what was sent together;
    ``size`` is in bytes.
    """

    kind: AttachmentKind
    message_id: int
    sent_at: datetime | None
    album_id: str | None = None
    file_id: str | None = None
    file_unique_id: str | None = None
    size: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An attachment that is kept.

    Attributes:
        asked: whether others of its album came before, so that the question stands already.
        activity_id: the entry it belongs to, as the others of its album do.
    """

    id: int
    shift_id: int
    kind: AttachmentKind
    asked: bool
    activity_id: int | None


class AttachmentService:
    """What people send during a shift beside words."""

    def __init__(self, db: Database, clock: Clock, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def take(self, person_id: int, incoming: Incoming, shift_id: int | None = None) -> Taken:
        """Keep what came; the same message again changes nothing.

        Without a shift the open one is meant, or the last.

        Raises:
            InvalidInputError: the file is too large to be fetched later.
            ConflictError: the person has no shift that takes results now.
        """
        if incoming.size is not None and incoming.size > LARGEST_BYTES:
            raise InvalidInputError("error-attachment-size", limit=LARGEST_BYTES // 1024**2)
        now = self._clock()
        async with self._db.transaction() as uow:
            known = await uow.attachments.find_by_message(person_id, incoming.message_id)
            if known is not None:
                # Asked again unless somebody else of its album asks: the first time may have
                # ended before the question was sent.
                return _taken(known, asked=bool(known.album_id or known.activity_id))
            target = await find_target(uow, person_id, shift_id, now, self._zone)
            shift = await lock_own(uow, person_id, target.id)
            siblings = (
                await uow.attachments.list_album(person_id, incoming.album_id)
                if incoming.album_id
                else []
            )
            attachment = await uow.attachments.add(
                Attachment(
                    person_id=person_id,
                    shift_id=shift.id,
                    activity_id=siblings[0].activity_id if siblings else None,
                    kind=incoming.kind,
                    message_id=incoming.message_id,
                    album_id=incoming.album_id,
                    file_id=incoming.file_id,
                    file_unique_id=incoming.file_unique_id,
                    size=incoming.size,
                    lat=incoming.lat,
                    lon=incoming.lon,
                    sent_at=moment_of(incoming.sent_at, now),
                )
            )
            return _taken(attachment, asked=bool(siblings))

    async def find(self, person_id: int, attachment_id: int) -> Taken:
        """Return what the person has sent.

        Raises:
            NotFoundError: it is none of the person's, or was deleted.
        """
        async with self._db.reading() as uow:
            return _taken(await self._own(uow, person_id, attachment_id), asked=True)

    async def assign(self, person_id: int, attachment_id: int, activity_id: int) -> int:
        """Say which entry it belongs to, with all of its album; return how many that has now.

        What belongs to another entry already stays there.

        Raises:
            NotFoundError: it or the entry is none of the person's.
            ConflictError: the entry is withdrawn, or the shift takes no results any more.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            attachment = await self._own(uow, person_id, attachment_id)
            activity = await uow.activities.lock(activity_id)
            if activity is None or activity.person_id != person_id:
                log.warning("access_refused", actor_id=person_id, activity_id=activity_id)
                raise NotFoundError
            if activity.state is ActivityState.WITHDRAWN:
                raise ConflictError("error-entry-withdrawn", at=activity.updated_at)
            shift = await lock_own(uow, person_id, activity.shift_id)
            await must_take(uow, shift, now, self._zone)
            together = await self._together(uow, attachment)
            await uow.attachments.assign(together, activity.id)
            refresh(uow, shift, now)
            return await uow.attachments.count(activity.id)

    async def forget(self, person_id: int, attachment_id: int) -> None:
        """Delete what belongs to nothing, with all of its album; nothing if it is gone already.

        Raises:
            NotFoundError: it is none of the person's.
            ConflictError: it belongs to an entry.
        """
        async with self._db.transaction() as uow:
            attachment = await uow.attachments.find(attachment_id)
            if attachment is None:
                return
            if attachment.person_id != person_id:
                raise NotFoundError
            if attachment.activity_id is not None:
                raise ConflictError("error-attachment-assigned")
            together = await self._together(uow, attachment)
            await uow.files.ask_removal(await uow.files.list_names(together), self._clock())
            await uow.attachments.forget(together)

    async def _own(self, uow: UnitOfWork, person_id: int, attachment_id: int) -> Attachment:
        attachment = await uow.attachments.find(attachment_id)
        if attachment is None or attachment.person_id != person_id:
            raise NotFoundError
        return attachment

    async def _together(self, uow: UnitOfWork, attachment: Attachment) -> list[int]:
        if attachment.album_id is None:
            return [attachment.id]
        album = await uow.attachments.list_album(attachment.person_id, attachment.album_id)
        return [each.id for each in album]

    async def together(self, person_id: int, attachment_id: int) -> list[int]:
        """Return the ids of everything that came with it, itself included; none if it is gone.

        Raises:
            NotFoundError: it is none of the person's.
        """
        async with self._db.reading() as uow:
            return await self._together(uow, await self._own(uow, person_id, attachment_id))


def _taken(attachment: Attachment, *, asked: bool) -> Taken:
    return Taken(attachment.id, attachment.shift_id, attachment.kind, asked, attachment.activity_id)
