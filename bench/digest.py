"""One evening's digests of all districts, over the single best grouped query on the same data.

The query gives the same sums in one statement and does nothing with its rows. The digests ask in
at most three statements, whatever the number of districts, and turn the rows into what is kept.
"""

import asyncio
import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Final

from sqlalchemy import event

from bot.content import load_content
from bot.i18n import LANGUAGES
from bot.pack import briefing_rules, certificate_address, certificate_rules
from bot.sample.cast import Sizes
from bot.sample.scene import scene_of
from bot.sample.seeding import Seeding
from bot.sample.words import read_sample_words
from bot.services.briefing import BriefingService
from bot.services.certificate_issuing import CertificateIssuer
from bot.services.digest_days import DAYS_BEFORE, span_of
from bot.services.digest_figures import read_kept
from bot.services.geofence import Fences
from bot.services.territory import ServedDistrict, TerritoryService
from db.database import Database
from db.engine import create_engine
from db.migrate import upgrade
from db.models.digests import DigestKind

_ROUNDS: Final = 15
_GOAL: Final = 1.5
_MOST_STATEMENTS: Final = 3
_EVENING: Final = date(2026, 3, 9)
# A little before midnight in the region.
_NOW: Final = datetime(2026, 3, 9, 18, tzinfo=UTC)
_ENTRIES_OF_A_DAY: Final = 13_700
_PACK: Final = Path(__file__).parents[1] / "content" / "kostanay"

_FLOOR: Final = """
    SELECT district_code, kind, category,
        SUM(local_date = :day), SUM(CASE WHEN local_date = :day THEN people_reached ELSE 0 END),
        SUM(local_date < :day), SUM(CASE WHEN local_date < :day THEN people_reached ELSE 0 END)
    FROM activities
    WHERE local_date BETWEEN :since AND :day AND state NOT IN ('withdrawn', 'rejected')
        AND same_as_id IS NULL
    GROUP BY district_code, kind, category
    UNION ALL
    SELECT district_code, '', NULL,
        SUM(local_date = :day), SUM(CASE WHEN local_date = :day THEN worked ELSE 0 END),
        SUM(local_date < :day), SUM(CASE WHEN local_date < :day THEN worked ELSE 0 END)
    FROM (
        SELECT district_code, local_date, CASE state WHEN 'closed' THEN
            CAST(ROUND((julianday(ended_at) - julianday(started_at)) * 86400000) AS INTEGER)
            ELSE 0 END AS worked
        FROM shifts WHERE local_date BETWEEN :since AND :day
    )
    GROUP BY district_code
"""


def main() -> int:
    """Print the ratio, and return 0 when it reaches the goal."""
    sizes = _sizes(sys.argv[2:])
    with TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder) / "digest.db", sizes))


def _sizes(flags: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m bench digest", description=__doc__)
    parser.add_argument("--assistants", type=int, default=50_000)
    parser.add_argument("--entries", type=int, default=5_000_000, help="50000 is quick")
    parser.add_argument("--districts", type=int, default=400)
    return parser.parse_args(flags)


async def _measure(file: Path, sizes: Namespace) -> int:
    engine = create_engine(f"sqlite+aiosqlite:///{file}")
    database = Database(engine)
    try:
        await upgrade(engine)
        await _load(database, sizes)
        statements = _counted(database)
        floor = sqlite3.connect(file)
        floor.execute("ANALYZE")
        floor.commit()
        times: list[tuple[float, float]] = []
        for _ in range(_ROUNDS):
            statements.clear()
            start = process_time()
            kept = await _digests(database)
            between = process_time()
            rows = floor.execute(_FLOOR, _span()).fetchall()
            times.append((between - start, process_time() - between))
        floor.close()
    finally:
        await database.close()
    _must_agree(kept, rows)
    ours, bare = (median(column) * 1000 for column in zip(*times, strict=True))
    ratio = median(pair[0] / pair[1] for pair in times)
    print(f"data             {sizes.entries:,} entries, {sizes.assistants:,} assistants")
    print(f"one grouped query  {bare:8.1f} ms, {len(rows):,} rows")
    print(f"the digests        {ours:8.1f} ms, {len(kept):,} districts")
    print(f"ratio              {ratio:8.2f} (goal: at most {_GOAL})")
    print(f"statements         {len(statements):8} (goal: at most {_MOST_STATEMENTS})")
    return 0 if ratio <= _GOAL and len(statements) <= _MOST_STATEMENTS else 1


async def _digests(database: Database) -> dict[str, dict[str, Any]]:
    async with database.reading() as uow:
        return await read_kept(uow, span_of(DigestKind.DAILY, _EVENING), None)


def _counted(database: Database) -> list[str]:
    """Return the list that every statement asked of the tables is put on."""
    statements: list[str] = []

    def note(*args: Any) -> None:  # noqa: ANN401 - an event of SQLAlchemy
        if args[2].startswith("SELECT"):
            statements.append(args[2])

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    return statements


def _span() -> dict[str, str]:
    since = _EVENING - timedelta(days=DAYS_BEFORE)
    return {"day": _EVENING.isoformat(), "since": since.isoformat()}


async def _load(database: Database, sizes: Namespace) -> None:
    """Fill the database with an invented history of as many districts as wanted."""
    content = load_content(_PACK)
    codes = [f"d{number}" for number in range(sizes.districts)]
    names = dict.fromkeys(LANGUAGES, "-")
    districts = [ServedDistrict(code, names, open=True) for code in codes]
    await TerritoryService(database, lambda: _NOW).sync(districts)
    rules = briefing_rules(content.current_briefing)
    await BriefingService(database, lambda: _NOW, rules).publish([rules])
    centre = content.territory.districts[0]
    scene = replace(
        scene_of(content, read_sample_words(_PACK)),
        wheel=codes,
        star=codes[0],
        centres=dict.fromkeys(codes, (centre.lat, centre.lon)),
        fences=Fences({}),
    )
    issuer = CertificateIssuer(
        content.region.zone, certificate_rules(content), bytes(32), certificate_address("bot", None)
    )
    days = max(DAYS_BEFORE + 1, sizes.entries // _ENTRIES_OF_A_DAY)
    history = Sizes.of(sizes.assistants, sizes.entries, days)
    await Seeding(database, scene, issuer).seed(history, _NOW)


def _must_agree(kept: dict[str, dict[str, Any]], rows: Iterable[tuple[Any, ...]]) -> None:
    counted = sum(row[3] for row in rows if row[1])
    told = sum(result[2] for figures in kept.values() for result in figures["results"])
    if counted != told or not told:
        raise AssertionError(f"both must give the same sums: {counted} and {told}")
