"""`audit verify`: recount the chain of the journal."""

import asyncio
import sys
from argparse import Namespace

from bot.commands.database_refusals import database_told_plainly
from bot.config import Settings
from bot.services.audit import AuditReport, Checkpoint, verify
from bot.start_error import StartError
from db.database import Database
from db.engine import create_engine
from db.revision import require_current


def main(settings: Settings, args: Namespace) -> int:
    """Print what was found; 0 when the chain is whole, 1 when it is not.

    Raises:
        StartError: the checkpoint is none, or the database cannot be used.
    """
    try:
        checkpoint = None if args.checkpoint is None else Checkpoint.parse(args.checkpoint)
    except ValueError as error:
        raise StartError(f"--checkpoint: {error}") from error
    with database_told_plainly():
        report = asyncio.run(_verify(settings.database.url.get_secret_value(), checkpoint))
    if report.problem is not None:
        print(f"the journal is broken: {report.problem}", file=sys.stderr)
        print(f"it is whole up to record {report.count}", file=sys.stderr)
        return 1
    print(f"the journal is whole: {report.count} records")
    print(f"checkpoint {report.checkpoint}")
    return 0


async def _verify(url: str, checkpoint: Checkpoint | None) -> AuditReport:
    engine = create_engine(url)
    try:
        await require_current(engine)
        return await verify(Database(engine), checkpoint=checkpoint)
    finally:
        await engine.dispose()
