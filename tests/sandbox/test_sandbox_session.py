"""The in-process door: aiogram's bot talks to the local Telegram and meets its refusals."""

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)

from sandbox import Telegram
from sandbox.model import User
from sandbox.samples import SAMPLES
from sandbox.session import SandboxSession


@pytest.fixture
def bot(tg: Telegram) -> Bot:
    return Bot(
        tg.token,
        session=SandboxSession(tg),
        default=DefaultBotProperties(
            parse_mode="HTML", link_preview=LinkPreviewOptions(is_disabled=True)
        ),
    )


async def test_the_bots_defaults_and_keyboards_arrive(
    bot: Bot, tg: Telegram, aigerim: User
) -> None:
    yes = InlineKeyboardButton(text="Иә", callback_data="yes", style="success")

    sent = await bot.send_message(
        aigerim.id,
        "<b>Сәлем</b>",
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[yes]]),
        reply_parameters=ReplyParameters(message_id=1),
    )

    assert sent.html_text == "<b>Сәлем</b>"
    shown = tg.chat(aigerim.id).messages[-1]
    assert shown["reply_markup"]["inline_keyboard"][0][0]["style"] == "success"
    assert tg.api_calls[-1].params["link_preview_options"] == {"is_disabled": True}


async def test_refusals_come_as_aiograms_exceptions(bot: Bot, tg: Telegram, aigerim: User) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(5, "a")
    tg.people.block(aigerim.id)
    with pytest.raises(TelegramForbiddenError, match="blocked"):
        await bot.send_message(aigerim.id, "a")
    tg.faults.change({"rate_limit": {"left": 1, "retry_after": 7}, "server_error": {"left": 1}})
    with pytest.raises(TelegramServerError):
        await bot.send_message(aigerim.id, "a")
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(aigerim.id, "a")
    assert refusal.value.retry_after == 7


async def test_a_dropped_connection_is_a_network_error(
    bot: Bot, tg: Telegram, aigerim: User
) -> None:
    tg.faults.change({"drop_connection": {"left": 1}})

    with pytest.raises(TelegramNetworkError):
        await bot.send_message(aigerim.id, "жетті")

    assert tg.chat(aigerim.id).messages[-1]["text"] == "жетті"


async def test_files_go_up_and_come_down(bot: Bot, aigerim: User) -> None:
    report = BufferedInputFile(b"%PDF-1.7", "есеп.pdf")
    sent = await bot.send_document(aigerim.id, report, caption="Есеп")
    assert sent.document is not None

    down = await bot.download(sent.document)

    assert down is not None
    assert down.read() == b"%PDF-1.7"
    with pytest.raises(FileNotFoundError):
        await bot.download_file("documents/gone.pdf")


async def test_albums_carry_their_files(bot: Bot, aigerim: User) -> None:
    picture = InputMediaPhoto(media=BufferedInputFile(SAMPLES["photo"].data, "a.png"))

    sent = await bot.send_media_group(aigerim.id, [picture, picture])

    assert [bool(message.photo) for message in sent] == [True, True]


async def test_commands_of_one_chat_are_set(bot: Bot, aigerim: User) -> None:
    scope = BotCommandScopeChat(chat_id=aigerim.id)

    await bot.set_my_commands([BotCommand(command="shift", description="Ауысым")], scope)

    assert [c.command for c in await bot.get_my_commands(scope)] == ["shift"]


async def test_every_kind_of_update_is_understood_by_aiogram(
    bot: Bot, tg: Telegram, aigerim: User
) -> None:
    people = tg.people
    written = people.text(aigerim.id, "бір", reply_to=1)
    people.edit(aigerim.id, written["message_id"], "екі")
    people.press_data(aigerim.id, 1, "x")
    people.press_data(aigerim.id, 99, "x")
    people.contact(aigerim.id)
    people.location(aigerim.id, 53.2, 63.6, live_period=60)
    for send in (people.photo, people.document, people.sticker, people.voice, people.video_note):
        send(aigerim.id)
    people.forward(aigerim.id, 1, aigerim.id)
    people.block(aigerim.id)
    people.unblock(aigerim.id)
    people.group_text(aigerim.id, "/help")

    updates = tg.take_updates()

    parsed = [Update.model_validate(u, context={"bot": bot}) for u in updates]
    assert {update.event_type for update in parsed} == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }
