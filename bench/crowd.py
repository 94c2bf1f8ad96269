"""A region of any size to measure with: assistants, their phones, and a notice for each."""

import io
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from aiogram.client.session.base import BaseSession

from bot.app import App, build_app, build_bot, build_house
from bot.config import LogSettings
from bot.content import load_content
from bot.i18n import Translations
from bot.intake import IntakeLimits
from bot.log import configure
from bot.pace import Pace
from bot.retry import Requests
from bot.services.clock import Clock
from bot.state import DatabaseStorage
from db.database import Database, UnitOfWork
from db.engine import create_engine
from db.leadership import leadership
from db.migrate import upgrade
from db.models import Assistant, OutboxMessage, OutboxState, Person
from db.models.people import AssistantStatus
from sandbox.telegram import Telegram

FIRST_ID: Final = 4_000_000_000_101
DISTRICT: Final = "kostanay"
EPOCH: Final = datetime(2026, 3, 9, 10, tzinfo=UTC)
_ROOT: Final = Path(__file__).parents[1]
_SEED: Final = bytes(range(32))
_ROWS_AT_ONCE: Final = 2_000


class CountingDatabase(Database):
    """A database that knows how many transactions are open."""

    open = 0

    @asynccontextmanager
    async def transaction(self, *, effect: bool = True) -> AsyncIterator[UnitOfWork]:
        """Open a writing transaction."""
        self.open += 1
        try:
            async with super().transaction(effect=effect) as uow:
                yield uow
        finally:
            self.open -= 1

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """Open a reading transaction."""
        self.open += 1
        try:
            async with super().reading() as uow:
                yield uow
        finally:
            self.open -= 1


class _Nowhere(io.StringIO):
    """Takes lines and keeps none."""

    def write(self, text: str) -> int:
        return len(text)


def log_nowhere() -> None:
    """Log as the bot does, which costs what it costs, and let nobody read it."""
    configure(LogSettings(), _Nowhere())
    sys.excepthook = sys.__excepthook__


def add_phones(telegram: Telegram, count: int) -> None:
    """Give so many people a phone on which the bot was started."""
    for number in range(count):
        user = telegram.add_user("P", user_id=FIRST_ID + number, phone=f"+7{number:010d}")
        user.started = True


async def open_database(file: Path) -> CountingDatabase:
    """Return a new database in the file, migrated."""
    engine = create_engine(f"sqlite+aiosqlite:///{file}")
    await upgrade(engine)
    return CountingDatabase(engine)


async def open_app(
    database: Database,
    clock: Clock,
    pace: Pace,
    token: str,
    session: BaseSession,
    *,
    limits: IntakeLimits | None = None,
) -> App:
    """Return the whole bot on the database and the session."""
    content = load_content(_ROOT / "content" / "kostanay")
    texts = Translations.load(_ROOT / "locales", content.region.zone, strict=False)
    house = await build_house(
        database, clock, content, texts, "komekshi_bench_bot", certificate_seed=_SEED
    )
    bot = build_bot(token, session, Requests(pace))
    storage = DatabaseStorage(database, clock)
    return build_app(house, bot, storage, clock, leadership(database.engine), limits=limits)


async def add_people(database: Database, count: int) -> None:
    """Add so many active assistants."""
    await _add(database, count, {Person: _person, Assistant: _assistant})


async def fill(database: Database, count: int) -> None:
    """Add so many active assistants, each with one notice that is due."""
    await add_people(database, count)
    await _add(database, count, {OutboxMessage: _notice})


async def _add(
    database: Database, count: int, rows: Mapping[type, Callable[[int], dict[str, object]]]
) -> None:
    async with database.transaction() as uow:
        for start in range(0, count, _ROWS_AT_ONCE):
            numbers = range(start, min(count, start + _ROWS_AT_ONCE))
            for model, row_of in rows.items():
                await uow.session.execute(sa.insert(model), list(map(row_of, numbers)))


async def count_sent(database: Database) -> int:
    """Return how many notices are settled as sent."""
    query = sa.select(sa.func.count()).where(OutboxMessage.state == OutboxState.SENT)
    async with database.reading() as uow:
        return await uow.session.scalar(query) or 0


def _person(number: int) -> dict[str, object]:
    return {
        "id": number + 1,
        "telegram_id": FIRST_ID + number,
        "language": ("kk", "ru", "en")[number % 3],
        "full_name": f"P {number}",
        "name_key": f"p {number}",
        "phone": f"+7{number:010d}",
        "created_at": EPOCH,
    }


def _assistant(number: int) -> dict[str, object]:
    return {
        "person_id": number + 1,
        "service_number": f"39-{number:05d}",
        "district_code": DISTRICT,
        "status": AssistantStatus.ACTIVE,
        "status_reason": "",
        "status_at": EPOCH,
    }


def _notice(number: int) -> dict[str, object]:
    return {
        "person_id": number + 1,
        "kind": "district-changed",
        "args": {"district": DISTRICT},
        "created_at": EPOCH,
        "due_at": EPOCH,
        "state": OutboxState.PENDING,
        "attempts": 0,
        "lane": 1,
    }
