"""From what a person did to an answer: who writes, which route, and the screen it gives."""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any

import structlog
from aiogram import Bot
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, User

from bot import commands_menu, question, show
from bot.context import Context, House, context_for
from bot.fetching import fetching
from bot.given import edited_at, given_in, location_of
from bot.handlers import errors
from bot.i18n import LANGUAGES
from bot.question import Question, Questions
from bot.routes import AnswerRoute, Given, Routes
from bot.screens import Screen
from bot.services.errors import AppError
from db import receipts

log = structlog.get_logger(__name__)

# What a link can carry; anything else was typed by hand and names nothing of ours.
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
# A phone hears within seconds that a message is gone; until then its buttons can be mashed.
_REMOVED_KEPT = 1_000


class Front:
    """Hears updates for a bot: finds the route, shows its screen, remembers what is expected."""

    def __init__(self, house: House, routes: Routes) -> None:
        self._house = house
        self._routes = routes
        self._questions = Questions(routes.answers)
        self._keys = {
            **routes.pack_keys(house.content),
            **{
                house.texts[language].plain(text_id): route.handler
                for text_id, route in routes.keys.items()
                for language in LANGUAGES
            },
        }
        # Chat and message just taken away, and the text that stands there instead.
        self._removed: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def on_press(self, query: CallbackQuery, bot: Bot, state: FSMContext) -> None:
        """Answer a press of an inline button."""
        message = query.message if isinstance(query.message, Message) else None
        # A press carries no time of its own: it was made when it was stored.
        receipt = receipts.current()
        made_at = None if receipt is None else receipt.received_at
        ctx = await self._meet(query.from_user, made_at)
        open_ = await question.read(state)
        ctx = _remembering(ctx, open_)
        if query.message is not None and query.message.chat.type != ChatType.PRIVATE:
            await show.answer(query, Screen("", toast=ctx.t.plain("group-toast"), alert=True))
            return
        screen = await self._pressed(ctx, query, bot)
        left = self._questions.without_draft(open_, screen)
        await self._questions.keep(state, open_, left)
        await show.answer(query, screen)
        pressed = (query.from_user.id, message.message_id) if message is not None else None
        if pressed is not None and self._removed.get(pressed) == screen.text:
            # Pressed again before the phone knew: the answer stands in the chat already.
            return
        if screen.aside and open_.is_asked_by(screen):
            # The question stands in the chat already; the toast has said what there is to say.
            return
        shown = await show.replace(bot, query.from_user.id, message, screen)
        if pressed is not None and shown.removed:
            self._note_removed(pressed, screen.text)
        await self._note(ctx, screen, shown.message_id)
        after = self._questions.after(left, screen, shown.message_id, _pressed_on(query))
        await self._questions.keep(state, left, after)
        # A draft has one message; any other question stays where it was asked.
        drafts = [each for each in open_.all if self._questions.draft_of(each)]
        await self._remove_prompts(bot, query.from_user.id, drafts, after, shown.message_id)
        await self._relabel(bot, query.from_user.id, screen)

    async def on_message(self, message: Message, bot: Bot, state: FSMContext) -> None:
        """Answer a message."""
        if message.from_user is None:
            return
        if message.chat.type != ChatType.PRIVATE:
            await self._in_group(message, bot)
            return
        ctx = await self._meet(message.from_user, message.date)
        if ctx.me.blocked:
            await self._house.services.people.note_blocked(message.from_user.id, blocked=False)
        open_ = await question.read(state)
        ctx = _remembering(ctx, open_)
        screen = await self._heard(ctx, message, open_, bot)
        if screen is None:
            return
        message_id = await show.put(bot, message.chat.id, screen)
        after = self._questions.after(open_, screen, message_id)
        await self._remove_prompts(bot, message.chat.id, open_.all, after, message_id)
        await self._note(ctx, screen, message_id)
        await self._questions.keep(state, open_, after)
        await self._relabel(bot, message.chat.id, screen)

    async def _remove_prompts(
        self, bot: Bot, chat_id: int, asked: Iterable[Question], after: Question, shown: int
    ) -> None:
        """Take away the messages of questions that are over, or are asked elsewhere now."""
        standing = {shown, *(each.prompt for each in after.all)}
        for each in asked:
            if each.prompt is not None and each.prompt not in standing:
                await show.remove(bot, chat_id, each.prompt)

    async def on_edit(self, message: Message, bot: Bot) -> None:
        """Say that an edited message does not count."""
        if message.from_user is None or message.chat.type != ChatType.PRIVATE:
            return
        if message.location is not None:
            await self._moved(message, message.from_user, bot)
            return
        ctx = await self._meet(message.from_user)
        await show.send(bot, message.chat.id, Screen(ctx.t("edited-message")))

    async def on_membership(self, event: ChatMemberUpdated, bot: Bot) -> None:
        """Note who blocked the bot; leave groups, where nobody's data may be spoken of."""
        status = event.new_chat_member.status
        if event.chat.type == ChatType.PRIVATE:
            await self._house.services.people.note_blocked(
                event.chat.id, blocked=status == ChatMemberStatus.KICKED
            )
        elif status in (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR):
            await self._leave(bot, event.chat.id)

    async def resume(
        self,
        user: User,
        query: CallbackQuery | None,
        effected_at: datetime,
        bot: Bot,
        state: FSMContext,
    ) -> None:
        """Show how things stand after an act that was kept but not answered."""
        pressed = None if query is None else _pressed_on(query)
        before = await question.read(state)
        open_ = self._questions.after_effect(before, pressed)
        ctx = _remembering(await self._meet(user), open_)
        saved = ctx.t.plain("saved-already", at=effected_at)
        screen = await self._standing(ctx, query)
        if query is not None:
            await show.answer(query, screen.with_toast(saved))
        message_id = await show.put(bot, user.id, screen.headed(escape(saved)))
        await self._note(ctx, screen, message_id)
        after = self._questions.after(open_, screen, message_id, pressed)
        await self._questions.keep(state, before, after)

    async def _standing(self, ctx: Context, query: CallbackQuery | None) -> Screen:
        found = None if query is None else self._routes.find_press(query.data)
        if found is not None and found[0].redraw is not None:
            try:
                return await found[0].redraw(ctx, found[1])
            except AppError:
                # The object is out of the person's reach by now.
                return await self._routes.home(ctx)
        return await self._routes.standing(ctx)

    async def _meet(self, user: User, sent_at: datetime | None = None) -> Context:
        me = await self._house.services.people.meet(user.id)
        return context_for(self._house, me, sent_at, user.language_code)

    async def _moved(self, message: Message, user: User, bot: Bot) -> None:
        """Hear a live location that moved by itself: nobody has edited anything."""
        location = location_of(message)
        if location is None or self._routes.on_movement is None:
            return
        ctx = await self._meet(user, edited_at(message))
        screen = await self._routes.on_movement(ctx, location)
        if screen is not None:
            await self._note(ctx, screen, await show.put(bot, user.id, screen))

    async def _pressed(self, ctx: Context, query: CallbackQuery, bot: Bot) -> Screen:
        found = self._routes.find_press(query.data)
        if found is None:
            log.info("stale_press", person_id=ctx.me_id)
            return (await self._routes.home(ctx)).with_toast(ctx.t.plain("stale-button-toast"))
        route, press = found

        async def redraw() -> Screen:
            if route.redraw is None:
                return await self._routes.home(await ctx.refreshed())
            return await route.redraw(await ctx.refreshed(), press)

        if route.makes_file:
            await show.file_coming(bot, query.from_user.id)
        try:
            return await route.handler(ctx, press)
        except AppError as error:
            return await self._refused(ctx, error, redraw)

    async def _refused(
        self, ctx: Context, error: AppError, redraw: Callable[[], Awaitable[Screen]]
    ) -> Screen:
        reason = errors.refusal(ctx, error)
        try:
            screen = await redraw()
        except AppError:
            # The object is out of the person's reach altogether.
            screen = await self._routes.home(await ctx.refreshed())
        return screen.with_toast(reason, alert=True)

    async def _heard(
        self, ctx: Context, message: Message, open_: Question, bot: Bot
    ) -> Screen | None:
        given = given_in(message)
        text = given.text
        route = self._routes.answers.get(open_.route or self._routes.expected_now(ctx) or "")
        try:
            if text.startswith("/"):
                return await self._commanded(ctx, text)
            if ctx.me.language is not None and text in self._keys:
                return await self._keys[text](ctx)
            unasked = self._unasked(ctx, route, given)
            if unasked is not None:
                return await unasked
        except AppError as error:
            return await self._told(ctx, error)
        if route is None:
            return await self._unknown(ctx, text)
        if route.takes_files and message.document is not None:
            given = replace(given, fetch=fetching(bot, message.chat.id, message.document))
        return await self._answered(ctx, route, dict(open_.data), given)

    def _unasked(
        self, ctx: Context, route: AnswerRoute | None, given: Given
    ) -> Awaitable[Screen | None] | None:
        """Return what hears a place or a photo that answers no question; ``None`` for words.

        On a shift a photo or a place is of the shift, whatever else is being asked.
        """
        if given.location is not None and self._routes.on_location is not None:
            beside = route is not None and ctx.me.shift is not None and not route.takes_places
            if route is None or beside:
                return self._routes.on_location(ctx, given.location)
        of_shift = ctx.me.assistant is not None if route is None else ctx.me.shift is not None
        if given.media is None or self._routes.on_media is None or not of_shift:
            return None
        if route is not None and route.takes_media:
            return None
        return self._routes.on_media(ctx, given.media)

    async def _answered(
        self, ctx: Context, route: AnswerRoute, data: dict[str, Any], given: Given
    ) -> Screen | None:
        try:
            return await route.handler(ctx, data, given)
        except AppError as error:
            try:
                screen = await route.prompt(await ctx.refreshed(), data)
            except AppError:
                # What was asked about is out of the person's reach altogether.
                return await self._told(ctx, error)
            return screen.headed(errors.refusal_line(ctx, error))

    async def _unknown(self, ctx: Context, text: str) -> Screen:
        """Answer what nobody asked for: a text that a flow knows, or anything else."""
        known = await self._routes.on_text(ctx, text) if text and self._routes.on_text else None
        return known or (await self._routes.home(ctx)).headed(ctx.t("unknown-input"))

    async def _commanded(self, ctx: Context, text: str) -> Screen:
        name, _, payload = text[1:].partition(" ")
        name = name.partition("@")[0].lower()
        prefix, _, secret = payload.strip().partition("_")
        opened = name == "start" and _PAYLOAD.fullmatch(payload.strip())
        if opened and prefix in self._routes.links and secret:
            return await self._routes.links[prefix].handler(ctx, secret)
        route = self._routes.commands.get(name)
        if route is None:
            return (await self._routes.home(ctx)).headed(ctx.t("unknown-command"))
        return await route.handler(ctx)

    async def _told(self, ctx: Context, error: AppError) -> Screen:
        home = await self._routes.home(await ctx.refreshed())
        return home.headed(errors.refusal_line(ctx, error))

    async def _leave(self, bot: Bot, group_id: int) -> None:
        """Leave a group with a word of why, or without one where it cannot be said."""
        try:
            await self._tell_group(bot, group_id)
        except TelegramAPIError as error:
            log.info("group_not_told", chat_id=group_id, reason=error.message)
        try:
            await bot.leave_chat(group_id)
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            log.info("group_left_already", chat_id=group_id, reason=error.message)
        else:
            log.info("left_group", chat_id=group_id)

    async def _in_group(self, message: Message, bot: Bot) -> None:
        if not (message.text and message.text.startswith("/")):
            return
        try:
            await self._tell_group(bot, message.chat.id)
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            # Left already, or silenced there: nobody's private chat has to do with it.
            log.info("group_refused", chat_id=message.chat.id, reason=error.message)

    async def _tell_group(self, bot: Bot, group_id: int) -> None:
        """Say that we work in private chats only, in every language: nobody has chosen one."""
        lines = [self._house.texts[language]("group-private-only") for language in LANGUAGES]
        await bot.send_message(group_id, "\n".join(lines))

    def _note_removed(self, pressed: tuple[int, int], text: str) -> None:
        self._removed[pressed] = text
        if len(self._removed) > _REMOVED_KEPT:
            self._removed.popitem(last=False)

    async def _note(self, ctx: Context, screen: Screen, message_id: int) -> None:
        services, shift = self._house.services, ctx.me.shift
        if screen.card_of is not None and message_id != screen.replaces:
            known = shift is not None and shift.id == screen.card_of and shift.card_message_id
            if known != message_id:
                await services.shifts.note_card(screen.card_of, message_id)
        if screen.order_of is not None:
            await services.certificate_orders.note_shown(*screen.order_of, message_id)

    async def _relabel(self, bot: Bot, chat_id: int, screen: Screen) -> None:
        if screen.speaks:
            await commands_menu.set_for_chat(bot, self._house.texts[screen.speaks], chat_id)


def _remembering(ctx: Context, open_: Question) -> Context:
    beneath = {} if open_.beneath is None else open_.beneath.data
    return replace(ctx, remembered=open_.data, beneath=beneath)


def _pressed_on(query: CallbackQuery) -> int:
    """Return which message's button was pressed; 0 for one that Telegram names no more."""
    return 0 if query.message is None else query.message.message_id
