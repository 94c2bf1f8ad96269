"""Who lives in the region of a soak: briefed assistants of its districts, and notices to them."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.soak.people import Soul
from bench.soak.words import CONTENT, REGION, content, texts
from bot.app import build_house
from bot.sample.cast import Part, Story
from bot.sample.ledger import TABLES, Ledger
from bot.sample.people import PeopleMaker
from bot.sample.scene import scene_of
from bot.sample.words import read_sample_words
from bot.services.applications import NUMBER_SERIES
from bot.services.clock import system_clock
from bot.services.shift_times import local_date
from db.database import Database
from db.models import OutboxMessage, OutboxState, Person
from db.models.outbox import Lane

FIRST_ID: Final = 4_000_000_100_000
NOTICE: Final = "district-changed"


async def settle(database: Database, count: int, seed: int, certificate_seed: bytes) -> list[Soul]:
    """Bring so many active assistants with a valid briefing and an account into the database."""
    now = system_clock()
    await build_house(
        database, system_clock, content(), texts(), "soak_bot", certificate_seed=certificate_seed
    )
    scene = scene_of(content(), read_sample_words(CONTENT / REGION))
    async with database.transaction() as uow:
        ledger = Ledger({table: await uow.bulk.last_id(table) for table in TABLES})
        coordinators: dict[str, int] = {}
        maker = PeopleMaker(scene, ledger, now, coordinators)
        coordinator = maker.coordinator(Random(seed), sorted(set(scene.wheel)), now)  # noqa: S311
        coordinators.update(dict.fromkeys(scene.wheel, coordinator))
        sequence = await uow.counters.reserve(NUMBER_SERIES, count)
        members = [
            maker.assistant(
                Random(f"{seed} {number}"),  # noqa: S311 - the same seed, the same people
                _part(number, scene.wheel[number % len(scene.wheel)], now, scene.zone),
                sequence + number,
            )
            for number in range(count)
        ]
        for table, rows in ledger.take():
            await uow.bulk.insert(table, rows)
        await uow.bulk.follow_numbers(TABLES)
        await uow.session.execute(
            sa.update(Person)
            .where(Person.id.in_([member.person_id for member in members]))
            .values(telegram_id=Person.id + FIRST_ID, blocked_at=None)
        )
    return [
        Soul(member.person_id + FIRST_ID, member.language, member.district) for member in members
    ]


def _part(number: int, district: str, now: datetime, zone: ZoneInfo) -> Part:
    """Return the part of somebody who has joined and done nothing yet."""
    today = local_date(now, zone)
    return Part(
        number=number,
        district=district,
        rank=number,
        story=Story.ORDINARY,
        first_day=today,
        last_day=today,
        on_duty=False,
        early=False,
        forgetful=False,
        vigour=1.0,
    )


async def tell_everybody(database: Database, souls: Sequence[Soul]) -> None:
    """Put a notice to each of them into the outbox, all due now."""
    now = system_clock()
    async with database.transaction() as uow:
        await uow.session.execute(
            sa.insert(OutboxMessage),
            [
                {
                    "person_id": soul.telegram_id - FIRST_ID,
                    "kind": NOTICE,
                    "args": {"district": soul.district},
                    "created_at": now,
                    "due_at": now,
                    "state": OutboxState.PENDING,
                    "attempts": 0,
                    "lane": Lane.BULK,
                }
                for soul in souls
            ],
        )


async def count_waiting(database: Database) -> int:
    """Return how many of those notices are not settled."""
    query = sa.select(sa.func.count()).where(
        OutboxMessage.kind == NOTICE, OutboxMessage.state == OutboxState.PENDING
    )
    async with database.reading() as uow:
        return await uow.session.scalar(query) or 0
