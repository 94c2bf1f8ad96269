"""One evening's digests of all districts, over the single best grouped query on the same data.

The query gives the same sums in one statement and does nothing with its rows. The figures of the
digests are asked in at most three statements, whatever the number of districts, and turned into
what is kept. The whole run makes the digest of a coordinator in each district: it also asks who
wants one and which are made, and writes each with its notice, which the query does not.
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
from zoneinfo import ZoneInfo

from sqlalchemy import delete, event

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
from bot.services.digest_making import DigestMaking
from bot.services.geofence import Fences
from bot.services.shift_times import ShiftRules, midnight
from bot.services.territory import ServedDistrict, TerritoryService
from db.database import Database
from db.engine import create_engine
from db.migrate import upgrade
from db.models.digests import Digest, DigestKind
from db.models.grants import Grant, Role
from db.models.outbox import OutboxMessage
from db.models.people import Person

_ROUNDS: Final = 15
_GOAL: Final = 1.5
_MOST_STATEMENTS: Final = 3
# A Tuesday: no digest of a week comes.
_EVENING: Final = date(2026, 3, 10)
_ZONE: Final = ZoneInfo("Asia/Qostanay")
_LONGEST: Final = ShiftRules().close
_NOW: Final = datetime(2026, 3, 10, 20, tzinfo=_ZONE)
_ENTRIES_OF_A_DAY: Final = 13_700
_PACK: Final = Path(__file__).parents[1] / "content" / "kostanay"

_FLOOR: Final = """
    SELECT district_code, kind, category,
        SUM(local_date = :day), SUM(CASE WHEN local_date = :day THEN people_reached ELSE 0 END),
        SUM(local_date < :day), SUM(CASE WHEN local_date < :day THEN people_reached ELSE 0 END),
        SUM(local_date = :eve), SUM(CASE WHEN local_date = :eve THEN people_reached ELSE 0 END)
    FROM activities
    WHERE local_date BETWEEN :since AND :day AND state NOT IN ('withdrawn', 'rejected')
        AND same_as_id IS NULL
    GROUP BY district_code, kind, category
    UNION ALL
    SELECT district_code, '', NULL,
        SUM(local_date = :day), SUM(MAX(0, ends - MAX(begins, :day_begins))),
        SUM(local_date < :day AND local_date >= :since),
        SUM(MAX(0, MIN(ends, :day_begins) - MAX(begins, :since_begins))),
        SUM(local_date = :eve), SUM(MAX(0, MIN(ends, :day_begins) - MAX(begins, :eve_begins)))
    FROM (
        SELECT district_code, local_date, julianday(started_at) AS begins,
            julianday(CASE state WHEN 'closed' THEN ended_at WHEN 'open' THEN :now END) AS ends
        FROM shifts WHERE local_date BETWEEN DATE(:since, '-7 days') AND :day
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
        times: list[tuple[float, float, float]] = []
        for _ in range(_ROUNDS):
            statements.clear()
            start = process_time()
            kept = await _figures(database)
            read, asked = process_time(), len(statements)
            rows = floor.execute(_FLOOR, _moments()).fetchall()
            between = process_time()
            made = await _run(database)
            times.append((read - start, between - read, process_time() - between))
            await _forget(database)
        floor.close()
    finally:
        await database.close()
    _must_agree(kept, rows)
    ours, bare, whole = (median(column) * 1000 for column in zip(*times, strict=True))
    ratio = median(pair[0] / pair[1] for pair in times)
    print(f"data               {sizes.entries:,} entries, {sizes.assistants:,} assistants")
    print(f"one grouped query  {bare:8.1f} ms, {len(rows):,} rows")
    print(f"the figures        {ours:8.1f} ms, {len(kept):,} districts")
    print(f"ratio              {ratio:8.2f} (goal: at most {_GOAL})")
    print(f"statements         {asked:8} (goal: at most {_MOST_STATEMENTS})")
    print(f"the whole run      {whole:8.1f} ms, {made:,} digests made, each with its notice")
    print(f"ratio              {whole / bare:8.2f} (of the whole run, writing included)")
    return 0 if ratio <= _GOAL and asked <= _MOST_STATEMENTS else 1


async def _figures(database: Database) -> dict[str, dict[str, Any]]:
    span = span_of(DigestKind.DAILY, _EVENING)
    async with database.reading() as uow:
        return await read_kept(uow, span, None, zone=_ZONE, now=_NOW, longest=_LONGEST)


async def _run(database: Database) -> int:
    """Make the digests of the evening as the timetable does; return how many."""
    await DigestMaking(database, lambda: _NOW, zone=_ZONE, longest=_LONGEST).run_due()
    async with database.reading() as uow:
        return len(await uow.digests.list_made({_EVENING}))


async def _forget(database: Database) -> None:
    async with database.transaction() as uow:
        await uow.session.execute(delete(OutboxMessage))
        await uow.session.execute(delete(Digest))


def _counted(database: Database) -> list[str]:
    """Return the list that every statement asked of the tables is put on."""
    statements: list[str] = []

    def note(*args: Any) -> None:  # noqa: ANN401 - an event of SQLAlchemy
        if args[2].startswith("SELECT"):
            statements.append(args[2])

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    return statements


def _moments() -> dict[str, str | float]:
    since, eve = _EVENING - timedelta(days=DAYS_BEFORE), _EVENING - timedelta(days=1)
    days = {"day": _EVENING, "since": since, "eve": eve}
    begins = {f"{name}_begins": _julian(midnight(day, _ZONE)) for name, day in days.items()}
    now = _NOW.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return {name: day.isoformat() for name, day in days.items()} | begins | {"now": now}


def _julian(moment: datetime) -> float:
    """Return the moment as SQLite's ``julianday`` does."""
    return moment.timestamp() / 86_400 + 2_440_587.5


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
    await _appoint(database, codes)
    await _forget(database)


async def _appoint(database: Database, codes: Iterable[str]) -> None:
    """Give each district a coordinator who gets digests from this evening on."""
    since = _NOW - timedelta(hours=1)
    async with database.transaction() as uow:
        people = {code: Person(created_at=since) for code in codes}
        uow.session.add_all(people.values())
        await uow.session.flush()
        uow.session.add_all(
            Grant(person_id=person.id, role=Role.COORDINATOR, district_code=code, given_at=since)
            for code, person in people.items()
        )


def _must_agree(kept: dict[str, dict[str, Any]], rows: Iterable[tuple[Any, ...]]) -> None:
    """Make sure that both gave the same sums: entries and people, shifts and minutes, the eve's."""
    counted = [0] * 12
    for _, kind, _, *sums in rows:
        for place, each in enumerate(sums):
            counted[place + (0 if kind else 6)] += each or 0
    counted[7::2] = [round(days * 86_400_000) for days in counted[7::2]]
    told = [0] * 12
    for figures in kept.values():
        eve, shifts = figures["eve"], figures.get("shifts", (0, 0))
        worked_ms = figures.get("worked_ms", (0, 0))
        results = [(e[2], e[4], e[3], e[5], 0, 0) for e in figures["results"]]
        results += [(0, 0, 0, 0, *each[2:]) for each in eve["results"]]
        of_shifts = (shifts[0], worked_ms[0], shifts[1], worked_ms[1])
        sums = [*map(sum, zip(*results, strict=True))] if results else [0] * 6
        sums += [*of_shifts, eve.get("shifts", 0), eve.get("worked_ms", 0)]
        told = [had + more for had, more in zip(told, sums, strict=True)]
    # Milliseconds of many rows, added up as days, are off by rounding.
    near = all(abs(a - b) <= a // 10**6 for a, b in zip(told, counted, strict=True))
    if not near or not told[0]:
        raise AssertionError(f"both must give the same sums: {counted} and {told}")
