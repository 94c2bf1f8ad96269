"""People about to start a shift, their updates, and a bot whose Telegram answers at once."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.fsm.storage.base import StorageKey
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Message

from bench.crowd import EPOCH, FIRST_ID, add_people, open_app, open_database
from bot.app import App
from bot.handlers.shift import START
from bot.handlers.shift_presses import LiveHelp
from bot.intake import IntakeLimits
from bot.pace import Limits, Pace
from db.database import Database
from db.engine import create_engine
from db.models import BriefingPass, QuizAttempt
from db.models.briefings import AttemptState

TOKEN: Final = "42:bench"  # noqa: S105 - opens nothing
_BOT_ID: Final = 42
_CENTRE: Final = (53.2144, 63.6246)
_PROMPT_ID: Final = 7
_CARD_ID: Final = 100

Json = dict[str, Any]


class InstantTelegram(BaseSession):
    """Answers at once; calls travel as text and answers are read, as on the way to Telegram."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 - aiogram's signature
    ) -> TelegramType:
        """Do one call."""
        self.calls.append(method)
        for value in method.model_dump(warnings=False).values():
            self.prepare_value(value, bot=bot, files={})
        result: object = True
        if method.__returning__ is Message:
            chat = {"id": getattr(method, "chat_id", 0), "type": "private"}
            date = int(EPOCH.timestamp())
            result = {"message_id": _CARD_ID, "date": date, "chat": chat, "text": "-"}
        answer = json.dumps({"ok": True, "result": result})
        return self.check_response(bot, method, 200, answer).result  # type: ignore[return-value]

    async def stream_content(self, *_args: object, **_named: object) -> AsyncIterator[bytes]:  # type: ignore[override]
        """Refuse: nobody sends files here."""
        raise NotImplementedError
        yield b""

    async def close(self) -> None:
        """There is nothing to close."""


class Served(NamedTuple):
    """The whole bot, at work."""

    app: App
    database: Database
    telegram: InstantTelegram


async def hear(served: Served, update: Json) -> None:
    """Have the update stored, heard, answered and settled."""
    await served.app.intake.receive([update])
    await served.app.intake.idle()


@asynccontextmanager
async def serving(file: Path, count: int) -> AsyncIterator[Served]:
    """Serve from the file; what is asked of everybody is known, as after asking it."""
    database = Database(create_engine(f"sqlite+aiosqlite:///{file}"))
    telegram = InstantTelegram()
    app = await _open(database, telegram)
    for number in range(count):
        await app.listening.dispatcher.storage.get_state(_key(number))
    hearing = asyncio.create_task(app.intake.run())
    await asyncio.sleep(0)
    yield Served(app, database, telegram)
    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)
    await database.close()


async def _open(database: Database, telegram: InstantTelegram) -> App:
    pace = Pace(Limits(overall_per_s=1e9, chat_per_s=1e9))
    # Nobody looks about for what others left while an update is measured.
    limits = IntakeLimits(sweep_s=3_600)
    return await open_app(database, lambda: EPOCH, pace, TOKEN, telegram, limits=limits)


async def prepare(file: Path, count: int) -> None:
    """Make a database of so many assistants who have been asked where their shift begins."""
    database = await open_database(file)
    app = await _open(database, InstantTelegram())
    await add_people(database, count)
    await _brief(database, app.house.content.current_briefing.version, count)
    storage = app.listening.dispatcher.storage
    for number in range(count):
        await storage.set_state(_key(number), START)
        await storage.set_data(_key(number), {"prompt": _PROMPT_ID})
    await database.close()


async def _brief(database: Database, version: str, count: int) -> None:
    attempts = [
        {
            "id": number + 1,
            "person_id": number + 1,
            "version": version,
            "state": AttemptState.PASSED,
            "questions": [],
            "answers": [],
            "score": 10,
            "started_at": EPOCH,
            "finished_at": EPOCH,
        }
        for number in range(count)
    ]
    passes = [
        {
            "person_id": number + 1,
            "version": version,
            "attempt_id": number + 1,
            "language": "kk",
            "undertaking_sha256": "0" * 64,
            "score": 10,
            "questions_count": 10,
            "signed_at": EPOCH,
            "valid_until": EPOCH + timedelta(days=365),
        }
        for number in range(count)
    ]
    async with database.transaction() as uow:
        await uow.session.execute(sa.insert(QuizAttempt), attempts)
        await uow.session.execute(sa.insert(BriefingPass), passes)


def _key(number: int) -> StorageKey:
    return StorageKey(bot_id=_BOT_ID, chat_id=FIRST_ID + number, user_id=FIRST_ID + number)


def location_of(number: int) -> Json:
    """Return the update that starts the shift of a person."""
    place = {"latitude": _CENTRE[0], "longitude": _CENTRE[1], "horizontal_accuracy": 12.0}
    return {"update_id": 1_000 + number, "message": {**_message(number), "location": place}}


def press_of(number: int) -> Json:
    """Return the update of a press on the card of the person's shift, which is drawn again."""
    query = {
        "id": str(number),
        "from": _message(number)["from"],
        "chat_instance": "1",
        "message": {**_message(number), "message_id": _CARD_ID, "text": "-"},
        "data": LiveHelp(shift_id=number + 1).pack(),
    }
    return {"update_id": 1_000_000 + number, "callback_query": query}


def _message(number: int) -> Json:
    telegram_id = FIRST_ID + number
    return {
        "message_id": 8,
        "date": int(EPOCH.timestamp()),
        "chat": {"id": telegram_id, "type": "private", "first_name": "P"},
        "from": {"id": telegram_id, "is_bot": False, "first_name": "P", "language_code": "kk"},
    }
