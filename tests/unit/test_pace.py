"""The pace: within the limits, answers first, slower after a refusal; all in virtual time."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from bench.virtual_time import run_virtually, virtual_now
from bot.pace import HeldError, Limits, Pace, as_notice

T = TypeVar("T")
PATIENCE_S = 10


def paced(limits: Limits | None = None) -> Pace:
    return Pace(limits, now=virtual_now, sleep=asyncio.sleep)


async def say(pace: Pace, chat_id: int, *, notice: bool = False) -> float:
    """Wait for the turn and return the moment it came."""
    if notice:
        with as_notice():
            await pace.turn(chat_id, patience_s=PATIENCE_S)
    else:
        await pace.turn(chat_id, patience_s=PATIENCE_S)
    return virtual_now()


async def together(*turns: Coroutine[Any, Any, T]) -> list[T]:
    return list(await asyncio.gather(*turns))


def most_in_a_second(moments: list[float]) -> int:
    ordered = sorted(moments)
    return max(sum(1 for each in ordered if start <= each < start + 1) for start in ordered)


@pytest.mark.parametrize("notice", [False, True])
def test_three_hundred_calls_take_ten_seconds_and_no_second_has_more_than_the_limit(
    *, notice: bool
) -> None:
    async def story() -> list[float]:
        pace = paced()
        return await together(*(say(pace, chat, notice=notice) for chat in range(1, 301)))

    moments = run_virtually(story())

    assert 9.9 < max(moments) < 10.3
    assert most_in_a_second(moments) <= 33  # the limit, and what a late loop makes up for


def test_answers_go_before_notices_that_wait() -> None:
    async def story() -> tuple[list[float], list[float]]:
        pace = paced()
        notices = asyncio.gather(*(say(pace, chat, notice=True) for chat in range(1, 301)))
        await asyncio.sleep(2)
        answers = await together(*(say(pace, chat) for chat in range(1_001, 1_006)))
        return [each - 2 for each in answers], await notices

    answers, notices = run_virtually(story())

    assert max(answers) < 6 / 29
    assert 10.1 < max(notices) < 10.5  # the five answers took their places


def test_a_person_who_presses_fast_is_not_kept_waiting_until_the_burst_is_spent() -> None:
    async def story() -> list[float]:
        pace = paced()
        return [await say(pace, 7) for _ in range(8)]

    moments = run_virtually(story())

    assert moments[4] < 0.2
    assert moments[5:] == pytest.approx([1, 2, 3], abs=0.1)


def test_notices_to_one_chat_are_a_second_apart() -> None:
    async def story() -> list[float]:
        pace = paced()
        return [await say(pace, 7, notice=True) for _ in range(4)]

    assert run_virtually(story()) == pytest.approx([0, 1, 2, 3], abs=0.05)


def test_a_group_gets_twenty_a_minute() -> None:
    async def story() -> float:
        pace = paced()
        for _ in range(45):
            await say(pace, -100_500)
        return virtual_now()

    assert run_virtually(story()) == pytest.approx(120, abs=1)  # five at once, then one in three


def test_the_limits_are_settings() -> None:
    async def story() -> float:
        pace = paced(Limits(overall_per_s=5, chat_per_s=2))
        await together(*(say(pace, chat) for chat in range(50)))
        return virtual_now()

    assert run_virtually(story()) == pytest.approx(10, abs=0.3)


def test_c1_everybody_waits_as_long_as_telegram_says_and_answers_go_first() -> None:
    async def story() -> tuple[float, float]:
        pace = paced()
        await pace.refused(8)
        later: dict[str, float] = {}

        async def notice() -> None:
            while True:
                try:
                    later["notice"] = await say(pace, 2, notice=True)
                except HeldError as held:
                    await asyncio.sleep(held.seconds)
                else:
                    return

        await together(notice(), say(pace, 1))
        return await say(pace, 3), later["notice"]

    _, notice = run_virtually(story())

    assert 8 < notice < 8.2


def test_c2_nobody_is_kept_waiting_for_hours() -> None:
    async def story() -> float:
        pace = paced()
        await pace.refused(10_072)
        with pytest.raises(HeldError) as held:
            await say(pace, 1)
        assert virtual_now() == 0
        await asyncio.sleep(10_072)
        await say(pace, 1)
        return held.value.seconds

    assert run_virtually(story()) == 10_072


def test_those_who_wait_when_a_refusal_comes_do_not_rush_when_it_ends() -> None:
    async def story() -> list[float]:
        pace = paced()
        waiting = asyncio.gather(*(say(pace, chat) for chat in range(1, 91)))
        await asyncio.sleep(1)
        await pace.refused(5)
        return await waiting

    after = [each for each in run_virtually(story()) if each > 1.1]

    assert min(after) >= 6
    assert most_in_a_second(after) <= 30


def test_one_refusal_met_by_many_slows_down_once_and_the_pace_comes_back() -> None:
    async def rate_over(pace: Pace, seconds: float) -> float:
        end, count = virtual_now() + seconds, 0
        while virtual_now() < end:
            await pace.turn(None, patience_s=PATIENCE_S)
            count += 1
        return count / seconds

    async def story() -> tuple[float, float]:
        pace = paced()
        for _ in range(20):
            await pace.refused(1)
        await asyncio.sleep(1)
        slower = await rate_over(pace, 5)
        await asyncio.sleep(160)
        return slower, await rate_over(pace, 5)

    slower, again = run_virtually(story())

    assert slower == pytest.approx(26.6, abs=0.6)
    assert again == pytest.approx(29.5, abs=1)  # with the little burst after a rest


def test_j6_chats_that_are_quiet_are_forgotten() -> None:
    async def story() -> int:
        pace = paced(Limits(overall_per_s=1_000))
        for chat in range(1, 20_001):
            await say(pace, chat)
        return len(pace._chats)

    assert run_virtually(story()) < 3_000


def test_j3_a_thousand_answers_a_minute_beside_an_endless_broadcast() -> None:
    async def story() -> list[float]:
        pace = paced()
        broadcast = asyncio.gather(*(say(pace, chat, notice=True) for chat in range(1, 3_001)))

        async def answer(chat: int) -> float:
            await asyncio.sleep(chat % 1_000 * 0.06)
            asked = virtual_now()
            return await say(pace, chat) - asked

        waits = await together(*(answer(chat) for chat in range(10_000, 11_000)))
        broadcast.cancel()
        await asyncio.gather(broadcast, return_exceptions=True)
        return waits

    assert max(run_virtually(story())) < 0.2
