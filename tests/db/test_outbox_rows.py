"""The outbox: taken for a while, settled once, back again if the taker died."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from db.database import Database
from db.models import Lane, OutboxMessage, OutboxState

NOW = datetime(2026, 3, 1, 7, tzinfo=UTC)
LEASE = timedelta(minutes=2)


async def put_in(
    database: Database,
    *,
    person_id: int = 5,
    due_in: timedelta = timedelta(0),
    kind: str = "x",
) -> int:
    async with database.transaction() as uow:
        message = uow.outbox.add(
            person_id=person_id,
            kind=kind,
            args={"name": "Әлия"},
            now=NOW,
            due_at=NOW + due_in,
        )
    return message.id


async def take(database: Database, now: datetime, limit: int = 10) -> Sequence[OutboxMessage]:
    async with database.transaction() as uow:
        return await uow.outbox.take_due(limit, now, lease=LEASE)


async def read(database: Database, message_id: int) -> OutboxMessage:
    async with database.reading() as uow:
        return await uow.session.get_one(OutboxMessage, message_id)


async def test_a_message_keeps_its_values_and_is_taken_when_due(database: Database) -> None:
    message_id = await put_in(database, due_in=timedelta(hours=1))
    assert await take(database, NOW) == []

    (taken,) = await take(database, NOW + timedelta(hours=1))
    assert (taken.id, taken.person_id, taken.kind) == (message_id, 5, "x")
    assert taken.args == {"name": "Әлия"}
    assert (taken.state, taken.attempts) == (OutboxState.PENDING, 1)


async def test_the_oldest_due_go_first(database: Database) -> None:
    late = await put_in(database, person_id=5, due_in=timedelta(minutes=2))
    early = await put_in(database, person_id=6, due_in=timedelta(minutes=1))
    first = await take(database, NOW + timedelta(hours=1), limit=1)
    second = await take(database, NOW + timedelta(hours=1), limit=1)
    assert [message.id for message in [*first, *second]] == [early, late]


async def test_a_person_gets_the_next_message_when_the_one_before_is_settled(
    database: Database,
) -> None:
    first, second = await put_in(database), await put_in(database)
    other = await put_in(database, person_id=6)
    assert [message.id for message in await take(database, NOW)] == [first, other]
    assert await take(database, NOW) == []

    async with database.transaction() as uow:
        await uow.outbox.mark_sent(first, now=NOW)
    assert [message.id for message in await take(database, NOW)] == [second]


async def test_a_message_put_off_keeps_its_place_before_later_ones(database: Database) -> None:
    first, second = await put_in(database), await put_in(database)
    await take(database, NOW)
    due_at = NOW + timedelta(seconds=35)
    async with database.transaction() as uow:
        await uow.outbox.put_off(first, due_at=due_at, error="429")
    assert await take(database, NOW) == []
    assert [message.id for message in await take(database, due_at)] == [first]
    async with database.transaction() as uow:
        await uow.outbox.mark_sent(first, now=due_at)
    assert [message.id for message in await take(database, due_at)] == [second]


async def test_a_message_for_later_does_not_hold_up_one_due_now(database: Database) -> None:
    await put_in(database, due_in=timedelta(hours=1))
    now = await put_in(database)
    assert [message.id for message in await take(database, NOW)] == [now]


async def test_a_message_whose_taker_died_comes_back_after_the_lease(database: Database) -> None:
    message_id = await put_in(database)
    await take(database, NOW)
    assert await take(database, NOW + LEASE - timedelta(seconds=1)) == []
    (again,) = await take(database, NOW + LEASE)
    assert (again.id, again.attempts) == (message_id, 2)


async def test_a_message_put_in_by_an_undone_act_is_never_sent(database: Database) -> None:
    async def act() -> None:
        async with database.transaction() as uow:
            uow.outbox.add(person_id=5, kind="x", now=NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await act()
    assert await take(database, NOW) == []


async def test_a_sent_message_is_settled_with_its_number(database: Database) -> None:
    message_id = await put_in(database)
    await take(database, NOW)
    async with database.transaction() as uow:
        await uow.outbox.mark_sent(message_id, now=NOW, sent_message_id=77)
        assert await uow.outbox.count_waiting(NOW) == (0, 0)
    sent = await read(database, message_id)
    assert (sent.state, sent.sent_at, sent.sent_message_id) == (OutboxState.SENT, NOW, 77)
    assert await take(database, NOW + timedelta(days=1)) == []


async def test_a_message_put_off_waits_for_its_new_moment(database: Database) -> None:
    message_id = await put_in(database)
    await take(database, NOW)
    due_at = NOW + timedelta(seconds=35)
    async with database.transaction() as uow:
        await uow.outbox.put_off(message_id, due_at=due_at, error="429")
    assert await take(database, due_at - timedelta(seconds=1)) == []
    (again,) = await take(database, due_at)
    assert (again.attempts, again.error) == (2, "429")


async def test_failed_and_dropped_messages_rest_with_a_short_reason(database: Database) -> None:
    failed, dropped = await put_in(database), await put_in(database)
    await take(database, NOW)
    async with database.transaction() as uow:
        await uow.outbox.mark_failed(failed, error="blocked " * 200)
        await uow.outbox.mark_dropped(dropped, error="too late")
    first, second = await read(database, failed), await read(database, dropped)
    assert (first.state, second.state) == (OutboxState.FAILED, OutboxState.DROPPED)
    assert first.error is not None
    assert len(first.error) == 500
    assert await take(database, NOW + timedelta(days=1)) == []


async def test_a_late_taker_does_not_undo_what_the_next_one_settled(database: Database) -> None:
    message_id = await put_in(database)
    async with database.transaction() as uow:
        await uow.outbox.mark_sent(message_id, now=NOW)
    async with database.transaction() as uow:
        await uow.outbox.put_off(message_id, due_at=NOW, error="time-out")
    assert (await read(database, message_id)).state is OutboxState.SENT


async def test_an_answer_that_is_owed_goes_before_what_has_been_due_for_longer(
    database: Database,
) -> None:
    await put_in(database, person_id=6, due_in=timedelta(hours=-2))
    async with database.transaction() as uow:
        owed = uow.outbox.add(person_id=5, kind="y", now=NOW, lane=Lane.OWED)

    assert [message.id for message in await take(database, NOW, limit=1)] == [owed.id]


async def test_a_message_given_back_untried_keeps_its_place_and_its_attempts(
    database: Database,
) -> None:
    first, second = await put_in(database), await put_in(database)
    await take(database, NOW)
    async with database.transaction() as uow:
        await uow.outbox.release(first, error="429", attempts=1)

    (again,) = await take(database, NOW)
    assert (again.id, again.attempts) == (first, 1)
    assert second not in [message.id for message in await take(database, NOW)]


async def test_a_late_taker_gives_nothing_back_that_another_has_taken(database: Database) -> None:
    message_id = await put_in(database)
    await take(database, NOW)
    await take(database, NOW + LEASE)

    async with database.transaction() as uow:
        await uow.outbox.put_off(message_id, due_at=NOW, error="time-out", attempts=1)
        await uow.outbox.release(message_id, error="429", attempts=1)

    assert (await read(database, message_id)).taken_until == NOW + 2 * LEASE
