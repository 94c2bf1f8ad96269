"""One pace for all processes: the moment when the next call may go, kept in Redis.

Redis keeps nothing else of it, and nothing that is lost with it: without Redis each process goes by
a pace of its own, and comes back by itself.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.pace import CATCH_UP_S, FASTER_PER_S, SLOWER, SLOWEST, OwnBucket, Turn

log = structlog.get_logger(__name__)

# A call that would wait longer for its turn to be told goes by the process's own pace.
_PATIENCE_S = 0.5
_ASK_AGAIN_S = 2.0
# Everybody who speaks prolongs it. Who forgets a longer silence meets one refusal more.
_KEPT_S: Final = 600

# The moments are in Redis's own time, so the clocks of the processes do not matter. As in
# `OwnBucket`: an answer moves the moment on, a notice takes it only when it has come.
_SCRIPT: Final = f"""
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local act, full, seconds = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'free_at', 'rate', 'rate_at', 'held_until')
local free_at, rate = tonumber(kept[1] or now), math.min(full, tonumber(kept[2] or full))
local rate_at, held_until = tonumber(kept[3] or now), tonumber(kept[4] or 0)
local held = math.max(0, held_until - now)
local taken, wait = 0, held

local function rise(at)
    rate = math.min(full, rate + full * {FASTER_PER_S!r} * math.max(0, at - rate_at))
    rate_at = math.max(at, rate_at)
end

if act == 'refused' then
    if held == 0 then
        rise(now)
        rate = math.max(rate * {SLOWER}, full * {SLOWEST})
    end
    held_until = math.max(held_until, now + seconds)
    rate_at, free_at, held = held_until, held_until, held_until - now
elseif act ~= 'look' and held <= seconds then
    if act == 'notice' and free_at > now then
        wait = free_at - now
    else
        local at = math.max(free_at, now - {CATCH_UP_S})
        rise(at)
        taken, wait, free_at = 1, at - now, at + 1 / rate
    end
end
if act ~= 'look' then
    redis.call('HSET', KEYS[1],
        'free_at', string.format('%.6f', free_at), 'rate', string.format('%.6f', rate),
        'rate_at', string.format('%.6f', rate_at), 'held_until', string.format('%.6f', held_until))
end
redis.call('EXPIRE', KEYS[1], {_KEPT_S})
return {{taken, string.format('%.6f', wait), string.format('%.6f', held)}}
"""


class SharedBucket:
    """A bucket of all processes of one bot.

    Args:
        rate: calls a second.
        url: Redis, as ``redis://host:6379/0``.
        bot_id: whose limit it is.
        now: a clock that never goes back, in seconds.
    """

    def __init__(
        self, rate: float, url: str, bot_id: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._key = f"komekshi:pace:{bot_id}"
        self._own = OwnBucket(rate, now)
        self._now = now
        self._lost_until: float | None = None
        self._redis = Redis.from_url(
            url,
            socket_timeout=_PATIENCE_S,
            socket_connect_timeout=_PATIENCE_S,
            retry=Retry(NoBackoff(), 0),
        )
        self._script = self._redis.register_script(_SCRIPT)

    async def take(self, patience_s: float, *, notice: bool) -> Turn:
        """Take the next turn of all processes."""
        turn = await self._ask("notice" if notice else "answer", patience_s)
        return turn or await self._own.take(patience_s, notice=notice)

    async def refused(self, retry_after_s: float) -> None:
        """Hold all processes."""
        # Here it counts whatever becomes of Redis.
        await self._own.refused(retry_after_s)
        await self._ask("refused", retry_after_s)

    async def held_s(self) -> float:
        """Return how long Telegram wants silence yet, by whoever was told so."""
        turn = await self._ask("look", 0.0)
        return self.known_held_s() if turn is None else turn.held_s

    def known_held_s(self) -> float:
        """Return how long Telegram wants silence yet, as far as this process was told so."""
        return self._own.known_held_s()

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    async def _ask(self, act: str, seconds: float) -> Turn | None:
        """Return Redis's answer; ``None`` while there is none."""
        if self._lost_until is not None and self._now() < self._lost_until:
            return None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                taken, wait, held = await self._script([self._key], [act, self._rate, seconds])
        except (RedisError, OSError, TimeoutError) as error:
            if self._lost_until is None:
                log.warning("pace_is_own", reason=type(error).__name__)
            self._lost_until = self._now() + _ASK_AGAIN_S
            return None
        if self._lost_until is not None:
            self._lost_until = None
            log.info("pace_is_shared")
        return Turn(bool(taken), float(wait), float(held))
