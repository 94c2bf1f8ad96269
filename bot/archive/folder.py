"""An archive in a folder of this machine."""

import asyncio
import os
import re
from pathlib import Path

from bot.services.attachment_files import ArchiveError

_NAME = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,5})?")


class FolderArchive:
    """Files under their names, in folders of the first two digits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: bytes) -> None:
        """Keep a file; again under its name changes nothing."""
        await asyncio.to_thread(self._put, self._place(name), content)

    async def delete(self, name: str) -> None:
        """Delete a file, or nothing when it is not there."""
        await asyncio.to_thread(self._delete, self._place(name))

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ArchiveError("not a name of a file of the archive")
        return self._folder / name[:2] / name

    @staticmethod
    def _put(place: Path, content: bytes) -> None:
        part = _part(place)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as to:
                to.write(content)
                to.flush()
                os.fsync(to.fileno())
            part.replace(place)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ArchiveError(f"ARCHIVE_DIR: {error.strerror}") from error

    @staticmethod
    def _delete(place: Path) -> None:
        try:
            place.unlink(missing_ok=True)
            # Of a process that was killed while it wrote.
            _part(place).unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveError(f"ARCHIVE_DIR: {error.strerror}") from error


def _part(place: Path) -> Path:
    """Return where a file stands until it is whole."""
    return place.with_name(f"{place.name}.part")
