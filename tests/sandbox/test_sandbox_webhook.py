"""Webhook delivery: secret, order, retries, an answer that carries a call."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox import Server, Telegram
from sandbox.model import User
from tests.sandbox.doors import until


class Hook:
    """A bot's webhook that keeps what it got and answers as told."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.refused: set[str] = set()
        self.answer: dict[str, Any] | None = None
        self.got: list[dict[str, Any]] = []
        self.headers: list[str | None] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.statuses.pop(0) if self.statuses else 200
        if self.got[-1]["message"]["text"] in self.refused:
            status = 503
        return web.json_response(self.answer, status=status)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def hook(server: Server) -> AsyncIterator[Hook]:  # noqa: ARG001  it delivers
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret_and_confirmed_by_200(
    tg: Telegram, aigerim: User, hook: Hook
) -> None:
    await tg.call("setWebhook", {"url": hook.url, "secret_token": "s3cret"})
    tg.people.text(aigerim.id, "бір")

    await until(lambda: not tg.updates.pending)

    assert (hook.texts, hook.headers) == (["бір"], ["s3cret"])


async def test_without_a_secret_there_is_no_header(tg: Telegram, aigerim: User, hook: Hook) -> None:
    await tg.call("setWebhook", {"url": hook.url})
    tg.people.text(aigerim.id, "бір")

    await until(lambda: not tg.updates.pending)

    assert hook.headers == [None]


@pytest.mark.parametrize(("wanted", "used"), [(0, 1), (-3, 1), (7, 7), (100, 100), (1000, 100)])
async def test_a_number_of_connections_out_of_bounds_becomes_the_nearest(
    tg: Telegram, aigerim: User, hook: Hook, wanted: int, used: int
) -> None:
    await tg.call("setWebhook", {"url": hook.url, "max_connections": wanted})
    tg.people.text(aigerim.id, "бір")

    await until(lambda: not tg.updates.pending)

    assert hook.texts == ["бір"]
    assert (await tg.call("getWebhookInfo", {}))["max_connections"] == used


async def test_a_failed_update_is_repeated_and_the_order_is_kept(
    tg: Telegram, aigerim: User, hook: Hook
) -> None:
    hook.statuses = [500, 302, 404]
    tg.people.text(aigerim.id, "бір")
    tg.people.text(aigerim.id, "екі")
    await tg.call("setWebhook", {"url": hook.url})

    await until(lambda: not tg.updates.pending)

    assert hook.texts == ["бір", "бір", "бір", "бір", "екі"]
    information = await tg.call("getWebhookInfo", {})
    assert information["last_error_message"].startswith("Wrong response from the webhook: 404")
    assert information["pending_update_count"] == 0


async def test_a_dead_address_is_told_in_the_webhooks_information(
    tg: Telegram, aigerim: User, hook: Hook
) -> None:
    await tg.call("setWebhook", {"url": "http://127.0.0.1:1/"})
    tg.people.text(aigerim.id, "бір")
    await until(lambda: bool(tg.updates.webhook.last_error))
    information = await tg.call("getWebhookInfo", {})

    await tg.call("setWebhook", {"url": hook.url})
    await until(lambda: not tg.updates.pending)

    assert information["pending_update_count"] == 1
    assert "last_error_date" in information
    assert hook.texts == ["бір"]


async def test_an_answer_may_carry_a_call(tg: Telegram, aigerim: User, hook: Hook) -> None:
    hook.answer = {"method": "sendMessage", "chat_id": aigerim.id, "text": "жауап"}
    await tg.call("setWebhook", {"url": hook.url})
    tg.people.text(aigerim.id, "бір")

    await until(lambda: not tg.updates.pending)

    assert tg.chat(aigerim.id).messages[-1]["text"] == "жауап"


async def test_a_refused_call_in_an_answer_is_logged_and_the_update_is_done(
    tg: Telegram, aigerim: User, hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    hook.answer = {"method": "sendMessage", "chat_id": 5, "text": "жауап"}
    await tg.call("setWebhook", {"url": hook.url})
    tg.people.text(aigerim.id, "бір")

    await until(lambda: not tg.updates.pending)

    assert "chat not found" in caplog.text


async def test_faults_repeat_and_reorder_posted_updates(
    tg: Telegram, aigerim: User, hook: Hook
) -> None:
    tg.faults.change({"repeat_updates": True, "reorder_updates": True})
    tg.people.text(aigerim.id, "бір")
    tg.people.text(aigerim.id, "екі")
    await tg.call("setWebhook", {"url": hook.url})

    # The last one is confirmed before it is repeated.
    await until(lambda: len(hook.texts) == 4 and not tg.updates.pending)

    assert hook.texts == ["екі", "екі", "бір", "бір"]


async def test_an_accepted_update_does_not_come_again_to_the_next_webhook(
    tg: Telegram, aigerim: User, hook: Hook
) -> None:
    hook.statuses = [200] + [500] * 1000
    tg.people.text(aigerim.id, "бір")
    tg.people.text(aigerim.id, "екі")
    await tg.call("setWebhook", {"url": hook.url})
    await until(lambda: len(hook.got) > 2)
    hook.statuses = []
    await tg.call("setWebhook", {"url": hook.url, "secret_token": "next"})

    await until(lambda: not tg.updates.pending)

    assert hook.texts.count("бір") == 1
    assert hook.texts[-1] == "екі"


async def test_a_bot_that_deletes_its_webhook_gets_no_more_of_the_batch(
    tg: Telegram, aigerim: User, hook: Hook
) -> None:
    hook.answer = {"method": "deleteWebhook"}
    tg.people.text(aigerim.id, "бір")
    tg.people.text(aigerim.id, "екі")
    await tg.call("setWebhook", {"url": hook.url})
    await until(lambda: not tg.updates.webhook.url)

    (left,) = await tg.call("getUpdates", {"offset": hook.got[-1]["update_id"] + 1})

    assert hook.texts == ["бір"]
    assert left["message"]["text"] == "екі"


async def test_deleting_the_webhook_stops_delivery_and_can_drop_what_waits(
    tg: Telegram, aigerim: User, hook: Hook
) -> None:
    hook.statuses = [500] * 1000
    await tg.call("setWebhook", {"url": hook.url, "allowed_updates": ["message"]})
    tg.people.text(aigerim.id, "бір")
    await until(lambda: bool(hook.got))
    await tg.call("deleteWebhook", {"drop_pending_updates": True})
    await asyncio.sleep(0.05)
    tried = len(hook.got)
    await asyncio.sleep(0.05)

    assert len(hook.got) == tried
    information = await tg.call("getWebhookInfo", {})
    assert information == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "allowed_updates": ["message"],
    }


async def test_a_persons_update_that_is_not_accepted_holds_up_nobody_else(
    tg: Telegram, aigerim: User, hook: Hook
) -> None:
    other = tg.add_user("Ерлан")
    hook.refused = {"бір"}
    await tg.call("setWebhook", {"url": hook.url})
    tg.people.text(aigerim.id, "бір")
    await until(lambda: bool(hook.got))
    tg.people.text(aigerim.id, "екі")
    tg.people.text(other.id, "үш")
    await until(lambda: "үш" in hook.texts)

    assert "екі" not in hook.texts
    hook.refused = set()
    await until(lambda: not tg.updates.pending)
    assert hook.texts[-1] == "екі"
