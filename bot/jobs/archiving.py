"""Fetching files from Telegram once: their hash always, the file itself into the archive."""

import asyncio
from hashlib import sha256

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiohttp import ClientError

from bot.archive.pictures import PictureRefusedError, harmless
from bot.services.attachment_files import (
    Archive,
    ArchiveError,
    AttachmentFileService,
    Fetched,
    ToFetch,
)
from bot.services.attachments import LARGEST_BYTES
from bot.services.states import AttachmentKind

log = structlog.get_logger(__name__)


class Archiver:
    """Brings files in and takes out those past their term.

    Args:
        archive: where files are kept; without one only their hashes are.
    """

    def __init__(self, files: AttachmentFileService, bot: Bot, archive: Archive | None) -> None:
        self._files = files
        self._bot = bot
        self._archive = archive

    async def run_due(self) -> None:
        """Fetch what came, delete what is to go; trouble with one file holds up no other."""
        for each in await self._files.to_fetch():
            try:
                content = await self._fetch(each)
                await self._files.note(each.attachment_id, await self._kept(each, content))
            except (TelegramAPIError, ClientError, TimeoutError, OSError, ArchiveError) as error:
                log.warning(
                    "file_not_fetched",
                    attachment_id=each.attachment_id,
                    reason=str(error) if isinstance(error, ArchiveError) else type(error).__name__,
                )
                await self._files.put_off(each.attachment_id)
        if self._archive is not None:
            await self._remove(self._archive)

    async def _fetch(self, each: ToFetch) -> bytes:
        file = await self._bot.download(each.file_id)
        if file is None:
            raise ArchiveError("Telegram has no such file")
        return file.read()

    async def _kept(self, each: ToFetch, content: bytes) -> Fetched:
        digest = sha256(content).hexdigest()
        if self._archive is None:
            return Fetched(digest, not_archived="no_archive")
        if len(content) > LARGEST_BYTES:
            return Fetched(digest, not_archived="too_large")
        if each.kind is not AttachmentKind.VOICE:
            try:
                content = await asyncio.to_thread(harmless, content)
            except PictureRefusedError as error:
                return Fetched(digest, not_archived=str(error))
        name = sha256(content).hexdigest()
        if await self._files.expect(each.attachment_id, name):
            await self._archive.put(name, content)
        return Fetched(digest, archived_as=name)

    async def _remove(self, archive: Archive) -> None:
        for name in await self._files.removals():
            try:
                await archive.delete(name)
            except ArchiveError as error:
                log.warning("file_not_removed", reason=str(error))
                return
            await self._files.removed(name)
