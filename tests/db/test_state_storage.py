"""aiogram's storage over our database: what it promises to the dispatcher, and across a restart."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StorageKey

from bot.shared_state import SharedStorage
from bot.state import DatabaseStorage
from db.database import Database
from db.models import DialogState
from db.receipts import Receipt, in_work

KEY = StorageKey(bot_id=42, chat_id=-7, user_id=7)
OTHER = StorageKey(bot_id=42, chat_id=-7, user_id=8)


class Talk(StatesGroup):
    topic = State()


def clock() -> datetime:
    return datetime(2026, 3, 1, 7, tzinfo=UTC)


@pytest.fixture
async def storage(database: Database) -> AsyncIterator[DatabaseStorage]:
    storage = DatabaseStorage(database, clock)
    yield storage
    await storage.close()


async def rows(database: Database) -> int:
    async with database.reading() as uow:
        return await uow.session.scalar(sa.select(sa.func.count()).select_from(DialogState)) or 0


async def test_nothing_is_kept_at_first(storage: DatabaseStorage) -> None:
    assert await storage.get_state(KEY) is None
    assert await storage.get_data(KEY) == {}


async def test_state_and_draft_are_kept_apart_for_each_key(storage: DatabaseStorage) -> None:
    await storage.set_state(KEY, Talk.topic)
    await storage.set_data(KEY, {"topic": "жол қауіпсіздігі", "people": 12})
    await storage.set_state(OTHER, "plain:text")

    assert await storage.get_state(KEY) == "Talk:topic"
    assert await storage.get_data(KEY) == {"topic": "жол қауіпсіздігі", "people": 12}
    assert await storage.get_state(OTHER) == "plain:text"
    assert await storage.get_data(OTHER) == {}


async def test_drafts_of_two_destinies_and_two_bots_differ(storage: DatabaseStorage) -> None:
    keys = [
        KEY,
        StorageKey(bot_id=43, chat_id=-7, user_id=7),
        StorageKey(bot_id=42, chat_id=-7, user_id=7, thread_id=3),
        StorageKey(bot_id=42, chat_id=-7, user_id=7, destiny="search"),
        StorageKey(bot_id=42, chat_id=-7, user_id=7, business_connection_id="b"),
    ]
    for number, key in enumerate(keys):
        await storage.set_data(key, {"number": number})
    assert [(await storage.get_data(key))["number"] for key in keys] == [0, 1, 2, 3, 4]


async def test_a_draft_is_merged_and_single_values_are_read(storage: DatabaseStorage) -> None:
    await storage.set_data(KEY, {"a": 1})
    assert await storage.update_data(KEY, {"b": 2}) == {"a": 1, "b": 2}
    assert await storage.get_value(KEY, "b") == 2
    assert await storage.get_value(KEY, "c", 3) == 3


async def test_what_a_handler_does_to_its_copy_changes_nothing(storage: DatabaseStorage) -> None:
    draft = {"places": ["park"]}
    await storage.set_data(KEY, draft)
    draft["places"].append("school")
    (await storage.get_data(KEY))["places"].append("shop")
    assert await storage.get_data(KEY) == {"places": ["park"]}


async def test_a_cleared_conversation_leaves_no_row(
    storage: DatabaseStorage, database: Database
) -> None:
    context = FSMContext(storage, KEY)
    await context.set_state(Talk.topic)
    await context.update_data(topic="x")
    assert await rows(database) == 1
    await context.clear()
    assert await rows(database) == 0
    assert (await context.get_state(), await context.get_data()) == (None, {})


async def test_everything_is_there_after_a_restart(
    storage: DatabaseStorage, database: Database
) -> None:
    await storage.set_state(KEY, Talk.topic)
    await storage.set_data(KEY, {"topic": "x"})
    restarted = DatabaseStorage(database, clock)
    assert await restarted.get_state(KEY) == "Talk:topic"
    assert await restarted.get_data(KEY) == {"topic": "x"}


async def test_memory_is_bounded_and_what_it_forgets_is_read_again(database: Database) -> None:
    storage = DatabaseStorage(database, clock, remembered=3)
    keys = [StorageKey(bot_id=42, chat_id=number, user_id=number) for number in range(10)]
    for number, key in enumerate(keys):
        await storage.set_data(key, {"number": number})
    assert len(storage._memory) == 3
    assert [(await storage.get_data(key))["number"] for key in keys] == list(range(10))
    assert len(storage._memory) == 3


async def test_known_conversations_cost_no_query(
    storage: DatabaseStorage, database: Database
) -> None:
    await storage.set_state(KEY, Talk.topic)
    async with database.transaction() as uow:
        await uow.dialog_states.delete(storage._keys.build(KEY))
    assert await storage.get_state(KEY) == "Talk:topic"


@pytest.mark.parametrize("draft", [{"at": clock()}, {"x": {1, 2}}, {"x": float("nan")}])
async def test_only_json_is_kept(storage: DatabaseStorage, draft: dict[str, object]) -> None:
    await storage.set_data(KEY, {"a": 1})
    with pytest.raises((TypeError, ValueError)):
        await storage.set_data(KEY, draft)
    assert await storage.get_data(KEY) == {"a": 1}


async def test_a_draft_that_is_no_mapping_is_refused(storage: DatabaseStorage) -> None:
    with pytest.raises(DataNotDictLikeError):
        await storage.set_data(KEY, ["a"])  # type: ignore[arg-type]


async def test_a_write_that_fails_is_not_remembered(
    storage: DatabaseStorage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await storage.set_state(KEY, "first")

    def fail() -> datetime:
        raise OSError("disk full")

    monkeypatch.setattr(storage, "_clock", fail)
    with pytest.raises(OSError, match="disk full"):
        await storage.set_state(KEY, "second")
    assert await storage.get_state(KEY) == "first"
    assert await rows(database) == 1


def update(number: int) -> Receipt:
    return Receipt(number, "here", clock(), clock)


async def changed_twice(storage: BaseStorage) -> None:
    """Have two updates change the dialogue, the second in two hearings that come to nothing."""
    with in_work(update(1)):
        await storage.set_state(KEY, Talk.topic)
        await storage.set_data(KEY, {"people": 12})
    second = update(2)
    for _ in range(2):
        with in_work(second):
            assert await storage.get_data(KEY) == {"people": 12}
            assert await storage.get_state(KEY) == "Talk:topic"
            await storage.set_state(KEY, None)
            await storage.set_data(KEY, {"people": 13, "place": "here"})
            assert await storage.get_data(KEY) == {"people": 13, "place": "here"}


async def test_a5_an_update_that_is_heard_again_finds_the_dialogue_as_before_it(
    storage: DatabaseStorage,
) -> None:
    await changed_twice(storage)

    with in_work(update(3)):
        assert await storage.get_state(KEY) is None
        assert await storage.get_data(KEY) == {"people": 13, "place": "here"}


async def test_a5_another_process_hears_it_with_the_dialogue_as_before_it(
    database: Database, redis_url: str
) -> None:
    here = SharedStorage(redis_url, database, clock)
    elsewhere = SharedStorage(redis_url, database, clock)
    await changed_twice(here)

    with in_work(update(2)):
        assert await elsewhere.get_state(KEY) == "Talk:topic"
        assert await elsewhere.get_data(KEY) == {"people": 12}
        await elsewhere.set_data(KEY, {"people": 14})
    with in_work(update(3)):
        assert await here.get_state(KEY) == "Talk:topic"
        assert await here.get_data(KEY) == {"people": 14}
    for each in (here, elsewhere):
        await each.close()


async def test_a6_an_update_whose_effect_is_there_keeps_the_dialogue_it_has_left(
    database: Database, redis_url: str
) -> None:
    here = SharedStorage(redis_url, database, clock)
    await changed_twice(here)
    done = update(2)
    done.effected_at = clock()

    with in_work(done):
        assert await here.get_data(KEY) == {"people": 13, "place": "here"}
    await here.close()
