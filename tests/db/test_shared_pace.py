"""Several processes and one limit: together within it, answers first, and without Redis too."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest
import redis
from structlog.testing import capture_logs

from bot import shared_pace
from bot.pace import MARGIN, HeldError, Limits, Pace, as_notice
from bot.shared_pace import SharedBucket

PATIENCE_S = 10
REDIS_PATIENCE_S = shared_pace._PATIENCE_S
RATE = 100.0
# Nobody listens there.
NOWHERE = "redis://127.0.0.1:1/0"

OpenPace = Callable[[str], Pace]


@pytest.fixture
async def open_pace(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OpenPace]:
    """Open a pace as a process of its own would; on a busy machine Redis may take its time."""
    monkeypatch.setattr(shared_pace, "_PATIENCE_S", 5.0)
    async with AsyncExitStack() as stack:

        def open_one(url: str) -> Pace:
            limits = Limits(overall_per_s=RATE / MARGIN)
            pace = Pace(limits, bucket=SharedBucket(RATE, url, bot_id=42))
            stack.push_async_callback(pace.close)
            return pace

        yield open_one


async def say(pace: Pace, *, notice: bool = False) -> float:
    """Wait for the turn and return the moment it came."""
    if notice:
        with as_notice():
            await pace.turn(None, patience_s=PATIENCE_S)
    else:
        await pace.turn(None, patience_s=PATIENCE_S)
    return time.monotonic()


async def broadcast(pace: Pace, count: int) -> list[float]:
    return await asyncio.gather(*(say(pace, notice=True) for _ in range(count)))


@pytest.mark.parametrize("notice", [False, True])
async def test_two_processes_keep_the_limit_together(
    redis_url: str, open_pace: OpenPace, *, notice: bool
) -> None:
    paces = [open_pace(redis_url), open_pace(redis_url)]
    start = time.monotonic()

    both = await asyncio.gather(*(say(pace, notice=notice) for pace in paces for _ in range(100)))

    # What a late loop makes up for, and not one more; never quicker than the limit.
    assert max(both) - start > (200 - 1) / RATE - 0.11
    shares = [sum(1 for each in half if each - start < 1) for half in (both[:100], both[100:])]
    assert sum(shares) <= RATE * 1.11 + 1


async def test_answers_of_one_process_go_before_notices_of_another(
    redis_url: str, open_pace: OpenPace
) -> None:
    web, scheduler = open_pace(redis_url), open_pace(redis_url)
    notices = asyncio.ensure_future(broadcast(scheduler, 300))
    await asyncio.sleep(0.3)

    waits = []
    for _ in range(10):
        asked = time.monotonic()
        waits.append(await say(web) - asked)
    assert not notices.done()
    last_answer = time.monotonic()

    # In one queue each would have waited for the two seconds and more that the notices take.
    assert sorted(waits)[5] < 0.2
    assert max(await notices) > last_answer + 1


async def test_c1_a_refusal_met_by_one_process_holds_the_others(
    redis_url: str, open_pace: OpenPace
) -> None:
    first, second = open_pace(redis_url), open_pace(redis_url)
    await say(second)
    start = time.monotonic()
    await first.refused(1)

    with pytest.raises(HeldError):
        await say(second, notice=True)
    assert await say(second) - start > 0.9

    await first.refused(10_072)
    with pytest.raises(HeldError) as held:
        await say(second)
    assert 10_060 < held.value.seconds <= 10_072


async def test_one_refusal_met_by_many_slows_all_down_once(
    redis_url: str, open_pace: OpenPace
) -> None:
    paces = [open_pace(redis_url), open_pace(redis_url)]
    for pace in paces * 5:
        await pace.refused(1)

    with redis.Redis.from_url(redis_url) as client:
        assert float(client.hget("komekshi:pace:42", "rate")) == pytest.approx(RATE * 0.9)


async def test_nothing_stays_in_redis_for_long(redis_url: str, open_pace: OpenPace) -> None:
    pace = open_pace(redis_url)
    await say(pace)
    await pace.refused(10_072)

    with redis.Redis.from_url(redis_url) as client:
        assert client.keys() == [b"komekshi:pace:42"]
        assert 0 < client.ttl("komekshi:pace:42") <= 600


async def test_redis_emptied_in_the_middle_stops_nobody_and_nobody_rushes(
    redis_url: str, open_pace: OpenPace
) -> None:
    paces = [open_pace(redis_url), open_pace(redis_url)]
    start = time.monotonic()
    speaking = asyncio.gather(*(broadcast(pace, 75) for pace in paces))
    with redis.Redis.from_url(redis_url) as client:
        for _ in range(3):
            await asyncio.sleep(0.3)
            client.flushdb()
            client.script_flush()

    first, second = await speaking

    assert max(*first, *second) - start > (150 - 1) / RATE - 0.11


async def test_without_redis_each_goes_by_its_own_pace_and_says_so_once(
    open_pace: OpenPace,
) -> None:
    pace = open_pace(NOWHERE)
    start = time.monotonic()

    with capture_logs() as said:
        await broadcast(pace, 50)
        await pace.refused(5)
        with pytest.raises(HeldError):
            await say(pace, notice=True)

    assert time.monotonic() - start > (50 - 1) / RATE - 0.11
    assert [line["event"] for line in said] == ["pace_is_own"]


async def test_redis_that_hangs_is_not_waited_for_and_is_asked_again_later(
    redis_url: str, open_pace: OpenPace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_pace, "_ASK_AGAIN_S", 0.2)
    monkeypatch.setattr(shared_pace, "_PATIENCE_S", REDIS_PATIENCE_S)
    pace = open_pace(redis_url)
    await say(pace)
    with redis.Redis.from_url(redis_url) as client, capture_logs() as said:
        client.client_pause(1_000)
        start = time.monotonic()
        await say(pace)
        waited = time.monotonic() - start
        client.client_unpause()
        await asyncio.sleep(0.3)
        await say(pace)

    assert 0.3 < waited < 0.95
    assert [line["event"] for line in said] == ["pace_is_own", "pace_is_shared"]
