"""The bot was away for longer than Telegram keeps what people send."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.intake import WebhookWatch
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


@pytest.fixture
async def posted(town: Town) -> list[str]:
    """Posts that have come; the bot has a webhook, and somebody writes while it gets none."""
    person = town.phone()
    await town.telegram.call("setWebhook", {"url": "http://127.0.0.1:1/hook"})
    with town.held_back():
        await person.send("Сәлем")
    return []


@pytest.fixture
async def watch(town: Town, posted: list[str]) -> WebhookWatch:
    return WebhookWatch(town.app.bot, reached=presence(town).note, posts=lambda: len(posted))


async def looking(town: Town, watch: WebhookWatch, hours: int) -> None:
    for _ in range(hours):
        town.clock.tick(hours=1)
        await watch.look()


async def test_a10_who_only_believes_to_be_at_the_webhook_is_away(
    town: Town, watch: WebhookWatch
) -> None:
    await presence(town).note()
    began = town.clock()

    await looking(town, watch, hours=40)
    assert await absences(town) == []
    assert watch.figures() == {"komekshi_webhook_waiting": 1}

    town.telegram.take_updates()
    await watch.look()
    [absence] = await absences(town)
    assert (absence.began_at, absence.ended_at) == (began, began + timedelta(hours=16))
    assert watch.figures() == {"komekshi_webhook_waiting": 0}


async def test_a10_whom_posts_reach_is_there_though_one_is_always_on_its_way(
    town: Town, watch: WebhookWatch, posted: list[str]
) -> None:
    await presence(town).note()

    for _ in range(40):
        posted.append("an update")
        await looking(town, watch, hours=1)

    town.telegram.take_updates()
    await watch.look()
    assert await absences(town) == []


async def test_a10_nobody_who_writes_is_nobody_who_is_lost(town: Town, watch: WebhookWatch) -> None:
    town.telegram.take_updates()

    await looking(town, watch, hours=40)

    assert await absences(town) == []


async def test_a10_without_a_webhook_nothing_comes_and_it_is_said(
    town: Town, watch: WebhookWatch
) -> None:
    town.telegram.take_updates()
    await presence(town).note()
    await town.telegram.call("deleteWebhook", {})

    with capture_logs() as logs:
        await looking(town, watch, hours=40)
    assert [each["event"] for each in logs if each["log_level"] == "error"] == [
        "webhook_not_set"
    ] * 40

    await presence(town).note()
    assert len(await absences(town)) == 1


async def test_why_telegram_cannot_post_stands_in_the_log_once(
    town: Town, watch: WebhookWatch
) -> None:
    webhook = town.telegram.updates.webhook
    webhook.last_error_at, webhook.last_error = town.clock(), "Connection refused"

    with capture_logs() as logs:
        await looking(town, watch, hours=3)

    [line] = [each for each in logs if each["event"] == "webhook_failed"]
    assert (line["reason"], line["waiting"]) == ("Connection refused", 1)


async def test_telegram_away_says_nothing_of_its_posts(town: Town, watch: WebhookWatch) -> None:
    await watch.look()
    town.telegram.faults.change({"server_error": {"left": 9}})

    with capture_logs() as logs:
        await watch.look()

    assert "webhook_unknown" in [each["event"] for each in logs]
    assert watch.figures() == {}
