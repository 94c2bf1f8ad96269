"""`seed`: what it writes and prints, and where it refuses to."""

import asyncio
from argparse import Namespace
from pathlib import Path

import pytest

from bot.commands import audit, seed
from bot.config import Settings, load_settings
from bot.services.ownership import SANDBOX_BOT_ID, ForeignDataError, bind, owner_of
from bot.start_error import StartError
from db.database import Database
from db.engine import create_engine
from db.migrate import upgrade

ROOT = Path(__file__).parents[2]
A_REAL_BOT = 123_456
ROWS = ("people", "assistants", "shifts", "activities", "activity_versions")


def options(**given: object) -> Namespace:
    asked = {"assistants": 5, "entries": 20, "days": None, "seed": 1, "until": "2026-03-09T15:00"}
    return Namespace(**(asked | given))


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(ROOT)
    return load_settings(
        Path("no such file"),
        {"DATABASE_URL": database_url, "CERTIFICATE_KEY_FILE": str(tmp_path / "key")},
    )


async def bound_to(url: str, bot_id: int) -> None:
    db = Database(create_engine(url))
    try:
        await upgrade(db.engine)
        await bind(db, bot_id)
    finally:
        await db.close()


async def owner_and_people(url: str) -> tuple[str | None, int]:
    db = Database(create_engine(url))
    try:
        async with db.reading() as uow:
            return await owner_of(uow), await uow.people.count_assistants(None, "")
    finally:
        await db.close()


def test_rows_are_written_counted_and_timed(
    settings: Settings, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert seed.main(settings, options()) == 0

    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines} >= set(ROWS)
    assert "activities                     20" in lines
    assert lines[-1].startswith("together")
    assert lines[-1].endswith("rows per second")
    assert asyncio.run(owner_and_people(database_url)) == (str(SANDBOX_BOT_ID), 5)
    assert audit.main(settings, Namespace(checkpoint=None)) == 0


def test_a_database_of_real_people_stays_as_it_is(settings: Settings, database_url: str) -> None:
    asyncio.run(bound_to(database_url, A_REAL_BOT))

    with pytest.raises(StartError) as refused:
        seed.main(settings, options())

    assert str(refused.value) == (
        f"DATABASE_URL: the data belong to the bot with the number {A_REAL_BOT};"
        " its people are real, invented ones go elsewhere"
    )
    assert asyncio.run(owner_and_people(database_url)) == (str(A_REAL_BOT), 0)


def test_no_real_bot_starts_among_invented_people(settings: Settings, database_url: str) -> None:
    seed.main(settings, options())

    with pytest.raises(ForeignDataError):
        asyncio.run(bound_to(database_url, A_REAL_BOT))


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"assistants": 0}, "--assistants: must be from 1 to 1000000"),
        ({"entries": -1}, "--entries: must be from 0 to 1000000000"),
        ({"days": 1}, "--days: must be from 2 to 3650"),
        ({"until": "soon"}, "--until: must be YYYY-MM-DDTHH:MM in the region's time"),
    ],
)
def test_sizes_that_cannot_be_are_told(
    settings: Settings, given: dict[str, object], line: str
) -> None:
    with pytest.raises(StartError) as refused:
        seed.main(settings, options(**given))

    assert str(refused.value) == line


def test_more_entries_than_fit_into_the_days_are_told(settings: Settings) -> None:
    with pytest.raises(StartError, match=r"--entries: too many for 3 days: at least \d+ days"):
        seed.main(settings, options(entries=1000, days=3))


def test_the_pack_without_its_words_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sample.words.FILE", "nowhere.toml")

    with pytest.raises(StartError, match=r"CONTENT_DIR: nowhere.toml:1: must be there"):
        seed.main(settings, options())
