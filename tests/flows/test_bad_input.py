"""Wrong answers: refused with a reason in the person's language, asked again, nothing kept."""

import json

import pytest

from bot.services.people import Step
from db.models.people import NAME_LENGTH
from tests.flows.steps import NAME, answer, recruit_at, refusal, shown
from tests.phone import Phone
from tests.town import Town

LANGUAGES = ["kk", "ru", "en"]
MEDIA = ["photo", "sticker", "voice", "document", "video_note"]
TOO_LONG = "Аб " * 100
NO_NAMES = {
    "Я": "error-name-short",
    "Айжан": "error-name-short",
    TOO_LONG: "error-name-long",
    "Айжан 😀": "error-name-letters",
    "<b>Айжан</b> Серікова": "error-name-letters",
    '<a href="tg://user?id=1">Айжан</a>': "error-name-letters",
    "R&D Айжан": "error-name-letters",
    "{0.__class__} Айжан": "error-name-letters",
    "{ Айжан": "error-name-letters",
    "%s Айжан": "error-name-letters",
    "$x Айжан": "error-name-letters",
    "\u202e\u200f": "error-name-letters",
    "=1+1": "error-name-letters",
}


async def assert_asked_again(phone: Phone, question: str, reason: str) -> None:
    assert phone.screen == f"{reason}\n\n{question}", phone.describe()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_f1_f6_f14_no_name_is_refused_and_asked_again(town: Town, language: str) -> None:
    phone = await recruit_at(town, Step.NAME, language)
    question = phone.screen

    for text, key in NO_NAMES.items():
        await phone.send(text)
        limit = {"limit": NAME_LENGTH} if key == "error-name-long" else {}
        await assert_asked_again(phone, question, refusal(phone, key, **limit))

    me = await town.me(phone)
    assert me.full_name is None
    assert "person.name" not in await town.audit_actions()

    await phone.send(NAME)
    assert (await town.me(phone)).full_name == NAME


@pytest.mark.parametrize("mark", ["\u202e", "\u200f", "\u2067", "\x00", "\x1b", "\ufeff"])
async def test_f6_marks_nobody_sees_are_not_kept(town: Town, mark: str) -> None:
    phone = await recruit_at(town, Step.NAME)

    await phone.send(f"Серік{mark}ова {mark}Айжан")

    assert (await town.me(phone)).full_name == NAME
    assert mark not in phone.screen


async def send_halved(town: Town, phone: Phone, text: str) -> None:
    """Write a text with half a character in place of each ``#``: phones cannot, JSON can."""
    town.telegram.people.text(phone.id, text)
    for update in town.telegram.take_updates():
        halved = json.loads(json.dumps(update).replace("#", r"\ud83d"))
        await town.feed(halved)


async def test_f6_half_a_character_is_not_kept(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)

    await send_halved(town, phone, "Серікова# Айжан")

    assert (await town.me(phone)).full_name == NAME


async def test_f6_half_a_character_breaks_no_link_and_no_search(town: Town) -> None:
    coordinator = await town.coordinator()

    await send_halved(town, coordinator, "/start claim_#a")
    assert coordinator.says("error-link-unknown") in coordinator.screen
    await coordinator.tap("key-assistants")
    await send_halved(town, coordinator, "Ә#жік")
    assert coordinator.screen == shown(coordinator, "assistants-found", count=0, search="Әжік")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_anything_but_text_is_refused_where_a_name_is_asked(
    town: Town, language: str
) -> None:
    phone = await recruit_at(town, Step.NAME, language)
    question, reason = phone.screen, refusal(phone, "error-text-wanted")

    for medium in MEDIA:
        await phone.do(medium)
        await assert_asked_again(phone, question, reason)
    await phone.do("photo", caption=NAME)
    await assert_asked_again(phone, question, reason)
    await phone.do("location", 53.2, 63.6)
    await assert_asked_again(phone, question, reason)
    await phone.share_contact()
    await assert_asked_again(phone, question, reason)

    me = await town.me(phone)
    assert (me.full_name, me.phone) == (None, None)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_anything_but_a_contact_is_refused_where_a_phone_is_asked(
    town: Town, language: str
) -> None:
    phone = await recruit_at(town, Step.PHONE, language)
    question, reason = phone.screen, refusal(phone, "error-contact-wanted")

    for text in ("+77011234567", "нет", "🙂", "<b>"):
        await phone.send(text)
        await assert_asked_again(phone, question, reason)
    for medium in MEDIA:
        await phone.do(medium)
        await assert_asked_again(phone, question, reason)
    await phone.do("location", 53.2, 63.6)
    await assert_asked_again(phone, question, reason)

    assert (await town.me(phone)).phone is None
    assert phone.says("key-share-phone") in phone.keys


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_contact_of_another_person_is_refused(town: Town, language: str) -> None:
    phone, other = await recruit_at(town, Step.PHONE, language), town.phone("Бөтен")
    question, reason = phone.screen, refusal(phone, "error-contact-foreign")

    await phone.share_contact(of=other)
    await assert_asked_again(phone, question, reason)
    await phone.do("forward_contact", "+77019999999", "Айжан")  # one without an account
    await assert_asked_again(phone, question, reason)
    await phone.do("forward_contact", other.user.phone, "Айжан", other.id)
    await assert_asked_again(phone, question, reason)

    assert (await town.me(phone)).phone is None
    assert "person.phone" not in await town.audit_actions()


async def test_an_own_contact_with_a_broken_number_is_refused(town: Town) -> None:
    phone = await recruit_at(town, Step.PHONE)

    await phone.do("forward_contact", "12", "Айжан", phone.id)

    assert phone.screen.startswith(refusal(phone, "error-phone"))
    assert (await town.me(phone)).phone is None


async def test_a_number_of_another_account_is_refused(town: Town) -> None:
    holder = await town.applicant()
    phone = await recruit_at(town, Step.PHONE)

    await phone.do("forward_contact", holder.user.phone, "Айжан", phone.id)

    assert phone.screen.startswith(refusal(phone, "error-phone-taken"))
    assert (await town.me(phone)).phone is None


async def test_a_phone_is_not_kept_before_consent(town: Town) -> None:
    phone = await recruit_at(town, Step.CONSENT)

    await phone.press_data("phone")  # a button this person has never seen
    await phone.share_contact()

    assert phone.says("error-no-consent") in phone.screen
    assert (await town.me(phone)).phone is None


@pytest.mark.parametrize("step", [Step.LANGUAGE, Step.CONSENT, Step.DISTRICT, Step.CONFIRM])
async def test_where_buttons_answer_a_message_brings_the_question_again(
    town: Town, step: Step
) -> None:
    language = "kk" if step is Step.LANGUAGE else "ru"  # the state language, before any choice
    phone = await recruit_at(town, step, language)
    question = phone.screen

    for act in ("photo", "voice", "sticker"):
        await phone.do(act)
        await assert_asked_again(phone, question, phone.says("unknown-input"))
    await phone.send("Здравствуйте, <b>{0}</b>")
    await assert_asked_again(phone, question, phone.says("unknown-input"))

    await answer(phone, step)
    assert question not in phone.screen


async def test_f14_a_reason_of_braces_and_tags_is_read_literally_by_both(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), await town.applicant()
    reason = "{0.__class__} %s $x <b>&amp; {name}"

    await coordinator.tap("key-applications")
    await coordinator.press("Образцов Тимур")
    await coordinator.choose("application-reject")
    await coordinator.do("photo")
    assert coordinator.screen.startswith(refusal(coordinator, "error-text-wanted"))
    await coordinator.send("ок")
    assert coordinator.screen.startswith(refusal(coordinator, "error-reason-short"))
    await coordinator.send(reason)

    assert reason in coordinator.screen
    assert reason in recruit.screen
    await recruit.send("/menu")
    assert reason in recruit.screen


@pytest.mark.parametrize("text", ["ӘЖІ\x00К", "%", "_", "\\", "'; --", "<b>", "{}", "\u202e"])
async def test_f11_a_search_is_literal(town: Town, text: str) -> None:
    coordinator = await town.coordinator()
    await town.assistant(name="Әжікова Құралай")
    await coordinator.tap("key-assistants")

    await coordinator.send(text)

    found = any("Әжікова" in button for button in coordinator.buttons)
    assert found == (text in ("ӘЖІ\x00К", "\u202e")), coordinator.describe()


@pytest.mark.parametrize(
    "payload", ["x", "invite", "invite_", "invite_\x00", "claim_ы", "account_" + "A" * 300, "❤ ❤"]
)
async def test_e7_an_odd_start_payload_still_opens_the_current_screen(
    town: Town, payload: str
) -> None:
    phone = await recruit_at(town, Step.NAME)
    question = phone.screen

    await phone.send(f"/start {payload}")

    assert phone.screen.endswith(question)
    assert (await town.me(phone)).step is Step.NAME
