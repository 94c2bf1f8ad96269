"""The saved state: the phones survive a restart."""

import asyncio
import contextlib
import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from sandbox import SandboxClock, Telegram, store
from sandbox.model import User
from sandbox.page_state import state_of
from sandbox.samples import SAMPLES
from tests.sandbox.doors import MOMENT, until


async def lived_in(tg: Telegram, aigerim: User) -> None:
    here = {"chat_id": aigerim.id}
    menu = {"keyboard": [["Ауысым"]], "one_time_keyboard": True}
    await tg.call("setMyCommands", {"commands": [{"command": "a", "description": "ә"}]})
    await tg.call("setMyDescription", {"description": "Сәлем", "language_code": "kk"})
    await tg.call("sendMessage", {**here, "text": "ә 😀", "reply_markup": menu})
    await tg.call("sendPhoto", here, {"photo": SAMPLES["photo"]})
    query = tg.people.press_data(aigerim.id, 1, "x")
    await tg.call("answerCallbackQuery", {"callback_query_id": query, "text": "Иә"})
    tg.people.press_data(aigerim.id, 1, "y")
    tg.people.text(aigerim.id, "Ауысым")
    tg.people.group_text(aigerim.id, "/help")
    await tg.call("sendChatAction", {**here, "action": "typing"})
    await tg.call("setWebhook", {"url": "http://127.0.0.1:9/", "secret_token": "s"})
    tg.clock.tick(hours=3)


async def test_everything_a_phone_shows_comes_back(
    tg: Telegram, aigerim: User, tmp_path: Path
) -> None:
    await lived_in(tg, aigerim)
    store.save(tg, tmp_path / "state" / "sandbox.json")

    loaded = store.load(tmp_path / "state" / "sandbox.json", SandboxClock(base=MOMENT))

    before, after = state_of(tg), state_of(loaded)
    assert after.pop("version") > before.pop("version")
    before.pop("calls")
    after.pop("calls")
    assert after == before
    assert loaded.clock() == tg.clock()
    assert list(loaded.files.values()) == list(tg.files.values())


async def test_a_loaded_telegram_goes_on_where_it_was(
    tg: Telegram, aigerim: User, tmp_path: Path
) -> None:
    await lived_in(tg, aigerim)
    store.save(tg, tmp_path / "sandbox.json")
    loaded = store.load(tmp_path / "sandbox.json", SandboxClock(base=MOMENT))

    assert loaded.updates.webhook == tg.updates.webhook
    assert loaded.take_updates() == tg.take_updates()
    ours, theirs = (t.people.text(aigerim.id, "әрі қарай") for t in (tg, loaded))
    assert ours["message_id"] == theirs["message_id"]
    assert loaded.take_updates() == tg.take_updates()


def test_a_file_of_another_format_is_refused(tmp_path: Path, clock: SandboxClock) -> None:
    path = tmp_path / "sandbox.json"
    path.write_text(json.dumps({"format": 0}))

    with pytest.raises(ValueError, match="format 1"):
        store.load(path, clock)


async def test_changes_are_saved_as_they_come_and_at_the_end(
    tg: Telegram, aigerim: User, tmp_path: Path
) -> None:
    path = tmp_path / "sandbox.json"
    saving = asyncio.ensure_future(store.keep_saving(tg, path, pause_s=0.01))
    await until(path.exists)
    tg.people.text(aigerim.id, "соңғы сөз")
    saving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await saving

    loaded = store.load(path, SandboxClock(base=MOMENT))

    assert loaded.chat(aigerim.id).messages[-1]["text"] == "соңғы сөз"


async def test_a_slow_write_does_not_outrun_the_last_one(
    tg: Telegram, aigerim: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sandbox.json"
    write, begun = store._write, threading.Event()

    def slow_write(state: dict[str, Any], to: Path) -> None:
        if not begun.is_set():
            begun.set()
            time.sleep(0.05)
        write(state, to)

    monkeypatch.setattr(store, "_write", slow_write)
    saving = asyncio.ensure_future(store.keep_saving(tg, path))
    await until(begun.is_set)
    tg.people.text(aigerim.id, "соңғы сөз")
    saving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await saving
    await asyncio.sleep(0.1)

    loaded = store.load(path, SandboxClock(base=MOMENT))

    assert loaded.chat(aigerim.id).messages[-1]["text"] == "соңғы сөз"
