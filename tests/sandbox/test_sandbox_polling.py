"""Long polling: offsets, waiting, conflicts, what is asked for."""

import asyncio
from datetime import timedelta

import pytest

from sandbox import ApiError, SandboxClock, Telegram
from sandbox.model import User
from sandbox.updates import FIRST_UPDATE_ID


def texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@pytest.fixture
def three(tg: Telegram, aigerim: User) -> int:
    """Three updates wait; the id of the first."""
    for text in ("бір", "екі", "үш"):
        tg.people.text(aigerim.id, text)
    return FIRST_UPDATE_ID + 1  # the start was the very first


async def test_updates_come_again_until_a_higher_offset_confirms_them(
    tg: Telegram, three: int
) -> None:
    assert texts(await tg.call("getUpdates", {})) == ["бір", "екі", "үш"]
    assert texts(await tg.call("getUpdates", {"limit": 2})) == ["бір", "екі"]
    assert texts(await tg.call("getUpdates", {"offset": three + 1})) == ["екі", "үш"]
    assert texts(await tg.call("getUpdates", {"offset": three + 3})) == []


async def test_a_negative_offset_keeps_the_latest(tg: Telegram, three: int) -> None:
    assert texts(await tg.call("getUpdates", {"offset": -1})) == ["үш"]
    assert texts(await tg.call("getUpdates", {})) == ["үш"]
    assert three


async def test_a_waiting_poll_is_woken_by_an_update(tg: Telegram, aigerim: User) -> None:
    poll = asyncio.ensure_future(tg.call("getUpdates", {"timeout": 20}))
    await asyncio.sleep(0)
    tg.people.text(aigerim.id, "мен")

    assert texts(await asyncio.wait_for(poll, 1)) == ["мен"]


async def test_a_poll_ends_empty_when_its_time_is_over(tg: Telegram) -> None:
    tg.updates.arrivals.version = 5

    assert await asyncio.wait_for(tg.updates.poll({"timeout": 0.01}), 1) == []


async def test_a_newer_poll_ends_the_older_with_a_conflict(tg: Telegram) -> None:
    older = asyncio.ensure_future(tg.call("getUpdates", {"timeout": 20}))
    await asyncio.sleep(0)
    await tg.call("getUpdates", {})

    with pytest.raises(ApiError, match="409 Conflict: terminated by other getUpdates request"):
        await asyncio.wait_for(older, 1)


async def test_a_poll_is_a_conflict_while_a_webhook_is_set(tg: Telegram) -> None:
    await tg.call("setWebhook", {"url": "http://127.0.0.1:9/"})

    with pytest.raises(ApiError, match="409 Conflict: can't use getUpdates method while webhook"):
        await tg.call("getUpdates", {})


async def test_setting_a_webhook_ends_a_waiting_poll(tg: Telegram) -> None:
    poll = asyncio.ensure_future(tg.call("getUpdates", {"timeout": 20}))
    await asyncio.sleep(0)
    await tg.call("setWebhook", {"url": "http://127.0.0.1:9/"})

    with pytest.raises(ApiError, match="409 Conflict"):
        await asyncio.wait_for(poll, 1)


async def test_only_allowed_updates_are_queued_and_the_choice_is_kept(
    tg: Telegram, aigerim: User
) -> None:
    await tg.call("getUpdates", {"allowed_updates": ["callback_query"]})
    tg.people.text(aigerim.id, "естілмейді")
    tg.people.press_data(aigerim.id, 1, "x")

    updates = await tg.call("getUpdates", {})

    assert [list(update) for update in updates] == [["update_id", "callback_query"]]


async def test_updates_older_than_a_day_are_lost(
    tg: Telegram, clock: SandboxClock, three: int
) -> None:
    clock.advance(timedelta(hours=24, seconds=1))

    assert await tg.call("getUpdates", {}) == []
    assert three


async def test_polls_are_not_in_the_record_of_calls(tg: Telegram) -> None:
    await tg.call("getUpdates", {})
    await tg.call("getMe", {})

    assert [call.method for call in tg.api_calls] == ["getMe"]
