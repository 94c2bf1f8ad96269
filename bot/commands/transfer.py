"""`transfer`: everything from one database into another, empty one."""

import asyncio
from argparse import Namespace

from pydantic import SecretStr, TypeAdapter, ValidationError

from bot.commands.database_refusals import database_told_plainly
from bot.commands.keeping import database_at, kept_plainly
from bot.config import Settings
from bot.services.audit import AuditReport, verify
from bot.services.backups import transfer
from bot.services.clock import system_clock
from bot.setting_types import DatabaseUrl
from bot.start_error import StartError
from db.refilling import Refilled
from db.revision import require_current


def main(settings: Settings, args: Namespace) -> int:
    """Transfer, and print what arrived; 1 when the journal that arrived is not whole.

    Raises:
        StartError: an address is missing or none, or a database cannot be used or is not empty.
    """
    source = _url("FROM", args.source, settings.transfer.source)
    target = _url("TO", args.target, settings.transfer.target)
    with kept_plainly():
        filled, report = asyncio.run(_transfer(source, target))
    print(f"transferred: {filled.rows} rows of {filled.tables} tables, compared one by one")
    if report.problem is not None:
        print(f"the journal is broken: {report.problem}")
        return 1
    print(f"the journal is whole: {report.count} records")
    print("set DATABASE_URL to the new database before the bot starts again")
    return 0


def _url(which: str, given: str | None, set_as: SecretStr | None) -> str:
    if given is None:
        if set_as is None:
            raise StartError(f"{which}_URL: is neither given nor set as TRANSFER_{which}_URL")
        return set_as.get_secret_value()
    try:
        checked: SecretStr = TypeAdapter(DatabaseUrl).validate_python(given)
    except ValidationError:
        raise StartError(
            f"{which}: must be sqlite+aiosqlite:///path/to/file.db"
            " or postgresql+psycopg://user:password@host/name"
        ) from None
    return checked.get_secret_value()


async def _transfer(source: str, target: str) -> tuple[Refilled, AuditReport]:
    async with database_at(source) as here, database_at(target) as there:
        with database_told_plainly("FROM"):
            await require_current(here.engine)
        with database_told_plainly("TO"):
            filled = await transfer(here, there, now=system_clock())
            return filled, await verify(there)
