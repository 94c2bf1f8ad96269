"""The whole state in one JSON file, so that the phones survive a restart."""

import asyncio
import base64
import json
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from sandbox.clock import SandboxClock
from sandbox.model import (
    BotProfile,
    CallbackAnswer,
    Chat,
    Json,
    Query,
    ReplyKeyboard,
    StoredFile,
    User,
)
from sandbox.telegram import Telegram
from sandbox.updates import Pending, Webhook

FORMAT = 1
SAVE_PAUSE_S = 1.0


def save(tg: Telegram, path: Path) -> None:
    """Write the state, files as base64, the clock's offset too; faults and the log are left out.

    The old file stays whole until the new one is.
    """
    _write(to_json(tg), path)


def load(path: Path, clock: SandboxClock) -> Telegram:
    """Return the saved Telegram; the clock runs ahead as it did.

    Raises:
        FileNotFoundError: nothing was saved there.
        ValueError: the file is of another format.
    """
    return from_json(json.loads(path.read_text(encoding="utf-8")), clock)


async def keep_saving(tg: Telegram, path: Path, pause_s: float = SAVE_PAUSE_S) -> None:
    """Save after changes, at most once in `pause_s` seconds, and once more when cancelled."""
    saved = 0
    writing: asyncio.Task[None] | None = None
    try:
        while True:
            if tg.changes.version != saved:
                saved = tg.changes.version
                write = asyncio.to_thread(_write, to_json(tg), path)
                writing = asyncio.create_task(write, name="writing")
                await asyncio.shield(writing)
                await asyncio.sleep(pause_s)
            await tg.changes.beyond(saved, timeout_s=60)
    finally:
        if writing is not None:
            await asyncio.wait({writing})  # a thread goes on: it must not outrun the last save
        save(tg, path)


def to_json(tg: Telegram) -> Json:
    """Return the state as JSON-able data, detached from the living one."""
    updates = tg.updates
    return _plain(
        {
            "format": FORMAT,
            "token": tg.token,
            "offset_s": tg.clock.offset.total_seconds(),
            "version": tg.changes.version,
            "next_message_id": tg.next_message_id,
            "bot": asdict(tg.bot),
            "users": [asdict(user) for user in tg.users.values()],
            "chats": [asdict(chat) for chat in tg.chats.values()],
            "files": [asdict(file) for file in tg.files.values()],
            "queries": [asdict(query) for query in tg.queries.values()],
            "updates": {
                "next_id": updates.next_id,
                "allowed": updates.allowed,
                "pending": [asdict(pending) for pending in updates.pending],
                "webhook": asdict(updates.webhook),
            },
        }
    )


def from_json(saved: Json, clock: SandboxClock) -> Telegram:
    """Return the Telegram that `to_json` described.

    Raises:
        ValueError: the data is of another format.
    """
    if saved.get("format") != FORMAT:
        raise ValueError(f"the saved state is not of format {FORMAT}")
    clock.offset = timedelta(seconds=saved["offset_s"])
    tg = Telegram(clock, token=saved["token"])
    tg.bot = BotProfile(**saved["bot"])
    tg.next_message_id = saved["next_message_id"]
    tg.changes.version = saved["version"] + 1
    tg.users = {user["id"]: User(**user) for user in saved["users"]}
    tg.chats = {chat["id"]: _chat(chat) for chat in saved["chats"]}
    tg.queries = {query["id"]: Query(**_timed(query, "at")) for query in saved["queries"]}
    for file in saved["files"]:
        tg.files.add(StoredFile(**{**file, "data": base64.b64decode(file["data"])}))
    updates = saved["updates"]
    tg.updates.next_id = updates["next_id"]
    tg.updates.allowed = updates["allowed"]
    tg.updates.pending = [Pending(**_timed(pending, "at")) for pending in updates["pending"]]
    tg.updates.webhook = Webhook(**_timed(updates["webhook"], "last_error_at"))
    return tg


def _chat(saved: Json) -> Chat:
    keyboard = saved["reply_keyboard"]
    return Chat(
        **{
            **_timed(saved, "action_until"),
            "reply_keyboard": ReplyKeyboard(**keyboard) if keyboard else None,
            "callback_answers": [CallbackAnswer(**answer) for answer in saved["callback_answers"]],
        }
    )


def _timed(saved: Json, name: str) -> Json:
    moment = saved[name]
    return {**saved, name: datetime.fromisoformat(moment) if moment else None}


def _plain(state: Json) -> Json:
    """Return the state with bytes and moments as texts."""
    plain: Json = json.loads(json.dumps(state, default=_as_text))
    return plain


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"{type(value).__name__} cannot be saved")


def _write(state: Json, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_text(json.dumps(state), encoding="utf-8")
    unfinished.replace(path)
