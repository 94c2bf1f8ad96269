"""What people type into a draft: clear texts, and nothing lost."""

import pytest

from sandbox.model import UploadedFile
from tests.flows.duty import on_shift
from tests.flows.results import PATROL, TALK, begin, entries_of, entry_of, record_patrol
from tests.flows.steps import refusal
from tests.phone import Phone
from tests.town import Town


async def people_asked(town: Town) -> Phone:
    """Return the phone of somebody who is asked how many people they reached."""
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    await assistant.press("Наркотики")
    await assistant.press("Родители")
    return assistant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("-1", "error-count-range"),
        ("0", "error-count-range"),
        ("1000000000", "error-count-range"),
        ("много", "error-count-form"),
        ("12 человек", "error-count-form"),
    ],
)
async def test_a_number_that_is_none_is_explained_and_asked_again(
    town: Town, typed: str, why: str
) -> None:
    assistant = await people_asked(town)

    await assistant.send(typed)

    assert assistant.screen.startswith(refusal(assistant, why, limit=5000))
    assert "Родители" in assistant.screen
    await assistant.send("17")
    await assistant.choose("activity-save-now")
    assert (await entry_of(town, assistant)).people_reached == 17


@pytest.mark.parametrize(
    ("typed", "why", "args"),
    [
        ("15:40 – 15:20", "error-period-order", {}),
        ("15:40 – 16:20", "error-period-ahead", {}),
        ("14:00 – 15:20", "error-period-before-shift", {"at": "started"}),
        ("после обеда", "error-period-form", {}),
    ],
)
async def test_a_patrol_that_cannot_have_been_is_explained(
    town: Town, typed: str, why: str, args: dict[str, str]
) -> None:
    assistant = await on_shift(town)
    started = town.clock()
    town.clock.tick(hours=1)
    await record_patrol(assistant)
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="period")

    await assistant.send(typed)

    values = {"at": started} if args else {}
    assert assistant.screen.startswith(refusal(assistant, why, **values))
    await assistant.send("15:10 – 15:50")
    await assistant.choose("activity-save")
    assert "15:10 – 15:50" in assistant.screen


async def test_words_of_4096_letters_are_refused_with_the_limit(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=30)
    await begin(assistant, PATROL)

    await assistant.send("ә" * 4096)

    assert assistant.screen.startswith(
        refusal(assistant, "error-words-long", limit=120, length=4096)
    )
    assert await entries_of(town, assistant) == []


async def test_lines_and_hidden_signs_become_one_line(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=30)
    await begin(assistant, PATROL)

    await assistant.send("Парк\nПобеды\u200b \u202eул. Абая")
    await assistant.choose("activity-save-now")

    assert (await entry_of(town, assistant)).fields["area"] == "Парк Победы ул. Абая"


async def test_words_where_a_button_is_wanted_are_explained(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)

    await assistant.send("мошенники")

    assert assistant.screen.startswith(refusal(assistant, "error-choose-button"))
    await assistant.tap("key-result")
    await assistant.send("патруль")
    assert assistant.screen.startswith(refusal(assistant, "error-choose-button"))


@pytest.mark.parametrize("act", ["sticker", "video_note"])
async def test_a_sticker_in_a_draft_is_refused_and_the_draft_goes_on(town: Town, act: str) -> None:
    assistant = await people_asked(town)

    await assistant.do(act)

    assert assistant.screen.startswith(refusal(assistant, "error-attachment-kind"))
    await assistant.press("5")
    assert "Охват, человек: 5" in assistant.screen


async def test_a_photo_in_a_draft_belongs_to_it_and_its_caption_is_the_note(town: Town) -> None:
    assistant = await people_asked(town)

    await assistant.do("photo", caption="Раздали памятки")

    assert assistant.says("activity-attached-draft") in assistant.screen
    assert "Примечание: Раздали памятки" in assistant.screen
    await assistant.press("5")
    await assistant.choose("activity-save-now")
    entry = await entry_of(town, assistant)
    assert entry.attachments == 1
    assert entry.fields["note"] == "Раздали памятки"


async def test_a_caption_over_the_limit_is_refused_and_the_photo_kept(town: Town) -> None:
    assistant = await people_asked(town)

    await assistant.do("photo", caption="ә" * 2000)

    assert assistant.screen.startswith(
        refusal(assistant, "error-words-long", limit=500, length=2000)
    )
    await assistant.press("5")
    await assistant.choose("activity-save-now")
    entry = await entry_of(town, assistant)
    assert entry.attachments == 1
    assert "note" not in entry.fields


async def test_an_album_in_a_draft_belongs_to_it_as_a_whole(town: Town) -> None:
    assistant = await people_asked(town)
    before = len(assistant.inbox)

    await assistant.do("album", 10)

    assert len(assistant.inbox) == before
    await assistant.press("5")
    await assistant.choose("activity-save-now")
    assert (await entry_of(town, assistant)).attachments == 10


async def test_a_place_in_a_draft_belongs_to_it(town: Town) -> None:
    assistant = await people_asked(town)

    await assistant.do("location", 53.22, 63.63)
    await assistant.press("5")
    await assistant.choose("activity-save-now")

    assert (await entry_of(town, assistant)).attachments == 1


async def test_a_live_location_in_a_draft_is_of_the_shift(town: Town) -> None:
    assistant = await people_asked(town)

    await assistant.do("location", 53.22, 63.63, live_period=3600)

    assert assistant.says("shift-live-on") in assistant.screen
    await assistant.press("5")
    await assistant.choose("activity-save-now")
    assert (await entry_of(town, assistant)).attachments == 0


async def test_a_file_too_large_in_a_draft_is_refused(town: Town) -> None:
    assistant = await people_asked(town)

    await assistant.do("document", UploadedFile("film.bin", bytes(21 * 1024 * 1024)))

    assert assistant.screen.startswith(refusal(assistant, "error-attachment-size", limit=20))
