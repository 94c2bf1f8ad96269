"""Real deadlocks on PostgreSQL: who has to give way is heard again, or told; nothing is lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.testing import capture_logs

from bot.services.states import ShiftState
from db.database import Database
from db.engine import create_engine
from db.models import InboxState, InboxUpdate
from db.models.audit import AuditHead
from db.repositories.audit import AuditRepository
from sandbox import SandboxClock
from tests.backends import PostgresqlServer, migrate_now
from tests.flows.duty import CENTRE, shifts_of
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town, found_now, open_town

# A start locks the assistant's row first and the end of the journal last.
_LOCK_FIRST = sa.text("SELECT 1 FROM assistants FOR UPDATE")
_LOCK_LAST = sa.text("SELECT 1 FROM audit_head FOR UPDATE")
_WAITS = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = :pid")


@pytest.fixture
async def town(postgresql_url: str, clock: SandboxClock) -> AsyncIterator[Town]:
    """A town on PostgreSQL, whose bot is the one to give way."""
    with PostgresqlServer(postgresql_url).database() as url:
        migrate_now(url)
        found_now(url)
        soon = sa.make_url(url).update_query_dict({"options": "-c deadlock_timeout=20ms"})
        database = Database(create_engine(soon.render_as_string(hide_password=False)))
        async with open_town(database, clock) as town:
            yield town
        await database.close()


async def start_into_deadlocks(
    town: Town, assistant: Phone, most: int, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Send a place to start a shift; return the reasons for which that was begun anew.

    Another transaction holds what the start locks last, and wants what it has locked first, up to
    so many times.
    """
    real, engine = AuditRepository.lock_head, town.database.engine
    wanting: list[asyncio.Task[None]] = []

    async def want(other: AsyncConnection) -> None:
        within = await other.begin_nested()
        await other.execute(_LOCK_FIRST)
        await within.rollback()  # the bot has given way, and may have it again

    with capture_logs() as logs:
        async with engine.connect() as other, engine.connect() as watch:
            pid = await other.scalar(sa.text("SELECT pg_backend_pid()"))
            await other.execute(sa.text("SET LOCAL deadlock_timeout = '1h'"))
            await other.execute(_LOCK_LAST)

            async def lock_head(audit: AuditRepository) -> AuditHead:
                if wanting:
                    await wanting[-1]
                if len(wanting) < most:
                    wanting.append(asyncio.create_task(want(other)))
                    while not await watch.scalar(_WAITS, {"pid": pid}):  # noqa: ASYNC110
                        await asyncio.sleep(0.005)
                elif other.in_transaction():
                    await other.rollback()
                return await real(audit)

            with monkeypatch.context() as meanwhile:
                meanwhile.setattr(AuditRepository, "lock_head", lock_head)
                await assistant.do("location", *CENTRE)
            await asyncio.gather(*wanting)
    return [each["reason"] for each in logs if each["event"] == "update_again"]


async def test_b8_a_start_that_met_deadlocks_is_heard_again_and_opens_one_shift(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")

    assert await start_into_deadlocks(town, assistant, 4, monkeypatch) == ["OperationalError"] * 4

    [shift] = await shifts_of(town, assistant)
    assert shown(assistant, "shift-card-open", at=shift.started_at) in assistant.screen


async def test_b8_a_start_that_meets_nothing_but_deadlocks_is_told_and_leaves_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")

    reasons = await start_into_deadlocks(town, assistant, 100, monkeypatch)

    assert len(reasons) == 12
    async with town.database.reading() as uow:
        failed = await uow.session.scalar(
            sa.select(InboxUpdate).where(InboxUpdate.state == InboxState.FAILED)
        )
    assert failed is not None
    assert assistant.screen == shown(assistant, "bug", reference=failed.reference)
    assert await shifts_of(town, assistant) == []

    await assistant.do("location", *CENTRE)
    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.OPEN
