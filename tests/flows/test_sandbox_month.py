"""The sandbox as it opens: a month has gone by, and everybody on the phones had their part."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.commands.sandbox import settle
from bot.config import Settings, load_settings
from bot.demo import read_people
from bot.services import audit
from bot.services.certificate_rules import Verdict
from bot.services.states import Role
from db.models import Activity, Certificate, Digest, OutboxMessage, Shift
from db.models.activities import VOID
from db.models.digests import DigestKind, DigestState
from db.models.outbox import OutboxState
from db.models.shifts import ShiftState
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import CONTENT, Town

LANGUAGES = ["kk", "ru", "en"]


@pytest.fixture
def settings(database_url: str) -> Settings:
    return load_settings(
        Path("no such file"),
        {"DATABASE_URL": database_url, "CERTIFICATE_KEY": bytes(range(32)).hex()},
    )


@pytest.fixture
async def phones(town: Town, settings: Settings) -> dict[str, Phone]:
    """The phones of the sandbox's people by role, after its first start."""
    people = read_people(CONTENT / "demo.toml")
    found: dict[str, Phone] = {}
    found |= {each.role: town.phone(each.first_name, each.language) for each in people}
    await settle(settings, town.app, town.telegram, people)
    await town.settle()
    return found


async def speak(phone: Phone, language: str) -> None:
    """Let the person use the bot in the language from now on."""
    services = phone._town.house.services
    await services.people.choose_language((await phone._town.me(phone)).person_id, language)
    phone.language = language
    await phone.start()


def daily_title(town: Town, phone: Phone) -> str:
    day = town.clock.local().date()
    district = town.house.districts.name("kostanay", phone.language)
    return shown(
        phone, "digest-title", kind=DigestKind.DAILY, district=district, first=day, last=day
    )


def number_in(text: str) -> int:
    found = re.search(r"\d+", re.sub(r"<[^>]+>", "", text))
    assert found is not None, text
    return int(found[0])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_coordinator_reads_a_full_digest(
    town: Town, phones: dict[str, Phone], language: str
) -> None:
    coordinator = phones["coordinator"]
    await speak(coordinator, language)

    await coordinator.tap("key-digest")

    lines = coordinator.screen.splitlines()
    assert lines[0] == daily_title(town, coordinator)
    shifts = next(line for line in lines if line.startswith(coordinator.says("digest-shifts")))
    _, count, eve, mean = shifts.split(" | ")
    assert int(count) >= 3
    assert int(eve) >= 3
    assert mean != "0"
    settle = coordinator.buttons
    assert any("📥" in button for button in settle)
    assert any("⏱" in button for button in settle)
    assert any("🎓" in button for button in settle)
    # There is more than a screen takes: the next come up as these are settled.
    for button in settle:
        if button.startswith(("📍", "⚠️")):
            await coordinator.press(button)
    assert any("📘" in button for button in coordinator.buttons)


async def test_the_coordinator_sees_who_is_on_duty_now(phones: dict[str, Phone]) -> None:
    coordinator = phones["coordinator"]

    await coordinator.tap("key-duty")

    first, *listed = coordinator.screen.splitlines()
    assert number_in(first) == len(listed) >= 3
    assert any("вне района" in line for line in listed)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_assistant_looks_back_on_a_month(
    town: Town, phones: dict[str, Phone], language: str
) -> None:
    assistant = phones["assistant"]
    await speak(assistant, language)

    await assistant.tap("key-my-day")

    assert assistant.says("day-no-shift") in assistant.screen
    me = await town.me(assistant)
    day = await town.house.services.my_day.look(me.person_id)
    assert day.this_month.shifts >= 2
    assert day.last_month.shifts >= 5
    assert day.returned >= 1
    month = shown(
        assistant, "day-last-month", count=day.last_month.shifts, worked=day.last_month.worked
    )
    assert month in assistant.screen
    assert assistant.says("day-returned", count=day.returned) in assistant.buttons


async def test_a_days_sums_are_those_of_its_entries(town: Town, phones: dict[str, Phone]) -> None:
    me = await town.me(phones["assistant"])
    zone = town.house.content.region.zone
    day = await town.house.services.my_day.look(me.person_id)
    async with town.database.reading() as uow:
        entries = list(
            await uow.session.scalars(select(Activity).where(Activity.person_id == me.person_id))
        )
        shifts = list(
            await uow.session.scalars(select(Shift).where(Shift.person_id == me.person_id))
        )

    for month in (day.this_month, day.last_month):
        own = [
            each
            for each in entries
            if each.begins_at.astimezone(zone).date().replace(day=1) == month.first
            and each.state not in VOID
        ]
        assert month.entries == len(own)
        assert month.people_reached == sum(each.people_reached for each in own)
    worked = sum((each.ended_at - each.started_at for each in shifts if each.ended_at), timedelta())
    assert day.this_month.worked + day.last_month.worked == worked
    assert all(each.state is ShiftState.CLOSED for each in shifts)


async def test_the_phones_show_no_news_of_long_ago(town: Town, phones: dict[str, Phone]) -> None:
    async with town.database.reading() as uow:
        notices = list(await uow.session.scalars(select(OutboxMessage)))
    told = {each.kind for each in notices if each.state is OutboxState.SENT}

    assert told == {"application-received"}
    assert not any(each.state is OutboxState.FAILED for each in notices)
    assert "Образцов Тимур" in phones["coordinator"].screen


async def test_the_evenings_digest_comes_once_and_yesterdays_does_not(
    town: Town, phones: dict[str, Phone]
) -> None:
    me = await town.me(phones["coordinator"])
    town.clock.to("20:00")
    await town.house.services.digest_making.run_due()
    await town.settle()

    async with town.database.reading() as uow:
        digests = list(await uow.session.scalars(select(Digest).order_by(Digest.local_date)))
    assert {each.person_id for each in digests} == {me.person_id}
    assert [each.state for each in digests if each.kind is DigestKind.DAILY] == [
        DigestState.SKIPPED,
        DigestState.SENT,
    ]
    title = daily_title(town, phones["coordinator"])
    came = [phones["coordinator"].words(each) for each in phones["coordinator"].inbox]
    assert len([text for text in came if text.startswith(title)]) == 1


async def test_certificates_of_the_past_can_be_checked(
    town: Town, phones: dict[str, Phone]
) -> None:
    checks = town.house.services.certificate_checks
    async with town.database.reading() as uow:
        certificates = list(await uow.session.scalars(select(Certificate)))

    verdicts = [(await checks.verify(each.code)).verdict for each in certificates]
    assert {Verdict.VALID, Verdict.REVOKED} <= set(verdicts)
    assert Verdict.UNKNOWN not in verdicts
    me = await town.me(phones["assistant"])
    assert len([each for each in certificates if each.person_id == me.person_id]) == 2


async def test_the_journal_of_the_sandbox_is_whole(town: Town, phones: dict[str, Phone]) -> None:
    assert (await audit.verify(town.database)).problem is None
    assert (await town.audit_actions()).count("sample.seeded") == 1
    me = await town.me(phones["admin"])
    assert Role.ADMIN in me.roles


async def test_a_recruit_goes_on_where_history_ends(town: Town, phones: dict[str, Phone]) -> None:
    coordinator = phones["coordinator"]
    await coordinator.choose("application-approve")

    applicant = await town.me(phones["applicant"])
    assert applicant.assistant is not None
    assert applicant.assistant.service_number.startswith("39-00062")
