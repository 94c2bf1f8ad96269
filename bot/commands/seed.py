"""`seed`: an invented history of any size, for trying and measuring; never beside real people."""

import asyncio
import gc
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.certificate_seed import signing_seed
from bot.commands.refusals import told_plainly
from bot.config import Settings
from bot.content import Content, load_content
from bot.pack import (
    briefing_rules,
    certificate_address,
    certificate_rules,
    served_districts,
)
from bot.sample.cast import Sizes, TooMuchError
from bot.sample.scene import scene_of
from bot.sample.seeding import Progress, Seeded, Seeding, untold
from bot.sample.words import read_sample_words
from bot.services.briefing import BriefingService
from bot.services.certificate_issuing import CertificateIssuer
from bot.services.clock import system_clock
from bot.services.ownership import SANDBOX_BOT_ID, ForeignDataError, bind
from bot.services.people import Me
from bot.services.territory import TerritoryService
from bot.start_error import StartError
from db.database import Database
from db.engine import create_engine
from db.migrate import upgrade

# Whoever opens a QR code of these certificates meets the local Telegram's bot, or nobody.
_BOT_USERNAME = "komekshi_sandbox_bot"
_FEWEST_DAYS = 2
_MOST_DAYS = 3650
_MOST_ASSISTANTS = 1_000_000
_TOLD_EVERY_S = 5


def main(settings: Settings, args: Namespace) -> int:
    """Write the history and print how many rows there are and how quickly they came.

    Raises:
        StartError: the database belongs to a real bot, or the sizes cannot be.
    """
    sizes = _sizes(args)
    with told_plainly():
        content = load_content(settings.region.content_dir / settings.region.region)
        until = _until(args.until, content.region.zone)
        # Rows come and go by the million; the collector would look through each of them in vain.
        gc.disable()
        began = time.monotonic()
        try:
            history = write_history(settings, content, sizes, until, progress=_Teller(sizes))
            seeded = asyncio.run(history)
        except TooMuchError as error:
            raise StartError(f"--entries: too many for {sizes.days} days: {error}") from error
    _print(seeded, time.monotonic() - began)
    return 0


def _sizes(args: Namespace) -> Sizes:
    limits = {
        "--assistants": (args.assistants, 1, _MOST_ASSISTANTS),
        "--entries": (args.entries, 0, 10**9),
        "--days": (args.days, _FEWEST_DAYS, _MOST_DAYS),
    }
    for option, (given, least, most) in limits.items():
        if given is not None and not least <= given <= most:
            raise StartError(f"{option}: must be from {least} to {most}")
    return Sizes.of(args.assistants, args.entries, args.days, args.seed)


def _until(given: str | None, zone: ZoneInfo) -> datetime:
    """Return the moment the history ends at: now, or the local time given."""
    if given is None:
        return system_clock()
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise StartError("--until: must be YYYY-MM-DDTHH:MM in the region's time") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


async def write_history(
    settings: Settings,
    content: Content,
    sizes: Sizes,
    until: datetime,
    *,
    progress: Progress = untold,
    leads: Sequence[Me] = (),
) -> Seeded:
    """Write a history that ends at the moment into the database of the settings, whole or not.

    Args:
        leads: assistants who are there already and have a part in it.

    Raises:
        StartError, DatabaseUnavailableError, ContentError: the database or the pack cannot be used.
        TooMuchError: so many entries do not fit into the days.
    """
    words = read_sample_words(settings.region.content_dir / settings.region.region)
    engine = create_engine(settings.database.url.get_secret_value())
    try:
        await upgrade(engine)
        db = Database(engine)
        await _bind(db)
        await TerritoryService(db, lambda: until).sync(served_districts(content))
        briefings = [briefing_rules(each) for each in content.briefings]
        await BriefingService(db, lambda: until, briefings[-1]).publish(briefings)
        seeding = Seeding(db, scene_of(content, words), _issuer(settings, content))
        return await seeding.seed(sizes, until, leads=leads, progress=progress)
    finally:
        await engine.dispose()


def _issuer(settings: Settings, content: Content) -> CertificateIssuer:
    return CertificateIssuer(
        content.region.zone,
        certificate_rules(content),
        signing_seed(settings.certificates.key, settings.certificates.key_file),
        certificate_address(_BOT_USERNAME, settings.certificates.public_url),
    )


async def _bind(db: Database) -> None:
    """Make the database the sandbox's, so that no real bot ever starts with invented people.

    Raises:
        StartError: it belongs to a real bot, and so do its people.
    """
    try:
        await bind(db, SANDBOX_BOT_ID)
    except ForeignDataError as error:
        raise StartError(
            f"DATABASE_URL: {error}; its people are real, invented ones go elsewhere"
        ) from error


class _Teller:
    """Tells how far it is, now and then."""

    def __init__(self, sizes: Sizes) -> None:
        self._entries = sizes.entries
        self._told = time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._told >= _TOLD_EVERY_S:
            self._told = time.monotonic()
            print(f"{done:,} of {self._entries:,} entries", file=sys.stderr, flush=True)


def _print(seeded: Seeded, seconds: float) -> None:
    for table, rows in seeded.rows.items():
        print(f"{table:20} {rows:12,}")
    rate = seeded.total / seconds
    print(f"{'together':20} {seeded.total:12,} in {seconds:.1f} s: {rate:,.0f} rows per second")
