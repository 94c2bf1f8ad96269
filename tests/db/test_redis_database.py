"""The Redis database a test gets is its worker's own, and empty."""

import pytest
import redis


@pytest.mark.parametrize("turn", [1, 2])
def test_redis_is_empty_at_the_beginning_of_each_test(redis_url: str, turn: int) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("turn", turn)
