"""A shift from its key to its report."""

import pytest

from bot.services.states import AssistantStatus, Place, ShiftState
from tests.flows.duty import CENTRE, FAR, card_of, shifts_of
from tests.flows.steps import refusal, shown
from tests.town import Town


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_shift_from_its_key_to_its_end(town: Town, language: str) -> None:
    assistant = await town.briefed_assistant(language=language)

    await assistant.tap("key-start-shift")
    await assistant.do("location", *CENTRE)

    assert shown(assistant, "shift-card-open", at=town.clock()) in assistant.screen
    assert assistant.says("shift-place", place=Place.INSIDE) in assistant.screen
    assert assistant.says("key-end-shift") in assistant.keys
    assert assistant.says("key-start-shift") not in assistant.keys

    town.clock.tick(hours=3, minutes=21, seconds=40)
    await assistant.tap("key-end-shift")
    await assistant.do("location", *CENTRE)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.CLOSED
    assert shown(assistant, "shift-ended", length=shift.credited) in assistant.screen
    assert "3" in assistant.screen
    assert "21" in assistant.screen
    assert assistant.says("key-start-shift") in assistant.keys


async def test_the_card_ends_as_the_report_in_its_own_message(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    card = card_of(assistant)

    town.clock.tick(hours=2)
    await assistant.choose("key-end-shift")
    await assistant.tap("key-end-no-location")

    report = card_of(assistant)
    [shift] = await shifts_of(town, assistant)
    assert report["message_id"] == card["message_id"]
    assert shown(
        assistant,
        "shift-card-closed",
        start=shift.started_at,
        end=shift.ended_at,
        length=shift.credited,
    ) in str(report["text"])


async def test_a_card_that_was_deleted_comes_again(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    gone = card_of(assistant)
    town.telegram.chat(assistant.id).messages.remove(gone)

    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    report = card_of(assistant)
    assert report["message_id"] > gone["message_id"]
    assert assistant.says("shift-correct") in assistant.buttons


@pytest.mark.parametrize(
    ("point", "accuracy_m", "place"),
    [
        (CENTRE, None, Place.INSIDE),
        (CENTRE, 30.0, Place.INSIDE),
        (FAR, None, Place.OUTSIDE),
        (FAR, 1500.0, Place.OUTSIDE),
    ],
)
async def test_a_fence_marks_a_start_and_blocks_nothing(
    town: Town, point: tuple[float, float], accuracy_m: float | None, place: Place
) -> None:
    assistant = await town.briefed_assistant()

    await assistant.tap("key-start-shift")
    await assistant.do("location", *point, accuracy_m=accuracy_m)

    [shift] = await shifts_of(town, assistant)
    assert shift.start_place is place
    assert shift.state is ShiftState.OPEN


async def test_a_start_without_location_is_open_and_marked(town: Town) -> None:
    assistant = await town.briefed_assistant()

    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")

    assert assistant.says("shift-place", place=Place.NONE) in assistant.screen


async def test_the_shift_begins_when_the_message_was_sent_and_not_when_it_came(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    sent_at = town.clock()

    with town.held_back():
        await assistant.tap("key-start-no-location")
    town.clock.tick(minutes=45)
    await town.settle()

    [shift] = await shifts_of(town, assistant)
    assert shift.started_at == sent_at


async def test_a_place_sent_long_ago_is_asked_for_again_and_may_be_left_out(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")

    with town.held_back():
        await assistant.do("location", *CENTRE)
    town.clock.tick(minutes=11)
    await town.settle()

    assert refusal(assistant, "error-location-old") in assistant.screen
    assert await shifts_of(town, assistant) == []

    await assistant.tap("key-start-no-location")

    assert len(await shifts_of(town, assistant)) == 1


async def test_a_forwarded_place_is_refused_at_the_start(town: Town) -> None:
    friend = await town.briefed_assistant(name="Досов Асан")
    await friend.do("location", *CENTRE)
    place = next(message for message in friend.messages if "location" in message)
    assistant = await town.briefed_assistant()

    await assistant.tap("key-start-shift")
    await assistant.do("forward", place["message_id"], friend.id)

    assert refusal(assistant, "error-location-forwarded") in assistant.screen
    assert await shifts_of(town, assistant) == []
    assert assistant.says("key-send-location") in assistant.keys


async def test_a_forwarded_place_does_not_stop_an_end(town: Town) -> None:
    friend = await town.briefed_assistant(name="Досов Асан")
    await friend.do("location", *CENTRE)
    place = next(message for message in friend.messages if "location" in message)
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")

    await assistant.tap("key-end-shift")
    await assistant.do("forward", place["message_id"], friend.id)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.CLOSED
    assert shift.end_place is Place.NONE


async def test_words_instead_of_a_place_are_asked_again(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")

    await assistant.send("я на площади")

    assert refusal(assistant, "error-location-wanted") in assistant.screen
    assert assistant.says("key-start-no-location") in assistant.keys


async def test_a_cancelled_start_loses_nothing(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")

    await assistant.tap("key-cancel")

    assert await shifts_of(town, assistant) == []
    assert assistant.says("key-start-shift") in assistant.keys


async def test_a_place_whose_question_was_forgotten_asks_to_start(town: Town) -> None:
    assistant = await town.briefed_assistant()

    await assistant.do("location", *CENTRE)

    assert shown(assistant, "shift-start-ask", police="102", emergency="112") in assistant.screen
    assert await shifts_of(town, assistant) == []


async def test_a_trainee_is_sent_to_the_briefing(town: Town) -> None:
    trainee = await town.assistant(active=False)

    await trainee.send(trainee.says("key-start-shift"))

    assert refusal(trainee, "error-shift-trainee") in trainee.screen
    assert trainee.says("key-briefing") in trainee.keys
    assert trainee.says("key-start-shift") not in trainee.keys


@pytest.mark.parametrize("status", [AssistantStatus.SUSPENDED, AssistantStatus.DISMISSED])
async def test_who_may_not_serve_reads_why_and_what_is_next(
    town: Town, status: AssistantStatus
) -> None:
    assistant = await town.briefed_assistant()
    me = await town.me(assistant)
    since = town.clock()
    await town.house.services.assistants.set_status(
        await town.admin_id(), me.person_id, status, "Жалоба жителей"
    )
    await town.settle()

    await assistant.send(assistant.says("key-start-no-location"))

    assert "Жалоба жителей" in assistant.screen
    key = f"error-shift-{status.value}"
    args = {"at": since} if status is AssistantStatus.SUSPENDED else {}
    assert refusal(assistant, key, reason="Жалоба жителей", **args) in assistant.screen
    assert await shifts_of(town, assistant) == []


async def test_an_expired_briefing_starts_no_shift_and_shows_its_key(town: Town) -> None:
    assistant = await town.briefed_assistant()
    town.clock.tick(days=370)

    await assistant.send(assistant.says("key-start-shift"))

    assert refusal(assistant, "error-shift-no-briefing") in assistant.screen
    assert assistant.says("key-briefing") in assistant.keys
    assert assistant.says("key-start-shift") not in assistant.keys


async def test_a_stranger_is_no_assistant(town: Town) -> None:
    coordinator = await town.coordinator()

    await coordinator.send(coordinator.says("key-start-shift"))

    assert refusal(coordinator, "error-shift-not-assistant") in coordinator.screen


async def test_a_suspended_person_can_still_end(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    me = await town.me(assistant)
    await town.house.services.assistants.set_status(
        await town.admin_id(), me.person_id, AssistantStatus.SUSPENDED, "Жалоба жителей"
    )
    await town.settle()

    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.CLOSED


async def test_an_end_without_a_shift_says_so(town: Town) -> None:
    assistant = await town.briefed_assistant()

    await assistant.send(assistant.says("key-end-shift"))

    assert refusal(assistant, "error-shift-none") in assistant.screen


async def test_pressing_end_on_an_old_card_ends_nothing(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    [first] = await shifts_of(town, assistant)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    town.clock.tick(minutes=1)
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")

    await assistant.press_data(f"shiftend:{first.id}")

    assert assistant.toast == assistant.says("error-shift-ended", at=first.started_at)
    assert (await shifts_of(town, assistant))[0].state is ShiftState.OPEN
    assert assistant.says("key-end-shift") in assistant.keys


async def test_a_long_shift_offers_to_correct_its_end(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    town.clock.tick(hours=7)

    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    [shift] = await shifts_of(town, assistant)
    assert shown(assistant, "shift-ended-long", length=shift.credited) in assistant.screen
    assert assistant.says("shift-correct") in str(card_of(assistant))


async def test_one_sees_ones_shifts_in_two_touches(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    town.clock.tick(hours=2)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    [shift] = await shifts_of(town, assistant)

    await assistant.tap("key-my-shifts")
    await assistant.press(assistant.buttons[0])

    assert (
        shown(
            assistant,
            "shift-card-closed",
            start=shift.started_at,
            end=shift.ended_at,
            length=shift.credited,
        )
        in assistant.screen
    )


@pytest.mark.parametrize(
    "press", ["shiftend", "shiftlive", "shiftother", "shiftstay", "myshift", "shiftfix"]
)
async def test_e1_a_shift_of_somebody_else_is_not_there(town: Town, press: str) -> None:
    owner = await town.briefed_assistant(name="Құпияева Сәуле")
    await owner.tap("key-start-shift")
    await owner.tap("key-start-no-location")
    [shift] = await shifts_of(town, owner)
    stranger = await town.briefed_assistant()
    before = await town.dump()

    await stranger.press_data(f"{press}:{shift.id}")

    assert stranger.toast == stranger.says("error-not-found")
    assert "Құпияева" not in stranger.describe()
    assert await town.dump() == before


async def test_e1_nobody_states_the_end_of_somebody_elses_shift(town: Town) -> None:
    owner = await town.briefed_assistant(name="Құпияева Сәуле")
    await owner.tap("key-start-shift")
    await owner.tap("key-start-no-location")
    [shift] = await shifts_of(town, owner)
    town.clock.tick(hours=5)
    stranger = await town.briefed_assistant()

    for data in (f"shiftat:{shift.id}:60", f"fixlen:{shift.id}:60"):
        await stranger.press_data(data)
        assert stranger.toast == stranger.says("error-not-found")

    assert (await shifts_of(town, owner))[0].state is ShiftState.OPEN
