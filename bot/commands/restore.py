"""`restore`: a backup back into an empty database, without those who were erased since."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.keeping import database_at, kept_plainly, passphrase
from bot.config import Settings
from bot.content import load_content
from bot.pack import activity_rules, shift_rules
from bot.services.audit import AuditReport, verify
from bot.services.backups import restore
from bot.services.clock import system_clock
from bot.services.erasure import erase_again
from bot.services.erasure_list import LIST_NAME, read_list
from bot.services.ownership import owner_of
from bot.services.retention import Terms, forget_old
from bot.start_error import StartError
from db.database import UnitOfWork
from db.refilling import Refilled


@dataclass
class _Outcome:
    """What came in, who was erased again, and the state of the journal."""

    filled: Refilled | None = None
    erased: int = 0
    report: AuditReport | None = None


def main(settings: Settings, args: Namespace) -> int:
    """Restore, and print what came in; 1 when the journal that came in is not whole.

    Raises:
        StartError: the file cannot be believed, or the database cannot be used or is not empty.
    """
    path, lists = Path(args.file), _lists(settings, args)
    with kept_plainly():
        done = asyncio.run(_restore(settings, path, lists))
    if done.filled is None or done.report is None:
        raise StartError("nothing was restored")
    filled = done.filled
    print(f"restored: {filled.rows} rows of {filled.tables} tables, made at {filled.made_at} UTC")
    print(f"erased again: {done.erased}")
    if not lists:
        print(
            f"there is no {LIST_NAME} beside the backup: whoever was erased after it is back",
            file=sys.stderr,
        )
    if done.report.problem is not None:
        print(f"the journal is broken: {done.report.problem}", file=sys.stderr)
        return 1
    print(f"the journal is whole: {done.report.count} records")
    return 0


def _lists(settings: Settings, args: Namespace) -> list[Path]:
    """Return the lists of erasures that are there: the one named, or those in the usual places."""
    if args.erasures is not None:
        named = Path(args.erasures)
        if not named.is_file():
            raise StartError(f"{named}: there is no such file")
        return [named]
    places = {Path(args.file).parent / LIST_NAME, settings.backup.dir / LIST_NAME}
    return sorted(place for place in places if place.is_file())


async def _restore(settings: Settings, path: Path, lists: Sequence[Path]) -> _Outcome:
    content = load_content(settings.region.content_dir / settings.region.region)
    terms = Terms(shift_rules(content).keep_positions, files=settings.archive.term)
    done, now = _Outcome(), system_clock()

    async def afterwards(uow: UnitOfWork) -> None:
        bot_id = await owner_of(uow)
        erasures = [each for found in lists for each in read_list(found, bot_id)]
        done.erased = await erase_again(uow, activity_rules(content), erasures, now)
        await forget_old(uow, terms, now)

    async with database_at(settings.database.url.get_secret_value()) as db:
        done.filled = await restore(
            db, path, passphrase=passphrase(settings), afterwards=afterwards
        )
        done.report = await verify(db)
    return done
