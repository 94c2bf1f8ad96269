"""Photos, voices, documents and places at any moment of a shift."""

import pytest
from sqlalchemy import select

from bot.services.activity_cards import EntryCard
from db.models.activities import Attachment, AttachmentKind
from sandbox.model import UploadedFile
from tests.flows.duty import CENTRE, on_shift
from tests.flows.results import TALK, begin, entries_of, entry_of, record_patrol, record_talk
from tests.flows.steps import refusal, shown
from tests.phone import Phone
from tests.town import Town


async def attachments(town: Town) -> list[Attachment]:
    async with town.database.reading() as uow:
        return list(await uow.session.scalars(select(Attachment).order_by(Attachment.id)))


async def saved(town: Town) -> tuple[Phone, EntryCard]:
    """Return the phone of somebody at the main menu who recorded a talk, and the talk."""
    assistant = await on_shift(town)
    await record_talk(assistant)
    await assistant.send("/menu")
    town.clock.tick(minutes=3)
    return assistant, await entry_of(town, assistant)


@pytest.mark.parametrize("act", ["photo", "voice", "document"])
async def test_what_comes_without_a_menu_is_kept_and_asked_about(town: Town, act: str) -> None:
    assistant, entry = await saved(town)

    await assistant.do(act)

    assert shown(assistant, "attachment-ask", kind=act) in assistant.screen
    assert (assistant.says("attachment-faces") in assistant.screen) == (act == "photo")
    [kept] = await attachments(town)
    assert kept.activity_id is None
    assert kept.sent_at == town.clock().replace(microsecond=0)
    await assistant.press("Интернет-мошенничество")

    [kept] = await attachments(town)
    assert (kept.activity_id, kept.kind) == (entry.id, AttachmentKind(act))
    assert kept.file_id
    assert kept.file_unique_id
    assert kept.size
    assert assistant.toast == assistant.says("attachment-attached-toast", count=1)
    await assistant.choose("attachment-open")
    assert assistant.says("activity-attached", count=1) in assistant.screen


async def test_a_place_is_kept_and_asked_about(town: Town) -> None:
    assistant, entry = await saved(town)

    await assistant.do("location", 53.22, 63.63)
    assert shown(assistant, "attachment-ask", kind="location") in assistant.screen
    await assistant.press("Интернет-мошенничество")

    [kept] = await attachments(town)
    assert (kept.activity_id, kept.lat, kept.lon) == (entry.id, 53.22, 63.63)


async def test_a_place_sent_a_minute_after_the_start_is_kept_unless_it_is_the_start(
    town: Town,
) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.do("location", *CENTRE)
    started = town.clock()
    town.clock.tick(minutes=1)

    await assistant.do("location", *CENTRE)
    assert shown(assistant, "shift-on-already", at=started) in assistant.screen
    assert await attachments(town) == []
    await assistant.do("location", CENTRE[0] + 0.01, CENTRE[1])

    assert shown(assistant, "attachment-ask", kind="location") in assistant.screen
    assert len(await attachments(town)) == 1


async def test_an_old_button_says_that_it_belongs_to_another_entry(town: Town) -> None:
    assistant, talk = await saved(town)
    await record_patrol(assistant)
    [patrol] = [each for each in await entries_of(town, assistant) if each.id != talk.id]
    await assistant.send("/menu")
    await assistant.do("photo")
    [photo] = await attachments(town)
    await assistant.press_data(f"attach:{photo.id}:{talk.id}")

    await assistant.press_data(f"attach:{photo.id}:{patrol.id}")

    assert assistant.toast == assistant.says("error-attachment-assigned")
    assert (await attachments(town))[0].activity_id == talk.id


async def test_an_album_of_ten_asks_once(town: Town) -> None:
    assistant, entry = await saved(town)
    before = len(assistant.inbox)

    await assistant.do("album", 10, caption="Сход граждан")

    assert len(assistant.inbox) - before == 1
    assert assistant.says("attachment-caption") in assistant.screen
    await assistant.press("Интернет-мошенничество")
    assert assistant.toast == assistant.says("attachment-attached-toast", count=10)
    assert {each.activity_id for each in await attachments(town)} == {entry.id}


async def test_the_rest_of_an_album_that_comes_late_joins_it(town: Town) -> None:
    assistant, entry = await saved(town)
    with town.held_back():
        await assistant.do("album", 3)
    first, *rest = town.telegram.take_updates()
    await town.feed(first)
    await assistant.press("Интернет-мошенничество")

    for update in rest:
        await town.feed(update)

    assert [each.activity_id for each in await attachments(town)] == [entry.id] * 3


async def test_a_message_heard_twice_is_kept_once(town: Town) -> None:
    assistant, _ = await saved(town)
    with town.held_back():
        await assistant.do("photo")
    [update] = town.telegram.take_updates()

    await town.feed(update)
    await town.feed(update)

    assert len(await attachments(town)) == 1


async def test_what_came_begins_a_new_result(town: Town) -> None:
    assistant, _ = await saved(town)
    town.clock.tick(minutes=20)
    await assistant.do("photo")

    await assistant.choose("attachment-new")
    await assistant.press(TALK)
    assert assistant.says("activity-attached-draft") in assistant.screen
    await assistant.press("5")
    await assistant.choose("activity-save")

    assert assistant.says("activity-attached", count=1) in assistant.screen


async def test_what_belongs_to_nothing_is_deleted(town: Town) -> None:
    assistant, _ = await saved(town)
    await assistant.do("album", 2)
    forget = assistant.data_of("attachment-none")

    await assistant.press_data(forget)
    await assistant.press_data(forget)

    assert await attachments(town) == []
    assert assistant.says("attachment-forgotten") in assistant.screen


async def test_what_belongs_to_an_entry_is_not_deleted_by_an_old_button(town: Town) -> None:
    assistant, entry = await saved(town)
    await assistant.do("photo")
    forget = assistant.data_of("attachment-none")
    await assistant.press("Интернет-мошенничество")

    await assistant.press_data(forget)

    assert assistant.toast == assistant.says("error-attachment-assigned")
    assert [each.activity_id for each in await attachments(town)] == [entry.id]


async def test_a_photo_leaves_another_question_as_it_stands(town: Town) -> None:
    assistant, entry = await saved(town)
    await assistant.press_data(f"entryaway:{entry.id}")

    await assistant.do("photo")
    await assistant.press("Интернет-мошенничество")
    await assistant.send("Записано по ошибке")

    assert shown(assistant, "entry-withdrawn") in assistant.screen
    assert len(await attachments(town)) == 1


async def test_what_waits_is_one_touch_from_the_day(town: Town) -> None:
    assistant, entry = await saved(town)
    await assistant.do("photo")
    await assistant.tap("key-my-day")

    await assistant.choose("day-waiting", count=1)
    await assistant.press("Интернет-мошенничество")

    assert [each.activity_id for each in await attachments(town)] == [entry.id]


@pytest.mark.parametrize("act", ["sticker", "video_note"])
async def test_what_cannot_be_kept_is_answered_clearly(town: Town, act: str) -> None:
    assistant, _ = await saved(town)

    await assistant.do(act)

    assert assistant.screen == refusal(assistant, "error-attachment-kind")
    assert await attachments(town) == []


async def test_a_file_over_20_megabytes_is_answered_clearly(town: Town) -> None:
    assistant, _ = await saved(town)

    await assistant.do("document", UploadedFile("film.bin", bytes(20 * 1024 * 1024 + 1)))

    assert assistant.screen == refusal(assistant, "error-attachment-size", limit=20)
    assert await attachments(town) == []


async def test_without_a_shift_a_photo_is_not_kept(town: Town) -> None:
    assistant = await town.briefed_assistant()

    await assistant.do("photo")

    assert refusal(assistant, "error-attachment-no-shift") in assistant.screen
    assert await attachments(town) == []


async def test_e9_a_command_in_a_caption_is_no_command(town: Town) -> None:
    assistant, _ = await saved(town)

    await assistant.do("photo", caption="/start")

    assert shown(assistant, "attachment-ask", kind="photo") in assistant.screen


async def test_e1_attachments_of_others_are_out_of_reach(town: Town) -> None:
    owner, entry = await saved(town)
    await owner.do("photo")
    [kept] = await attachments(town)
    stranger = await on_shift(town, "Сабитова Гүлнар")
    await begin(stranger, TALK)
    before = await town.dump()

    for data in (
        f"attach:{kept.id}:{entry.id}",
        f"attask:{kept.id}",
        f"attnone:{kept.id}",
        f"actnew:talk:{kept.id}:0",
    ):
        await stranger.press_data(data)
        assert stranger.toast == stranger.says("error-not-found")
    assert await town.dump() == before


async def test_a_photo_is_not_attached_to_an_entry_of_somebody_else(town: Town) -> None:
    _, entry = await saved(town)
    stranger = await on_shift(town, "Сабитова Гүлнар")
    town.clock.tick(minutes=3)
    await stranger.do("photo")
    [kept] = await attachments(town)

    await stranger.press_data(f"attach:{kept.id}:{entry.id}")

    assert stranger.toast == stranger.says("error-not-found")
    assert [each.activity_id for each in await attachments(town)] == [None]


async def test_places_are_forgotten_after_their_term(town: Town) -> None:
    assistant, _ = await saved(town)
    await assistant.do("location", 53.22, 63.63)
    town.clock.tick(days=91)

    await town.house.services.retention.run_due()

    [kept] = await attachments(town)
    assert (kept.lat, kept.lon) == (None, None)
