"""A soak from its start to its verdict: started, hurt, left to settle, and checked."""

import asyncio
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import make_url

from bench.soak.city import CityPlan, Figures
from bench.soak.city_process import city_process
from bench.soak.faults import Faults
from bench.soak.invariants import broken, count_laid_aside
from bench.soak.logs import leadings
from bench.soak.plan import Outcome, Plan
from bench.soak.processes import START_S, Supervised, listens
from bench.soak.record import Record
from bench.soak.settling import FIRST_ID, settle
from bench.soak.verdict import facts_of, judge, judge_notices
from bench.soak.ways import Gate, balancer
from bench.soak.words import CONTENT, LOCALES
from bot.config import load_settings
from bot.processes import set_webhook
from db.database import Database
from db.engine import create_engine
from db.migrate import upgrade
from db.models import OutboxMessage, OutboxState
from db.models.inbox import UNFINISHED, InboxUpdate

TOKEN: Final = "7000000002:" + "soak" * 9
_SECRET: Final = secrets.token_hex(32)
_ADMIN: Final = FIRST_ID - 1
_LOOK_S: Final = 0.5
_SETTLE_S: Final = 240.0


class Soak:
    """One run of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._outcome = Outcome()

    async def run(self) -> Outcome:
        """Run it all.

        Raises:
            ComesNotUpError: the bot did not.
        """
        plan = self._plan
        certificate_seed = secrets.token_bytes(32)
        engine = create_engine(plan.database_url)
        await upgrade(engine)
        self._database = Database(engine)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._database.close)
            self._souls = await settle(self._database, plan.people, plan.seed, certificate_seed)
            self._city = await stack.enter_async_context(city_process(self._city_plan()))
            self._gate = await self._open_gate(stack)
            await self._start(stack, self._city.url, certificate_seed)
            await Faults(
                plan,
                self._outcome,
                bots=self._bots,
                city=self._city,
                gate=self._gate,
                database=self._database,
                souls=self._souls,
            ).run()
            await self._city.wish("rest")
            self._outcome.settled_s = await self._settled()
            for each in self._bots:
                await each.stop()
            await self._conclude()
        return self._outcome

    def _city_plan(self) -> CityPlan:
        # Each is asked about every five seconds: thinking, and waiting for an answer.
        at_once = min(len(self._souls), max(2, round(self._plan.per_s * 6)))
        return CityPlan(TOKEN, self._souls, [_ADMIN], at_once, self._plan.seed)

    async def _open_gate(self, stack: AsyncExitStack) -> Gate:
        url = make_url(self._plan.database_url)
        gate = Gate(url.host or "127.0.0.1", url.port or 5432)
        await gate.open()
        stack.push_async_callback(gate.shut)
        return gate

    async def _start(self, stack: AsyncExitStack, telegram: str, certificate_seed: bytes) -> None:
        """Start all processes of the bot and wait until they serve."""
        plan = self._plan
        ports = _free_ports(2)
        front = await stack.enter_async_context(balancer(ports))
        through = make_url(plan.database_url).set(host="127.0.0.1", port=self._gate.port)
        environment = {
            "BOT_TOKEN": TOKEN,
            "FIRST_ADMIN_ID": str(_ADMIN),
            "TELEGRAM_API_URL": telegram,
            "DATABASE_URL": through.render_as_string(hide_password=False),
            "REDIS_URL": plan.redis_url,
            "CONTENT_DIR": str(CONTENT),
            "LOCALES_DIR": str(LOCALES),
            "CERTIFICATE_KEY": certificate_seed.hex(),
            "BACKUP_DIR": str(plan.folder / "backups"),
            "WEBHOOK_URL": f"http://127.0.0.1:{front}",
            "WEBHOOK_SECRET": _SECRET,
            "LOG_FORMAT": "json",
        }
        await set_webhook(load_settings(plan.folder / ".env", environment), remove=False)
        webs = [
            Supervised(f"web-{n}", "web", {**environment, "WEBHOOK_PORT": str(port)}, plan.folder)
            for n, port in enumerate(ports, 1)
        ]
        schedulers = [
            Supervised(f"scheduler-{n}", "scheduler", environment, plan.folder)
            for n in range(1, plan.schedulers + 1)
        ]
        self._bots = [*webs, *schedulers]
        self._outcome.logs = [each.log for each in self._bots]
        group = await stack.enter_async_context(asyncio.TaskGroup())
        for each in self._bots:
            group.create_task(each.run(), name=each.name)
            stack.push_async_callback(each.stop, 0.0)
        await _wait_for(lambda: _serve(ports, self._outcome.logs), START_S)

    async def _settled(self) -> float:
        """Wait until nothing is under way any more; return how long it took, in seconds."""
        began = time.monotonic()
        while time.monotonic() - began < _SETTLE_S:
            figures = await self._city.wish("figures")
            assert isinstance(figures, Figures)  # noqa: S101 - what this wish is answered with
            if not (figures.busy or figures.pending or await self._count_under_way()):
                break
            await asyncio.sleep(_LOOK_S)
        return time.monotonic() - began

    async def _count_under_way(self) -> int:
        count = sa.select(sa.func.count())
        inbox = count.where(InboxUpdate.state.in_(UNFINISHED))
        outbox = count.where(
            OutboxMessage.state == OutboxState.PENDING, OutboxMessage.due_at <= sa.func.now()
        )
        async with self._database.reading() as uow:
            return sum([await uow.session.scalar(each) or 0 for each in (inbox, outbox)])

    async def _conclude(self) -> None:
        outcome = self._outcome
        record = await self._city.wish("record")
        assert isinstance(record, Record)  # noqa: S101 - what this wish is answered with
        outcome.record = record
        outcome.broken = await broken(self._database)
        outcome.laid_aside = await count_laid_aside(self._database)
        outcome.verdict = judge(record, await facts_of(self._database))
        outcome.leadings = leadings(outcome.logs)
        for each in self._bots:
            outcome.ended.update((each.kind, code) for code in each.ended)
        senders = [at for at, name in outcome.kills if name.startswith("scheduler")]
        faults = [*senders, *(at for at, _ in outcome.shaken)]
        people = [soul.telegram_id for soul in self._souls]
        rounds = [(each.began, people) for each in outcome.broadcasts]
        judge_notices(outcome.verdict, record, rounds, faults)


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in probes]
    for each in probes:
        each.close()
    return ports


class ComesNotUpError(Exception):
    """The bot does not serve, long after it was started."""


async def _wait_for(true: Callable[[], bool], seconds: float) -> None:
    for _ in range(round(seconds / _LOOK_S)):
        if true():
            return
        await asyncio.sleep(_LOOK_S)
    raise ComesNotUpError(
        f"the bot does not serve after {seconds:.0f} s; --logs keeps what it says"
    )


def _serve(ports: Sequence[int], logs: Sequence[Path]) -> bool:
    """Tell whether all the web processes listen, and somebody keeps the timetable."""
    return all(map(listens, ports)) and bool(leadings(logs))
