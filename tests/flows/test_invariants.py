"""The rules that a soak holds a database to: an honest day keeps them, and a breach is found."""

import sqlalchemy as sa

from bench.soak.invariants import broken
from db.models import InboxUpdate, OutboxMessage, Shift
from db.models.inbox import InboxState
from tests.flows.duty import on_shift
from tests.flows.results import record_talk
from tests.town import Town


async def test_a_day_by_the_rules_breaks_none_of_them(town: Town) -> None:
    # An admin who has no phone would be told of the briefing in vain.
    await town.coordinator()
    assistant = await on_shift(town)
    await record_talk(assistant)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    assert await broken(town.database) == []


async def test_rows_that_break_a_rule_are_found(town: Town) -> None:
    assistant = await on_shift(town)
    await record_talk(assistant)
    now = town.clock()
    async with town.database.transaction(effect=False) as uow:
        shift = await uow.session.scalar(sa.select(Shift))
        assert shift is not None
        row = {column.name: getattr(shift, column.name) for column in Shift.__table__.columns}
        again = row | {"id": shift.id + 1, "state": "closed", "ended_at": now}
        await uow.session.execute(sa.insert(Shift), [again])
        await uow.session.execute(
            sa.insert(InboxUpdate).values(
                update_id=1,
                lane=1,
                received_at=now,
                state=InboxState.PENDING,
                payload="{}",
                attempts=1,
            )
        )
        await uow.session.execute(
            sa.insert(InboxUpdate).values(
                update_id=2,
                lane=1,
                received_at=now,
                state=InboxState.FAILED,
                settled_at=now,
                attempts=3,
            )
        )
        await uow.session.execute(sa.update(OutboxMessage).values(state="failed", sent_at=None))
    lines = "\n".join(await broken(town.database))

    for found in (
        "begins within another",
        "pending in the inbox",
        "1 updates are failed in the inbox",
        "failed in the outbox",
        "records of a start",
    ):
        assert found in lines
