"""A short soak: many processes, kills and outages, and every effect there once."""

from pathlib import Path

from bench.soak.plan import Plan
from bench.soak.report import good, told
from bench.soak.soak import Soak
from tests.backends import PostgresqlServer


async def test_a5_a6_b7_killed_and_cut_off_processes_lose_and_double_nothing(
    postgresql_url: str, redis_url: str, tmp_path: Path
) -> None:
    with PostgresqlServer(postgresql_url).database() as database_url:
        plan = Plan(
            seconds=7.0,
            people=20,
            per_s=8.0,
            schedulers=1,
            killed=frozenset({"web"}),
            kill_every_s=1.5,
            outage_s=1.0,
            storm_s=0.5,
            seed=1,
            folder=tmp_path,
            database_url=database_url,
            redis_url=redis_url,
        )
        outcome = await Soak(plan).run()

    # Too short, and beside other tests, for the pace of a broadcast to mean anything.
    assert good(outcome, timed=False), "\n".join(told(outcome))
    assert [restart.name for restart in outcome.restarts] == ["web-1", "web-2"]
    assert len(outcome.kills) >= 2
    assert outcome.record.acts
    assert len(outcome.record.notices) == 20
