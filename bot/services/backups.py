"""Backups: made while the bot runs, restored into an empty place; and data moved to another one."""

import asyncio
import errno
import fcntl
import os
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bot.services.backup_file import BackupFileError, BackupWriter, read_blocks
from db.database import Database, UnitOfWork
from db.dumping import Tally, dump
from db.errors import BrokenStreamError
from db.refilling import Afterwards, Refilled, refill

_PART = ".part"


class BackupError(Exception):
    """No backup could be made or restored; the text is one line, without secrets."""


class DiskFullError(BackupError):
    """There is no room for the backup."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that holds the whole database as it was at one moment; ``size`` is in bytes."""

    path: Path
    revision: str
    tables: int
    rows: int
    size: int


async def back_up(db: Database, path: Path, *, passphrase: str | None, now: datetime) -> Backup:
    """Write the whole database into a new file, as it is now; others go on writing meanwhile.

    Until it is whole the file has another name, and on any failure there is none.

    Raises:
        BackupError: the file is there already, or cannot be written.
        DatabaseUnavailableError: the database cannot be read.
    """
    tally = Tally()
    with _new_file(path) as file:
        # A key out of a passphrase takes its time, and others are served meanwhile.
        writer = await asyncio.to_thread(BackupWriter, file, passphrase)
        async with aclosing(dump(db.engine, made_at=now, tally=tally)) as blocks:
            async for block in blocks:
                await asyncio.to_thread(writer.write, block)
        await asyncio.to_thread(writer.finish)
        size = file.tell()
    return Backup(path, tally.revision, tally.tables, tally.rows, size)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(path.name + _PART)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Nobody but the bot's own user reads it.
        file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror}") from error
    with file:
        try:
            # A process that was killed has let go of the lock, and what it left is written over.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(f"{path}: is being made by another process") from error
        try:
            if path.exists():
                raise BackupError(f"{path}: is there already, and nothing is overwritten")
            file.truncate()
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.rename(path)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            kind = DiskFullError if full else BackupError
            raise kind(f"{path}: {error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)


async def restore(
    db: Database, path: Path, *, passphrase: str | None, afterwards: Afterwards
) -> Refilled:
    """Put a backup into an empty database; ``afterwards`` runs before anybody can see it.

    Raises:
        BackupError: the file cannot be read or believed, or is sealed with another passphrase.
        DatabaseUnavailableError: the database cannot be used, is not empty, or the backup is of a
            newer release.
    """
    try:
        with path.open("rb") as file:
            async with aclosing(_read(file, passphrase)) as blocks:
                return await refill(db.engine, blocks, afterwards=afterwards)
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror}") from error
    except (BackupFileError, BrokenStreamError) as error:
        raise BackupError(f"{path}: {error}") from error


async def _read(file: BinaryIO, passphrase: str | None) -> AsyncGenerator[bytes]:
    blocks = read_blocks(file, passphrase)
    while (block := await asyncio.to_thread(next, blocks, None)) is not None:
        yield block


async def transfer(source: Database, target: Database, *, now: datetime) -> Refilled:
    """Move everything from one database into an empty one, compared by counts and sums.

    The source stays as it is. Nobody may write into it meanwhile: what comes later is left behind.

    Raises:
        BackupError: what arrived is not what was sent.
        DatabaseUnavailableError: one of the databases cannot be used, or the target is not empty.
    """
    try:
        async with aclosing(dump(source.engine, made_at=now, tally=Tally())) as blocks:
            return await refill(target.engine, blocks, afterwards=_nothing)
    except BrokenStreamError as error:
        raise BackupError(f"the stream {error}") from error


async def _nothing(_uow: UnitOfWork) -> None:
    """Do nothing afterwards: erasures and terms are those of the source."""
