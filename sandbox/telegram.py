"""The one state of the local Telegram, and the door every call of the bot goes through."""

import inspect
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sandbox import methods, spec
from sandbox.changes import Changes
from sandbox.clock import SandboxClock
from sandbox.errors import (
    ApiError,
    BrokenAnswerError,
    ConnectionDroppedError,
    bad_request,
    forbidden,
)
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.model import (
    ApiCall,
    BotProfile,
    CallbackAnswer,
    Chat,
    Json,
    Query,
    Request,
    UploadedFile,
    User,
)
from sandbox.people import People
from sandbox.updates import UpdateQueue

FIRST_USER_ID = 4_000_000_000_101  # above every identifier Telegram has given out
FIRST_MESSAGE_ID = 1
KEPT_CALLS = 5_000
QUERY_KEPT = timedelta(days=1)
TOKEN = re.compile(r"\d+:[\w-]+")


class Telegram:
    """Users, chats, messages, files and updates of one bot.

    `clock` dates everything. `token` is the bot's, its number is the bot's id.
    """

    def __init__(
        self,
        clock: SandboxClock,
        token: str = "4000000000000:sandbox",  # noqa: S107  an invented token of the sandbox
        bot_username: str = "komekshi_sandbox_bot",
        bot_name: str = "Kömekshi",
    ) -> None:
        if not TOKEN.fullmatch(token):
            raise ValueError("a token looks like 123:abc")
        self.clock = clock
        self.token = token
        self.bot = BotProfile(int(token.partition(":")[0]), bot_username, bot_name)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.queries: dict[str, Query] = {}
        self.faults = Faults()
        self.updates = UpdateQueue(clock, self.faults)
        self.changes = Changes()
        self.api_calls: list[ApiCall] = []
        self.next_message_id = FIRST_MESSAGE_ID
        self.people = People(self)

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str = "",
        language_code: str = "kk",
        username: str | None = None,
        phone: str | None = None,
        note: str = "",
        user_id: int | None = None,
    ) -> User:
        """Add a person who has not met the bot yet; id and phone number are invented if not given.

        Raises:
            ValueError: the id is taken.
        """
        number = user_id if user_id is not None else max([FIRST_USER_ID - 1, *self.users]) + 1
        if number in self.users:
            raise ValueError(f"user {number} exists")
        phone = phone or f"+7700{number % 10_000_000:07d}"
        user = User(number, first_name, last_name, language_code, username, phone, note)
        self.users[number] = user
        self.chats[number] = Chat(number, "private", member_ids=[number])
        self.changes.bump()
        return user

    def chat(self, chat_id: int) -> Chat:
        """Return a chat: a private one has its person's id.

        Raises:
            KeyError: there is no such chat.
        """
        return self.chats[chat_id]

    def callback_answers(self, user_id: int) -> list[CallbackAnswer]:
        """Return the notices the person saw after pressing buttons, oldest first."""
        return self.chats[user_id].callback_answers

    def reply_keyboard(self, user_id: int) -> Json | None:
        """Return the keyboard that now stands under the person's input field, or None."""
        keyboard = self.chats[user_id].reply_keyboard
        return None if keyboard is None or keyboard.hidden else keyboard.markup

    def take_updates(self) -> list[Json]:
        """Hand over and confirm all pending updates, with the faults asked for."""
        return self.updates.take()

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        files: Mapping[str, UploadedFile] | None = None,
    ) -> Any:  # noqa: ANN401  each method has its own result
        """Do one Bot API call and return its JSON-able result.

        Every call but `getUpdates` is kept in `api_calls`.

        Raises:
            ApiError: the call is refused, with Telegram's code and description.
            ConnectionDroppedError: a requested fault; the call was done.
            BrokenAnswerError: a requested fault; nobody knows whether the call was done.
        """
        files = files or {}
        name = spec.method_name(method)
        clean: Json = dict(params)
        try:
            self.faults.at_the_door()
            clean = spec.check(name, params, files)
            if name == "getUpdates":
                return await self.updates.poll(clean)
            chat_id = clean.get("chat_id")
            in_chat = chat_id if isinstance(chat_id, int) else None
            self.faults.before(name, in_chat, lambda: self.clock().timestamp())
            result = methods.find(name)(self, Request(clean, files))
            if inspect.isawaitable(result):
                result = await result
            self.faults.after()
        except (ApiError, BrokenAnswerError, ConnectionDroppedError) as error:
            self._record(name, clean, error)
            raise
        self._record(name, clean, None)
        return result

    def _record(self, method: str, params: Json, error: Exception | None) -> None:
        self.api_calls.append(ApiCall(method, params, error is None, error, self.clock()))
        del self.api_calls[:-KEPT_CALLS]
        self.changes.bump()

    # What methods and people share.

    def now(self) -> int:
        """Return the present moment as Unix time."""
        return int(self.clock().timestamp())

    def chat_to_api(self, chat: Chat) -> Json:
        """Return a chat as a Bot API `Chat`."""
        if chat.type != "private":
            return {"id": chat.id, "type": chat.type, "title": chat.title}
        user = self.users[chat.id].to_api()
        named: Json = {k: user[k] for k in ("first_name", "last_name", "username") if k in user}
        return {"id": chat.id, "type": "private", **named}

    def known_chat(self, chat_id: int | str) -> Chat:
        """Return the chat a call names.

        Raises:
            ApiError: 400, the chat is not there.
        """
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, chat_id: int | str) -> Chat:
        """Return the chat a call wants to write to.

        Raises:
            ApiError: 400 no such chat; 403 the bot may not write there.
        """
        chat = self.known_chat(chat_id)
        user = self.users.get(chat.id)
        if user is None and not chat.bot_is_member:
            raise forbidden("bot is not a member of the group chat")
        if user is not None and not user.started:
            raise forbidden("bot can't initiate conversation with a user")
        if user is not None and user.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def post(self, chat: Chat, sender: User | None, content: Json) -> Json:
        """Add a message to a chat, from a person or, with None, from the bot; return it."""
        message: Json = {
            "message_id": self.next_message_id,
            "from": sender.to_api() if sender else self.bot.to_api(),
            "chat": self.chat_to_api(chat),
            "date": self.now(),
            **content,
            "out": sender is not None,
            "edited": False,
        }
        self.next_message_id += 1
        chat.messages.append(message)
        if chat.action and sender is None:
            chat.action = ""
        self.changes.bump()
        return message

    def open_query(self, user: User, chat: Chat, message_id: int) -> Query:
        """Remember a pressed button until it is answered."""
        kept = self.clock() - QUERY_KEPT
        self.queries = {key: query for key, query in self.queries.items() if query.at >= kept}
        query = Query(str(secrets.randbits(62)), user.id, chat.id, message_id, self.clock())
        self.queries[query.id] = query
        return query

    def action_of(self, chat: Chat, moment: datetime) -> str:
        """Return what the bot is seen doing in a chat, such as `typing`, or an empty text."""
        return chat.action if chat.action_until and moment < chat.action_until else ""

    def show_action(self, chat: Chat, action: str, lasts: timedelta) -> None:
        """Show the bot as doing something for a while."""
        chat.action = action
        chat.action_until = self.clock() + lasts
        self.changes.bump()
