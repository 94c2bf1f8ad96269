"""From an update to an answer: read, heard by the front, and what is told when that fails."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.enums import ChatType
from aiogram.fsm.storage.base import BaseStorage
from aiogram.types import CallbackQuery, Message, Update, User
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot import show
from bot.context import House, context_for
from bot.front import Front
from bot.handlers import errors
from bot.intake.failures import Unreadable, readable
from bot.intake.raw import lane_of
from bot.routes import Routes

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


class Listening:
    """Hears updates for one bot, as the intake asks for it."""

    def __init__(self, house: House, bot: Bot, routes: Routes, storage: BaseStorage) -> None:
        self._house = house
        self._bot = bot
        self._front = Front(house, routes)
        # Who may be heard beside whom is the intake's business.
        self.dispatcher = Dispatcher(storage=storage)
        self.dispatcher.message.register(self._front.on_message)
        self.dispatcher.edited_message.register(self._front.on_edit)
        self.dispatcher.callback_query.register(self._front.on_press)
        self.dispatcher.my_chat_member.register(self._front.on_membership)

    async def hear(self, update: Mapping[str, Any]) -> None:
        """Answer an update.

        Raises:
            Unreadable: it has a form nobody here knows.
        """
        read = self._read(update)
        # In the name of a channel or a group nobody speaks to us.
        if getattr(read.event, "from_user", None) is not None:
            await self.dispatcher.feed_update(self._bot, read)

    async def resume(self, update: Mapping[str, Any], effected_at: datetime) -> None:
        """Show how things stand after an update that took effect but was not answered."""
        read = self._read(update)
        user = private_sender_of(read)
        if user is None or read.edited_message is not None:
            return
        state = self.dispatcher.fsm.get_context(self._bot, user.id, user.id)
        await self._front.resume(user, read.callback_query, effected_at, self._bot, state)

    async def apologise(
        self, update: Mapping[str, Any], reference: str, effected_at: datetime | None
    ) -> bool:
        """Tell the person that it failed; a second failure is logged with the same number.

        Returns:
            Whether they were told, or there is nobody to tell.
        """
        try:
            read = self._read(update)
            user = private_sender_of(read)
            if user is not None:
                spoken = await errors.languages_of(self._house, user.id, reference)
                screen = errors.apology(spoken, reference, effected_at)
                query = read.callback_query
                if query is None or not await show.answer(query, screen):
                    await show.send(self._bot, user.id, screen)
        except Exception:
            log.exception("apology_failed", reference=reference)
            return False
        return True

    async def slow_down(self, update: Mapping[str, Any]) -> None:
        """Tell the person that they send too fast for it to be read."""
        try:
            read = self._read(update)
            user = private_sender_of(read)
            if user is not None:
                me = await self._house.services.people.meet(user.id)
                t = context_for(self._house, me, None, user.language_code).t
                await self._bot.send_message(user.id, t("too-fast"))
        except Exception:
            # What was refused is in the inbox as such; nothing hangs on the words.
            log.exception("too_fast_untold", lane=lane_of(update))

    async def owe_answer(self, lane: int, effected_at: datetime | None) -> None:
        """Promise the person an answer that Telegram did not take: the outbox gives it."""
        me = await self._house.services.people.meet(lane)
        await self._house.services.outbox.owe_answer(me.person_id, effected_at)

    async def note_blocked(self, lane: int) -> None:
        """Note that the person has blocked the bot."""
        await self._house.services.people.note_blocked(lane, blocked=True)

    def new_reference(self) -> str:
        """Return a number that ties what a person is told to the log."""
        return errors.new_reference()

    def _read(self, update: Mapping[str, Any]) -> Update:
        try:
            read = Update.model_validate(update, context={"bot": self._bot})
            # Looking the kind up refuses one that nobody here knows.
            kind = read.event_type
        except ValidationError as error:
            raise readable(error) from error
        except UpdateTypeLookupError as error:
            raise Unreadable(str(error)) from error
        log.debug("update_read", kind=kind)
        return read


def private_sender_of(update: Update) -> User | None:
    """Return who can be answered; what somebody did in a group is not answered here."""
    event: Message | CallbackQuery | None = (
        update.message or update.edited_message or update.callback_query
    )
    if event is None:
        return None
    message = event.message if isinstance(event, CallbackQuery) else event
    private = message is None or message.chat.type == ChatType.PRIVATE
    return event.from_user if private else None
