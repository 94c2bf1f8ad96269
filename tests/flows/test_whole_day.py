"""One recruit's whole day, from START to a certificate that anybody can verify.

Told by what people press: nothing is prepared but a coordinator and an admin. The only words
typed are a name, a street, and the number a stranger reads off the paper.
"""

import asyncio
import os
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.services.certificate_number import grouped, start_payload
from bot.services.states import ShiftState
from bot.web import PublicPages, site
from tests.flows.digest_days import Days
from tests.flows.duty import CENTRE, FAR, shifts_of
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town

NAME, AREA = "Серікова Айжан", "Парк Победы"
TALK_PEOPLE = 20
HOME = "kostanay"


@dataclass
class Day:
    """The people of the day, and the town they are in."""

    town: Town
    recruit: Phone
    coordinator: Phone
    admin: Phone

    @property
    def language(self) -> str:
        """Everybody speaks it today."""
        return self.recruit.language

    def kind(self, code: str) -> str:
        """Return what a kind of results is called."""
        [kind] = [each for each in self.town.house.content.activities if each.code == code]
        return kind.names[self.language]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_from_start_to_a_verified_certificate(
    town: Town, database_url: str, tmp_path: Path, language: str
) -> None:
    day = Day(
        town,
        recruit=town.phone("Айжан", language),
        coordinator=await town.coordinator(HOME, language=language),
        admin=await town.admin(language=language),
    )

    number = await applies_and_is_approved(day)
    await passes_the_briefing(day)
    await serves_a_shift(day)
    await coordinator_reads_the_digest(day)
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(await admin_issues_and_holder_gets_the_pdf(day))
    certificate = await only_certificate(day)

    await stranger_verifies_in_the_bot(day, certificate, number)
    await stranger_verifies_on_the_page(day, certificate)
    said = await verified_offline(database_url, str(sheet))
    assert said.startswith("valid\n")
    assert f"holder: {NAME}" in said


async def applies_and_is_approved(day: Day) -> str:
    """The recruit registers, the coordinator approves; return the service number."""
    recruit, coordinator = day.recruit, day.coordinator
    district = day.town.house.districts.name(HOME, day.language)

    await recruit.start()
    await recruit.choose("language-name")
    await recruit.choose("registration-agree")
    await recruit.send(NAME)
    await recruit.share_contact()
    await recruit.press(district)
    await recruit.choose("registration-send")
    assert shown(recruit, "menu-application-waiting", district=district) in recruit.screen

    assert NAME in coordinator.screen
    await coordinator.choose("application-approve")
    assistant = (await day.town.me(recruit)).assistant
    assert assistant is not None
    assert shown(recruit, "notice-approved", number=assistant.service_number) in recruit.screen
    return assistant.service_number


async def passes_the_briefing(day: Day) -> None:
    """The trainee reads at the pace of reading, answers every question rightly, and signs."""
    trainee, briefing = day.recruit, day.town.house.content.current_briefing
    assert trainee.says("key-start-shift") not in trainee.keys

    await trainee.tap("key-briefing")
    await trainee.choose("briefing-begin")
    for module in briefing.modules:
        for page in module.pages:
            assert module.title[day.language] in trainee.screen
            assert trainee.screen.endswith(page.plain[day.language])
            await trainee.choose("briefing-next")
        assert module.title[day.language] in trainee.screen  # too fast: nobody reads like that
        day.town.clock.tick(minutes=2)
        await trainee.choose("briefing-next")
    await trainee.choose("quiz-start")
    for _ in range(briefing.questions_drawn):
        await answers_rightly(day)
    await trainee.choose("briefing-sign")

    assert trainee.says("key-start-shift") in trainee.keys
    assert NAME in day.coordinator.screen


async def answers_rightly(day: Day) -> None:
    """Read the question off the screen, find the right one of its answers, press its number."""
    trainee, language = day.recruit, day.language
    _, text, *_ = (line for line in trainee.screen.splitlines() if line)
    bank = day.town.house.content.current_briefing.questions
    [question] = [each for each in bank if each.text[language] == text]
    right = question.options[question.right_option][language]
    [number] = [
        line.partition(".")[0]
        for line in trainee.screen.splitlines()
        if line.partition(". ")[2] == right
    ]
    await trainee.press(number)
    assert trainee.toast == trainee.says("quiz-right-toast")


async def serves_a_shift(day: Day) -> None:
    """A shift with a patrol, a talk and a photo of the talk."""
    assistant, clock = day.recruit, day.town.clock
    topic, audience = day.town.house.content.topics[0], day.town.house.content.audiences[0]

    await assistant.tap("key-start-shift")
    await assistant.do("location", *CENTRE)
    assert shown(assistant, "shift-card-open", at=clock()) in assistant.screen

    clock.tick(minutes=40)
    await assistant.tap("key-result")
    await assistant.press(day.kind("patrol"))
    await assistant.send(AREA)
    await assistant.choose("activity-save-now")

    clock.tick(minutes=20)
    await assistant.tap("key-result")
    await assistant.press(day.kind("talk"))
    await assistant.press(topic.names[day.language])
    await assistant.press(audience.names[day.language])
    await assistant.press(str(TALK_PEOPLE))
    await assistant.choose("activity-save-now")

    await assistant.send("/menu")
    await assistant.do("photo")
    await assistant.press(topic.names[day.language])
    assert assistant.toast == assistant.says("attachment-attached-toast", count=1)

    clock.tick(minutes=60)
    await assistant.tap("key-end-shift")
    await assistant.do("location", *FAR)
    [shift] = await shifts_of(day.town, assistant)
    assert shift.state is ShiftState.CLOSED
    assert shown(assistant, "shift-ended", length=timedelta(hours=2)) in assistant.screen


async def coordinator_reads_the_digest(day: Day) -> None:
    """At 20:00 the digest tells one shift of two hours, one patrol and one talk with twenty."""
    coordinator = day.coordinator
    day.town.clock.to("20:00")
    await Days(day.town).run()

    texts = day.town.house.texts[day.language]
    figures = {
        coordinator.says("digest-shifts"): "1",
        coordinator.says("digest-hours"): texts.duration(timedelta(hours=2)),
        day.kind("patrol"): "1",
        day.kind("talk"): "1",
        coordinator.says("digest-people"): str(TALK_PEOPLE),
    }
    for label, figure in figures.items():
        [line] = [line for line in coordinator.screen.splitlines() if label in line]
        assert figure in line
    assert coordinator.says("digest-settled") in coordinator.screen


async def admin_issues_and_holder_gets_the_pdf(day: Day) -> bytes:
    """The admin issues a certificate of training; return the file its holder was sent."""
    admin, holder = day.admin, day.recruit
    kind = day.town.house.content.certificates.sheet("training").names[day.language]
    await admin.tap("key-assistants")
    await admin.press(NAME)
    await admin.choose("assistant-certificates")
    await admin.choose("certificate-issue")
    await admin.press(kind)
    await admin.choose("certificate-without-basis")

    assert shown(holder, "notice-certificate-issued", kind=kind) in holder.screen
    await holder.choose("certificate-get")
    document, *again = [each["document"] for each in holder.inbox if "document" in each]
    assert not again or day.town.repeats
    assert {each["file_unique_id"] for each in again} <= {document["file_unique_id"]}
    return day.town.telegram.files[document["file_id"]].data


async def only_certificate(day: Day) -> str:
    """Return the number of the only certificate of the recruit."""
    me = (await day.town.me(day.recruit)).person_id
    [card] = (await day.town.house.services.certificates.of_person(me, me, 0)).items
    return card.number


async def stranger_verifies_in_the_bot(day: Day, certificate: str, service_number: str) -> None:
    """Somebody with the paper in hand scans its code, and somebody else types its number."""
    for scans in (True, False):
        stranger = day.town.phone("Прохожий", day.language)
        if scans:
            await stranger.start(start_payload(certificate))
        else:
            await stranger.send("/check")
            await stranger.send(grouped(certificate))
        assert shown(stranger, "verification-verdict", verdict="valid") in stranger.screen
        for detail in (NAME, service_number, grouped(certificate), "102"):
            assert detail in stranger.screen


async def stranger_verifies_on_the_page(day: Day, certificate: str) -> None:
    """Any browser shows the same."""
    house = day.town.house
    pages = PublicPages(house.services.certificate_checks, house.content, house.texts)
    async with site(pages.app(), "127.0.0.1", 0, "PUBLIC_PORT") as port, ClientSession() as browser:
        url = f"http://127.0.0.1:{port}/c/{certificate}"
        async with browser.get(url, headers={"Accept-Language": day.language}) as answer:
            page = await answer.text()
    assert str(house.texts[day.language]("verification-verdict", verdict="valid")) in page
    assert NAME in page


async def verified_offline(database_url: str, what: str) -> str:
    """Return what the command says, run as an operator runs it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "certificate", "verify", what),
        env={**os.environ, "DATABASE_URL": database_url, "BOT_TOKEN": ""},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()
    return said.decode()
