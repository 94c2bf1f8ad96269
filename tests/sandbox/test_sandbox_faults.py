"""Faults on request: what the bot meets on a bad day."""

import pytest
from aiohttp import ClientSession

from sandbox import ApiError, ConnectionDroppedError, SandboxClock, Server, Telegram
from sandbox.model import User


async def test_server_errors_come_as_often_as_asked_and_have_no_effect(
    tg: Telegram, aigerim: User
) -> None:
    tg.faults.change({"server_error": {"left": 2}})
    seen = len(tg.chat(aigerim.id).messages)

    for _ in range(2):
        with pytest.raises(ApiError, match="502 Bad Gateway"):
            await tg.call("sendMessage", {"chat_id": aigerim.id, "text": "a"})

    assert len(tg.chat(aigerim.id).messages) == seen
    await tg.call("sendMessage", {"chat_id": aigerim.id, "text": "a"})
    assert len(tg.chat(aigerim.id).messages) == seen + 1


async def test_a_dropped_connection_hides_that_the_message_went(
    tg: Telegram, aigerim: User
) -> None:
    tg.faults.change({"drop_connection": {"left": 1}})

    with pytest.raises(ConnectionDroppedError):
        await tg.call("sendMessage", {"chat_id": aigerim.id, "text": "жетті"})

    assert tg.chat(aigerim.id).messages[-1]["text"] == "жетті"
    assert not tg.api_calls[-1].ok


async def test_answers_to_presses_are_not_rate_limited(tg: Telegram, aigerim: User) -> None:
    tg.faults.change({"rate_limit": {"left": 1}})
    query = tg.people.press_data(aigerim.id, 1, "x")

    assert await tg.call("answerCallbackQuery", {"callback_query_id": query})
    assert tg.faults.rate_limit.left == 1


async def test_updates_are_repeated_and_turned_round(tg: Telegram, aigerim: User) -> None:
    tg.faults.change({"repeat_updates": True, "reorder_updates": True})
    tg.people.text(aigerim.id, "бір")
    tg.people.text(aigerim.id, "екі")

    assert [u["message"]["text"] for u in tg.take_updates()] == ["екі", "екі", "бір", "бір"]
    assert tg.take_updates() == []


async def test_polling_meets_repeated_updates_too(tg: Telegram, aigerim: User) -> None:
    tg.faults.change({"repeat_updates": True})
    tg.people.text(aigerim.id, "бір")

    updates = await tg.call("getUpdates", {})

    assert updates[0] == updates[1]
    assert await tg.call("getUpdates", {"offset": updates[0]["update_id"] + 1}) == []


async def test_the_last_update_can_come_once_more(tg: Telegram, aigerim: User) -> None:
    tg.people.text(aigerim.id, "бір")
    first = tg.take_updates()

    assert tg.updates.repeat_last()
    assert tg.take_updates() == first


@pytest.mark.parametrize(
    "wanted",
    [
        {"flood": True},
        {"repeat_updates": 1},
        {"rate_limit": {"left": -1}},
        {"rate_limit": {"left": True}},
        {"rate_limit": {"every": 2}},
        {"server_error": 3},
        {"change": {}},
    ],
)
def test_unknown_faults_are_refused(tg: Telegram, wanted: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="fault"):
        tg.faults.change(wanted)


async def test_limits_refuse_the_whole_bot_above_thirty_a_second(
    tg: Telegram, clock: SandboxClock
) -> None:
    people = [tg.add_user(f"P{number}") for number in range(40)]
    for person in people:
        person.started = True
    tg.faults.change({"enforce_limits": True})

    for person in people[:30]:
        await tg.call("sendMessage", {"chat_id": person.id, "text": "a"})
    with pytest.raises(ApiError, match="429") as refused:
        await tg.call("sendMessage", {"chat_id": people[30].id, "text": "a"})
    assert refused.value.retry_after == 5
    clock.tick(seconds=4.9)
    with pytest.raises(ApiError, match="retry after 1"):
        await tg.call("sendMessage", {"chat_id": people[30].id, "text": "a"})
    clock.tick(seconds=0.1)
    await tg.call("sendMessage", {"chat_id": people[30].id, "text": "a"})

    assert tg.faults.limits.refused == 2
    assert tg.faults.to_json()["enforce_limits"] is True


async def test_limits_bear_a_burst_in_a_chat_and_then_one_a_second(
    tg: Telegram, clock: SandboxClock, aigerim: User, daniyar: User
) -> None:
    daniyar.started = True
    tg.faults.change({"enforce_limits": True})
    hello = {"chat_id": aigerim.id, "text": "a"}

    for _ in range(10):
        await tg.call("sendMessage", hello)
    with pytest.raises(ApiError, match="retry after 1"):
        await tg.call("sendMessage", hello)
    await tg.call("sendMessage", {"chat_id": daniyar.id, "text": "a"})  # others are free
    await tg.call("deleteMessage", {"chat_id": aigerim.id, "message_id": 2})  # not counted
    clock.tick(seconds=1)
    await tg.call("sendMessage", hello)


async def test_a_withdrawn_token_is_refused_at_every_door(tg: Telegram) -> None:
    tg.faults.change({"token_withdrawn": True})

    for method in ("getMe", "getUpdates"):
        with pytest.raises(ApiError, match="401 Unauthorized"):
            await tg.call(method, {})


async def test_broken_answers_are_a_page_a_piece_and_nothing(
    tg: Telegram, server: Server, client: ClientSession
) -> None:
    tg.faults.change({"broken_answer": {"left": 3}})
    url = f"{server.url}/bot{tg.token}/getMe"

    answers = []
    for _ in range(4):
        async with client.post(url) as response:
            answers.append((response.status, await response.text()))

    page, piece, nothing, whole = answers
    assert (page[0], page[1][:6]) == (502, "<html>")
    assert piece == (200, '{"ok":true,"resu')
    assert nothing == (200, "")
    assert whole[1].startswith('{"ok": true')
