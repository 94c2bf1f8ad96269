"""The pages of operators: fit or not, and figures; told by people's acts and by what breaks."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.services.health import HealthService
from bot.services.people import Step
from bot.services.registration import RegistrationService
from db.migrate import downgrade, upgrade
from db.models import Lane, OutboxMessage
from tests.flows.steps import answer, recruit_at
from tests.flows.test_notices import apply
from tests.logbook import logging_into, records
from tests.operator import watching
from tests.town import Town

pytestmark = pytest.mark.own_trouble

FIT = {"database": "ok", "migrations": "ok", "timetable": "ok", "outbox": "ok"}


async def test_a_bot_at_work_is_fit(town: Town) -> None:
    await town.house.services.heartbeat.beat()
    async with watching(town) as operator:
        assert await operator.ask("/healthz") == (200, "ok\n")
        assert await operator.checks() == FIT


async def test_a_timetable_that_nobody_runs_makes_it_unfit_after_a_minute(town: Town) -> None:
    async with watching(town) as operator:
        assert (await operator.checks())["timetable"] == "failed"

        await town.house.services.heartbeat.beat()
        town.clock.tick(seconds=60)
        assert await operator.checks() == FIT
        town.clock.tick(seconds=1)
        assert await operator.checks() == FIT | {"timetable": "failed"}


async def test_d8_a_beat_from_before_the_clock_was_set_back_proves_nothing(town: Town) -> None:
    await town.house.services.heartbeat.beat()
    town.clock.offset -= timedelta(hours=1)
    async with watching(town) as operator:
        assert (await operator.checks())["timetable"] == "failed"


async def late_row(
    town: Town, *, age_s: int, lane: Lane = Lane.NOTICE, person_id: int = 1
) -> OutboxMessage:
    now = town.clock()
    async with town.database.transaction() as uow:
        return uow.outbox.add(
            person_id=person_id,
            kind="x",
            now=now,
            due_at=now - timedelta(seconds=age_s),
            lane=lane,
        )


@pytest.mark.parametrize(("age_s", "outbox"), [(120, "ok"), (121, "failed")])
async def test_a_notice_that_nobody_sends_makes_it_unfit_after_two_minutes(
    town: Town, age_s: int, outbox: str
) -> None:
    await town.house.services.heartbeat.beat()
    await late_row(town, age_s=age_s)
    async with watching(town) as operator:
        assert await operator.checks() == FIT | {"outbox": outbox}
        figures = await operator.figures()
    assert figures["komekshi_outbox_due"] == 1
    assert figures["komekshi_outbox_oldest_seconds"] == age_s


async def test_mass_notices_may_take_their_time(town: Town) -> None:
    await town.house.services.heartbeat.beat()
    await late_row(town, age_s=1800, lane=Lane.BULK)
    async with watching(town) as operator:
        assert await operator.checks() == FIT
        assert (await operator.figures())["komekshi_outbox_due"] == 1


async def test_a_notice_behind_one_that_was_put_off_is_not_late(town: Town) -> None:
    await town.house.services.heartbeat.beat()
    first = await late_row(town, age_s=400)
    await late_row(town, age_s=300)
    async with town.database.transaction() as uow:
        row = await uow.session.get_one(OutboxMessage, first.id)
        row.attempts = 1
        await uow.outbox.put_off(
            first.id, due_at=town.clock() + timedelta(minutes=4), error="x", attempts=1
        )
    async with watching(town) as operator:
        assert await operator.checks() == FIT
        await late_row(town, age_s=121, person_id=2)
        assert (await operator.checks())["outbox"] == "failed"


async def test_a_database_of_an_earlier_release_is_told(town: Town) -> None:
    await town.house.services.heartbeat.beat()
    async with watching(town) as operator:
        await downgrade(town.database.engine, "-1")
        assert (await operator.checks())["migrations"] == "failed"
        await upgrade(town.database.engine)
        assert await operator.checks() == FIT


async def test_b_database_of_the_next_release_still_serves(town: Town) -> None:
    await town.house.services.heartbeat.beat()
    async with town.database.transaction() as uow:
        await uow.session.execute(sa.text("UPDATE alembic_version SET version_num = 'next'"))
    async with watching(town) as operator:
        assert await operator.checks() == FIT


async def test_without_the_database_nothing_holds_and_the_loop_turns_still(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs() -> None:
        await asyncio.Event().wait()

    async def gone(_: HealthService) -> None:
        raise OSError("Kanareikina +77019998877")

    monkeypatch.setattr("bot.services.health._PATIENCE_S", 0.05)
    monkeypatch.setattr(town.database, "ping", hangs)
    monkeypatch.setattr(HealthService, "_look", gone)
    async with watching(town) as operator:
        with logging_into("json") as log:
            assert set((await operator.checks()).values()) == {"failed"}
            figures = await operator.figures()
        assert (await operator.ask("/healthz"))[0] == 200
    assert figures["komekshi_database_up"] == 0
    assert "komekshi_outbox_due" not in figures
    assert [line["reason"] for line in records(log)] == ["TimeoutError", "OSError"]
    assert "Kanareikina" not in log.getvalue()


async def test_a_bug_in_a_check_is_logged_as_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HealthService, "_beats", failing)
    async with watching(town) as operator:
        with logging_into("json") as log:
            assert await operator.checks() == FIT | {"timetable": "failed", "outbox": "failed"}

    (record,) = records(log)
    assert (record["level"], record["event"]) == ("error", "health_failed")
    assert "RuntimeError" in record["exception"]


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/healthz", "GET", 200),
        ("/readyz", "GET", 503),
        ("/metrics", "GET", 200),
        ("/", "GET", 404),
        ("/metrics", "POST", 405),
        ("/c/1234", "GET", 404),
    ],
)
async def test_g7_a_stranger_learns_no_versions_counts_and_names(
    town: Town, path: str, method: str, status: int
) -> None:
    async with watching(town) as operator:
        answer, body = await operator.look(path, method)
    assert answer.status == status
    assert "Server" not in answer.headers
    assert "aiohttp" not in body
    assert "python" not in body.lower()
    if path == "/readyz":
        assert body == "database ok\nmigrations ok\ntimetable failed\noutbox ok\n"


async def test_many_who_ask_at_one_time_cost_one_look(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, at_once, most = 0, 0, 0
    look = HealthService._look

    async def counted(self: HealthService) -> object:
        nonlocal looks, at_once, most
        looks, at_once = looks + 1, at_once + 1
        most = max(most, at_once)
        try:
            await asyncio.sleep(0.02)
            return await look(self)
        finally:
            at_once -= 1

    monkeypatch.setattr(HealthService, "_look", counted)
    async with watching(town, fresh_s=60) as operator:
        await asyncio.gather(*(operator.figures() for _ in range(10)))
    assert looks == 1
    async with watching(town) as operator:
        await asyncio.gather(*(operator.figures() for _ in range(3)))
    assert (looks, most) == (4, 1)


async def failing(*_: object) -> None:
    raise RuntimeError("a bug")


async def test_updates_notices_and_calls_are_counted_by_what_came_of_them(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = await town.coordinator()
    async with watching(town) as operator:
        before = await operator.figures()
        town.telegram.faults.change({"server_error": {"left": 1}})
        await apply(town)
        town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 1}})
        await coordinator.start()
        recruit = await recruit_at(town, Step.NAME)
        monkeypatch.setattr(RegistrationService, "give_name", failing)
        await answer(recruit, Step.NAME)
        now = await operator.figures()

    def rise(name: str) -> float:
        return now.get(name, 0) - before.get(name, 0)

    assert rise("komekshi_update_seconds_count{kind=message,outcome=done}") == 2
    assert rise("komekshi_update_seconds_count{kind=callback_query,outcome=done}") == 2
    assert rise("komekshi_update_seconds_bucket{kind=message,le=+Inf,outcome=done}") == 2
    assert rise("komekshi_update_seconds_count{kind=message,outcome=failed}") == 1
    assert rise("komekshi_notices_total{fate=sent,kind=application-received}") == 1
    assert rise("komekshi_telegram_calls_total{method=sendMessage,result=ok}") >= 3
    assert sum(rise(name) for name in now if "calls_total" in name and "result=5xx" in name) == 1
    assert sum(rise(name) for name in now if "calls_total" in name and "result=429" in name) == 1
    assert sum(rise(name) for name in now if "repeats_total" in name) == 2
    assert now["komekshi_inbox_unfinished"] == 0
    assert now["komekshi_outbox_due"] == 0
    assert now["process_resident_memory_bytes"] > 0


async def test_an_unheard_of_kind_of_update_makes_no_figure_of_its_own(town: Town) -> None:
    for name in ("Kanareika", "poll", "nothing"):
        town.app.metrics.update_finished(name, "done", 0.1)
    async with watching(town) as operator:
        figures = await operator.figures()
    assert figures["komekshi_update_seconds_count{kind=other,outcome=done}"] == 3


async def test_runs_of_jobs_are_counted_also_when_they_fail(town: Town) -> None:
    timetable, ran = town.app.leading._timetable, asyncio.Event()
    timetable.remove_all_jobs()

    async def well() -> None:
        await asyncio.sleep(0.01)

    async def badly() -> None:
        ran.set()
        await failing()

    timetable.add_job(well, id="well")
    timetable.add_job(badly, id="badly")
    with logging_into("json"):
        timetable.start()
        await ran.wait()
        await asyncio.sleep(0.1)
        timetable.shutdown(wait=False)

    async with watching(town) as operator:
        figures = await operator.figures()
    assert figures["komekshi_job_seconds_count{name=well,outcome=done}"] == 1
    assert figures["komekshi_job_seconds_sum{name=well,outcome=done}"] >= 0.01
    assert figures["komekshi_job_seconds_count{name=badly,outcome=failed}"] == 1


async def test_one_id_leads_from_an_update_to_the_notice_it_caused(town: Town) -> None:
    coordinator = await town.coordinator()
    applicant = await town.applicant()
    await town.settle()

    with logging_into("json") as log:
        await coordinator.press_data("approve:1")

    said = records(log)
    (update,) = [line for line in said if line["event"] == "update_finished"]
    (notice,) = [line for line in said if line["event"] == "notice_settled"]
    assert update["kind"] == "callback_query"
    assert update["update_id"] == notice["cause"]
    assert (notice["kind"], notice["fate"]) == ("application-approved", "sent")
    async with town.database.reading() as uow:
        row = await uow.session.get_one(OutboxMessage, notice["notice_id"])
    assert row.cause == update["update_id"]
    assert row.person_id == (await town.me(applicant)).person_id
