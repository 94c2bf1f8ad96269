"""What the bot sends, edits, deletes, and what the person's phone then shows."""

from typing import Any

import pytest

from sandbox import ApiError, SandboxClock, Telegram, UploadedFile
from sandbox.files import DOWNLOAD_LIMIT, PHOTO_LIMIT, UPLOAD_LIMIT
from sandbox.model import User
from sandbox.samples import SAMPLES

Files = dict[str, UploadedFile] | None
PNG = SAMPLES["photo"]
TOO_BIG = (
    f"Bad Request: file of size {len(PNG.data) + PHOTO_LIMIT} bytes is too big for a photo; "
    "the maximum size is 10485760 bytes"
)
MENU = {"keyboard": [["Ауысым", {"text": "Нөмірім", "request_contact": True}]]}


async def send(tg: Telegram, user: User, **params: object) -> dict[str, Any]:
    message: dict[str, Any] = await tg.call("sendMessage", {"chat_id": user.id, **params})
    return message


async def refused(tg: Telegram, method: str, files: Files = None, **params: object) -> str:
    with pytest.raises(ApiError) as refusal:
        await tg.call(method, params, files)
    return refusal.value.description


async def test_a_text_of_4096_units_goes_and_one_more_does_not(tg: Telegram, aigerim: User) -> None:
    assert await send(tg, aigerim, text="😀" * 2048)
    assert (
        await refused(tg, "sendMessage", chat_id=aigerim.id, text="😀" * 2048 + "a")
        == "Bad Request: message is too long"
    )


async def test_tags_do_not_count_towards_the_limit(tg: Telegram, aigerim: User) -> None:
    text = "<b>" + "ә" * 4096 + "</b>"

    assert await send(tg, aigerim, text=text, parse_mode="HTML")


async def test_an_edit_that_is_too_long_gets_the_short_name(tg: Telegram, aigerim: User) -> None:
    sent = await send(tg, aigerim, text="a")

    assert (
        await refused(
            tg,
            "editMessageText",
            chat_id=aigerim.id,
            message_id=sent["message_id"],
            text="a" * 4097,
        )
        == "Bad Request: MESSAGE_TOO_LONG"
    )


async def test_callback_data_of_64_bytes_fits(tg: Telegram, aigerim: User) -> None:
    button = {"text": "Иә", "callback_data": "ә" * 32}

    assert await send(tg, aigerim, text="a", reply_markup={"inline_keyboard": [[button]]})


async def test_a_hundred_buttons_fit_and_one_more_does_not(tg: Telegram, aigerim: User) -> None:
    rows = [[{"text": str(i), "callback_data": str(i)}] for i in range(101)]

    assert await send(tg, aigerim, text="a", reply_markup={"inline_keyboard": rows[:100]})
    description = await refused(
        tg, "sendMessage", chat_id=aigerim.id, text="a", reply_markup={"inline_keyboard": rows}
    )
    assert description == "Bad Request: reply markup is too long"


async def test_the_reply_keyboard_stays_until_it_is_removed(tg: Telegram, aigerim: User) -> None:
    await send(tg, aigerim, text="a", reply_markup=MENU)
    await send(tg, aigerim, text="b")
    tg.people.text(aigerim.id, "Ауысым")
    shown = tg.reply_keyboard(aigerim.id)
    await send(tg, aigerim, text="c", reply_markup={"remove_keyboard": True})

    assert shown is not None
    assert shown["keyboard"] == [[{"text": "Ауысым"}, {"text": "Нөмірім", "request_contact": True}]]
    assert tg.reply_keyboard(aigerim.id) is None


@pytest.mark.parametrize("markup", [MENU, {"remove_keyboard": True}, {"force_reply": True}])
@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup"])
async def test_what_was_sent_with_a_keyboard_for_the_input_field_cannot_be_edited(
    tg: Telegram, aigerim: User, markup: dict[str, Any], method: str
) -> None:
    sent = await send(tg, aigerim, text="a", reply_markup=markup)
    new: dict[str, Any] = {"text": "b"} if method == "editMessageText" else {}

    description = await refused(
        tg, method, None, chat_id=aigerim.id, message_id=sent["message_id"], **new
    )

    assert description == "Bad Request: message can't be edited"
    assert "fixed" not in sent


async def test_what_was_sent_without_buttons_can_be_edited(tg: Telegram, aigerim: User) -> None:
    no_buttons: dict[str, Any] = {"inline_keyboard": []}
    for markup in (None, no_buttons):
        sent = await send(tg, aigerim, text="a", reply_markup=markup)

        await tg.call(
            "editMessageText",
            {"chat_id": aigerim.id, "message_id": sent["message_id"], "text": "b"},
        )

        assert tg.chat(aigerim.id).messages[-1]["text"] == "b"


async def test_a_one_time_keyboard_hides_after_its_button(tg: Telegram, aigerim: User) -> None:
    await send(tg, aigerim, text="a", reply_markup={**MENU, "one_time_keyboard": True})
    tg.people.text(aigerim.id, "басқа")
    assert tg.reply_keyboard(aigerim.id) is not None

    tg.people.contact(aigerim.id)

    assert tg.reply_keyboard(aigerim.id) is None


async def test_a_refused_keyboard_leaves_the_chat_as_it_was(tg: Telegram, aigerim: User) -> None:
    await send(tg, aigerim, text="a", reply_markup=MENU)
    before = len(tg.chat(aigerim.id).messages)

    await refused(
        tg, "sendMessage", chat_id=aigerim.id, text="b", reply_markup={"keyboard": [[" "]]}
    )

    assert len(tg.chat(aigerim.id).messages) == before
    assert tg.reply_keyboard(aigerim.id) is not None


async def test_a_photo_keeps_its_size_and_can_be_sent_again_by_id(
    tg: Telegram, aigerim: User
) -> None:
    sent = await tg.call(
        "sendPhoto",
        {"chat_id": aigerim.id, "photo": "attach://p", "caption": "<i>a</i>", "parse_mode": "HTML"},
        {"p": PNG},
    )
    size = sent["photo"][-1]
    again = await tg.call("sendPhoto", {"chat_id": aigerim.id, "photo": size["file_id"]})

    assert (size["width"], size["height"]) == (96, 96)
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    assert again["photo"] == sent["photo"]
    assert (
        await refused(tg, "sendDocument", chat_id=aigerim.id, document=size["file_id"])
        == "Bad Request: can't use file of type Photo as Document"
    )


async def test_a_document_may_come_as_a_part_of_its_own_name(tg: Telegram, aigerim: User) -> None:
    part = UploadedFile("есеп.pdf", b"%PDF-1.7")

    sent = await tg.call("sendDocument", {"chat_id": aigerim.id}, {"document": part})

    assert sent["document"]["file_name"] == "есеп.pdf"
    assert sent["document"]["mime_type"] == "application/pdf"


@pytest.mark.parametrize(
    ("kind", "data", "description"),
    [
        ("photo", b"no picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        ("photo", b"", "Bad Request: file must be non-empty"),
        ("document", b"", "Bad Request: file must be non-empty"),
        ("document", bytes(UPLOAD_LIMIT + 1), "Request Entity Too Large"),
        (
            "photo",
            PNG.data + bytes(PHOTO_LIMIT),
            TOO_BIG,
        ),
        (
            "photo",
            PNG.data[:16] + (96).to_bytes(4, "big") + (9999).to_bytes(4, "big") + PNG.data[24:],
            "Bad Request: PHOTO_INVALID_DIMENSIONS",
        ),
    ],
    ids=["no picture", "empty photo", "empty", "over 50 MB", "photo over 10 MB", "a long strip"],
)
async def test_files_beyond_the_limits_are_refused(
    tg: Telegram, aigerim: User, kind: str, data: bytes, description: str
) -> None:
    files = {kind: UploadedFile("a.bin", data)}

    assert await refused(tg, f"send{kind.title()}", files, chat_id=aigerim.id) == description


async def test_a_file_over_20_mb_cannot_be_fetched(tg: Telegram, aigerim: User) -> None:
    big = UploadedFile("a.bin", bytes(DOWNLOAD_LIMIT + 1))
    sent = await tg.call("sendDocument", {"chat_id": aigerim.id}, {"document": big})

    description = await refused(tg, "getFile", file_id=sent["document"]["file_id"])

    assert description == "Bad Request: file is too big"


async def test_an_album_is_two_to_ten_of_one_kind(tg: Telegram, aigerim: User) -> None:
    picture = {"type": "photo", "media": "attach://a"}
    paper = {"type": "document", "media": "attach://a"}
    files = {"a": PNG}

    sent = await tg.call(
        "sendMediaGroup",
        {"chat_id": aigerim.id, "media": [{**picture, "caption": "бір"}, picture]},
        files,
    )

    assert sent[0]["media_group_id"] == sent[1]["media_group_id"]
    assert sent[0]["caption"] == "бір"
    for media in ([picture], [picture] * 11, [picture, paper]):
        assert await refused(tg, "sendMediaGroup", files, chat_id=aigerim.id, media=media)


async def test_an_album_keeps_nothing_when_one_part_is_missing(tg: Telegram, aigerim: User) -> None:
    before = len(tg.chat(aigerim.id).messages)
    media = [{"type": "photo", "media": f"attach://{name}"} for name in "ab"]

    description = await refused(tg, "sendMediaGroup", {"a": PNG}, chat_id=aigerim.id, media=media)

    assert description == "Bad Request: there is no photo in the request"
    assert len(tg.chat(aigerim.id).messages) == before


async def test_captions_and_media_are_edited(tg: Telegram, aigerim: User) -> None:
    sent = await tg.call("sendPhoto", {"chat_id": aigerim.id}, {"photo": PNG})
    here = {"chat_id": aigerim.id, "message_id": sent["message_id"]}

    with_caption = await tg.call("editMessageCaption", {**here, "caption": "бір"})
    with_paper = await tg.call(
        "editMessageMedia",
        {**here, "media": {"type": "document", "media": "attach://d"}},
        {"d": UploadedFile("a.txt", b"a")},
    )

    assert with_caption["caption"] == "бір"
    assert with_paper["document"]["file_name"] == "a.txt"
    assert not {"photo", "caption"} & with_paper.keys()
    assert await refused(tg, "editMessageText", **here, text="a") == (
        "Bad Request: there is no text in the message to edit"
    )
    text = await send(tg, aigerim, text="a")
    here["message_id"] = text["message_id"]
    assert await refused(tg, "editMessageCaption", **here, caption="a") == (
        "Bad Request: there is no caption in the message to edit"
    )


async def test_a_keyboard_alone_is_edited(tg: Telegram, aigerim: User) -> None:
    sent = await send(tg, aigerim, text="a")
    here = {"chat_id": aigerim.id, "message_id": sent["message_id"]}
    keyboard = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}]]}

    edited = await tg.call("editMessageReplyMarkup", {**here, "reply_markup": keyboard})

    assert edited["reply_markup"] == keyboard
    assert edited["edit_date"]
    assert "reply_markup" not in await tg.call("editMessageReplyMarkup", here)
    assert "message is not modified" in await refused(tg, "editMessageReplyMarkup", **here)


async def test_messages_are_deleted_within_48_hours(
    tg: Telegram, clock: SandboxClock, aigerim: User
) -> None:
    sent = [await send(tg, aigerim, text=str(i)) for i in range(3)]
    ids = [message["message_id"] for message in sent]

    await tg.call("deleteMessage", {"chat_id": aigerim.id, "message_id": ids[0]})
    await tg.call("deleteMessages", {"chat_id": aigerim.id, "message_ids": ids[:2]})
    clock.tick(hours=48, seconds=1)

    assert await refused(tg, "deleteMessage", chat_id=aigerim.id, message_id=ids[2]) == (
        "Bad Request: message can't be deleted for everyone"
    )
    assert tg.chat(aigerim.id).messages[-1]["message_id"] == ids[2]
    assert tg.chat(aigerim.id).find(ids[1]) is None


async def test_forwards_and_copies_carry_the_content(
    tg: Telegram, aigerim: User, daniyar: User
) -> None:
    tg.people.start(daniyar.id)
    keyboard = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}]]}
    sent = await send(tg, aigerim, text="<b>a</b>", parse_mode="HTML", reply_markup=keyboard)
    there = {"chat_id": daniyar.id, "from_chat_id": aigerim.id, "message_id": sent["message_id"]}

    forwarded = await tg.call("forwardMessage", there)
    copied = await tg.call("copyMessage", there)

    assert forwarded["forward_origin"]["sender_user"]["is_bot"]
    assert forwarded["entities"] == sent["entities"]
    shown = tg.chat(daniyar.id).find(copied["message_id"])
    assert shown is not None
    assert shown["text"] == "a"
    assert not {"forward_origin", "reply_markup"} & shown.keys()


async def test_a_chat_action_is_seen_for_five_seconds_or_until_a_message(
    tg: Telegram, clock: SandboxClock, aigerim: User
) -> None:
    chat = tg.chat(aigerim.id)
    await tg.call("sendChatAction", {"chat_id": aigerim.id, "action": "typing"})
    seen = tg.action_of(chat, clock())
    clock.tick(seconds=5)
    later = tg.action_of(chat, clock())
    await tg.call("sendChatAction", {"chat_id": aigerim.id, "action": "typing"})
    await send(tg, aigerim, text="a")

    assert (seen, later, tg.action_of(chat, clock())) == ("typing", "", "")


async def test_locations_contacts_and_voices_are_sent(tg: Telegram, aigerim: User) -> None:
    place = {"latitude": 53.21, "longitude": 63.63}
    person = {"phone_number": "+77000009999", "first_name": "Әже"}
    voice = {"voice": SAMPLES["voice"]}

    assert (await tg.call("sendLocation", {"chat_id": aigerim.id, **place}))["location"] == place
    assert (await tg.call("sendContact", {"chat_id": aigerim.id, **person}))["contact"] == person
    assert (await tg.call("sendVoice", {"chat_id": aigerim.id}, voice))["voice"]["duration"] == 1
    assert await refused(tg, "sendLocation", chat_id=aigerim.id, latitude=91, longitude=0)


async def test_a_reply_to_a_message_that_is_gone_may_be_let_through(
    tg: Telegram, aigerim: User
) -> None:
    sent = await send(tg, aigerim, text="a", reply_to_message_id=1)
    let_through = await send(
        tg,
        aigerim,
        text="a",
        reply_parameters={"message_id": 99, "allow_sending_without_reply": True},
    )

    assert sent["reply_to_message"]["text"] == "/start"
    assert "reply_to_message" not in let_through


@pytest.mark.parametrize(
    ("entity", "fits"),
    [
        ({"type": "bold", "offset": 0, "length": 2}, True),
        ({"type": "bold", "offset": 1, "length": 2}, False),
        ({"type": "bold", "offset": -1, "length": 2}, False),
    ],
)
async def test_given_entities_must_lie_within_the_text(
    tg: Telegram, aigerim: User, entity: dict[str, Any], fits: bool
) -> None:
    params = {"chat_id": aigerim.id, "text": "😀", "entities": [entity]}

    if fits:
        assert (await tg.call("sendMessage", params))["entities"] == [entity]
    else:
        assert await refused(tg, "sendMessage", None, **params)


async def test_a_broken_surrogate_pair_is_refused(tg: Telegram, aigerim: User) -> None:
    assert await refused(tg, "sendMessage", chat_id=aigerim.id, text="a\ud800") == (
        "Bad Request: strings must be encoded in UTF-8"
    )
