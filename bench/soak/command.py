"""The command line of a soak."""

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.soak.plan import Plan
from bench.soak.report import good, told
from bench.soak.soak import Soak
from tests.backends import POSTGRESQL_URL, REDIS_URL, PostgresqlServer

_CORES = 2


def main() -> int:
    """Run a soak, print what came of it, and return 0 when every goal in it was reached."""
    flags = _flags(sys.argv[2:])
    if POSTGRESQL_URL is None or REDIS_URL is None:
        print(
            "soak: needs TEST_DATABASE_URL, a PostgreSQL on which databases may be made, and"
            " TEST_REDIS_URL, a Redis number that may be emptied",
            file=sys.stderr,
        )
        return 2
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])
    place = TemporaryDirectory() if flags.logs is None else nullcontext(flags.logs)
    with place as folder, PostgresqlServer(POSTGRESQL_URL).database() as database_url:
        Path(folder).mkdir(parents=True, exist_ok=True)
        plan = Plan(
            seconds=flags.minutes * 60,
            people=flags.people,
            per_s=flags.rate,
            schedulers=2,
            killed=frozenset({"web", "scheduler"}),
            kill_every_s=flags.kill_every,
            outage_s=flags.outage,
            storm_s=5.0,
            seed=flags.seed,
            folder=Path(folder).absolute(),
            database_url=database_url,
            redis_url=REDIS_URL,
        )
        outcome = asyncio.run(Soak(plan).run())
        for line in told(outcome):
            print(line)
    return 0 if good(outcome) else 1


def _flags(given: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m bench soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=15.0, help="updates a second")
    parser.add_argument("--kill-every", type=float, default=20.0, help="seconds between kills")
    parser.add_argument("--outage", type=float, default=30.0, help="seconds without the database")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--logs", type=Path, help="a folder that keeps the logs of all processes")
    return parser.parse_args(given)
