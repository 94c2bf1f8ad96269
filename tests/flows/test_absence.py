"""The bot was away for longer than Telegram keeps what people send."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.services.presence import Presence
from db.models.operation import Absence
from sandbox import SandboxClock
from tests.phone import Phone
from tests.town import Town


def presence(town: Town) -> Presence:
    return Presence(town.database, town.clock)


async def away(town: Town, **span: float) -> None:
    await presence(town).note()
    town.clock.tick(**span)
    # Two processes come back at one time.
    await asyncio.gather(presence(town).note(), presence(town).note())
    await town.settle()


async def absences(town: Town) -> list[Absence]:
    async with town.database.reading() as uow:
        return list(await uow.session.scalars(select(Absence)))


def told(phone: Phone) -> int:
    return str([message["text"] for message in phone.inbox]).count("Telegram хранит")


async def test_a10_a_gap_is_told_once_and_its_days_are_marked(town: Town) -> None:
    coordinator, admin = await town.coordinator(), await town.admin()
    assistant = await town.assistant()
    began = town.clock()

    await away(town, hours=40)

    ended = began + timedelta(hours=16)
    words = coordinator.says("notice-absence", since=began, until=ended)
    assert [told(coordinator), told(admin), told(assistant)] == [1, 1, 0]
    assert words in [message["text"] for message in coordinator.inbox]
    assert [(each.began_at, each.ended_at) for each in await absences(town)] == [(began, ended)]


async def test_a10_a_digest_of_lost_days_says_that_it_is_incomplete(town: Town) -> None:
    """Away from Monday, 9 March, 15:00: by Wednesday sixteen hours are lost."""
    coordinator = await town.coordinator()
    me, digests = await town.me(coordinator), town.house.services.digests
    monday = await digests.today(me.person_id, "kostanay")
    began = town.clock()

    await away(town, hours=40)

    lost = (began, began + timedelta(hours=16))
    assert (await digests.view(me.person_id, monday.id)).unheard == [lost]
    assert (await digests.today(me.person_id, "kostanay")).unheard == []
    town.clock.tick(days=5, hours=13)  # Monday, 16 March, 20:00
    await town.house.services.digest_making.run_due()
    await town.settle()
    words = coordinator.says("digest-unheard", since=lost[0], until=lost[1])
    assert [words in coordinator.words(each) for each in coordinator.inbox].count(True) == 1


async def test_a10_a_day_away_loses_nothing(town: Town) -> None:
    coordinator = await town.coordinator()

    await away(town, hours=23.9)

    assert told(coordinator) == 0
    assert await absences(town) == []


async def test_a10_a_coordinator_no_more_is_not_told(town: Town, clock: SandboxClock) -> None:
    coordinator = await town.coordinator()
    await presence(town).note()
    clock.tick(hours=40)
    await presence(town).note()

    await town.dismiss(coordinator)

    assert told(coordinator) == 0
