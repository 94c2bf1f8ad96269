"""H2, H4, F12: what people are called and type never reaches the log, whatever goes wrong."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Literal

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.sentry import reporting
from bot.services.handbook import HandbookSearch
from bot.services.people import PeopleService, Step
from bot.services.registration import RegistrationService
from db.models.people import Person
from tests.flows.results import begin
from tests.flows.steps import answer, recruit_at
from tests.logbook import logging_into, records
from tests.operator import watching
from tests.outbound import DSN, Outbound
from tests.phone import Phone
from tests.town import Town

FIRST_NAME, FULL_NAME, REASON = "Kanareika", "Kanareikina Zhanel", "Kanareechny otkaz"
PHONE = "+77019998877"
AREA = "Kanareechny park"
PLACE = (53.219913, 63.635512)
PLACES = ("53.219", "63.635", "53.220", "53,219")
PAGES = ("/healthz", "/readyz", "/metrics")
CANARIES = (FIRST_NAME, "Kanareikina", "Zhanel", "Kanareechny", PHONE, PHONE[1:], "9998877")


@pytest.fixture
def sent() -> Iterator[list[bytes]]:
    """What leaves for Sentry."""
    Outbound.sent.clear()
    yield Outbound.sent
    Outbound.sent.clear()


def canary(town: Town, first_name: str = FIRST_NAME) -> Phone:
    """Give a phone to somebody whose name no redaction knows: it is written in Latin letters."""
    user = town.telegram.add_user(first_name, language_code="en", phone=PHONE)
    town.phones.append(Phone(town, user, "en"))
    return town.phones[-1]


async def register(phone: Phone) -> None:
    await phone.start()
    for step in (Step.LANGUAGE, Step.CONSENT):
        await answer(phone, step)
    await phone.send("<b>Kanareikina")
    await phone.send(FULL_NAME)
    await phone.send(PHONE)
    await phone.do("forward_contact", PHONE, FIRST_NAME)
    for step in (Step.PHONE, Step.DISTRICT, Step.CONFIRM):
        await answer(phone, step)


@pytest.mark.parametrize("kind", ["json", "console"])
async def test_h4_a_registration_leaves_no_trace_of_the_person_in_the_log(
    town: Town, kind: Literal["json", "console"]
) -> None:
    coordinator, phone = await town.coordinator(language="en"), canary(town)

    with logging_into(kind) as log:
        await register(phone)
        await phone.press_data("approve:1")
        await phone.press_data("Kanareika")
        await phone.do("edit", phone.messages[0]["message_id"], FULL_NAME)
        await coordinator.choose("application-reject")
        await coordinator.send(REASON)
        await phone.do("block")
        await phone.start()
        await phone.do("group_text", f"/start {FULL_NAME}")

    assert (await town.me(phone)).full_name == FULL_NAME
    assert REASON in "".join(each["text"] for each in phone.inbox)
    written = log.getvalue()
    assert written, "the story logs something, or nothing was looked at"
    for secret in (*CANARIES, town.telegram.token):
        assert secret not in written


async def a_day(town: Town, coordinator: Phone, phone: Phone) -> None:
    """Lead somebody from the first message to the evening, while this and that breaks."""
    await register(phone)
    await coordinator.press_data("approve:1")
    await town.brief(phone)
    await phone.start()
    await phone.tap("key-start-shift")
    await phone.do("location", *PLACE, accuracy_m=12)
    town.clock.tick(hours=1)
    await phone.do("location", PLACE[0], PLACE[1], 8 * 3600)
    live = next(each["message_id"] for each in reversed(phone.messages) if each["out"])
    town.clock.tick(minutes=5)
    await phone.do("move", live, PLACE[0] + 0.001, PLACE[1])
    await phone.do("photo")
    await begin(phone, "Patrol")
    await phone.send(AREA)
    town.telegram.faults.change({"server_error": {"left": 2}, "rate_limit": {"left": 1}})
    await phone.choose("activity-save-now")
    town.telegram.faults.change({"drop_connection": {"left": 1}})
    await phone.send(f"/check {FULL_NAME}")
    await phone.press_data(f"approve:{PHONE}")
    await phone.tap("key-end-shift")
    await phone.do("location", *PLACE)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(HandbookSearch, "search", failing_at_once)
        await phone.tap("key-handbook")
        await phone.send(FULL_NAME)
    town.clock.to("20:00")
    await town.house.services.digest_making.run_due()
    await coordinator.do("block")
    await town.settle()


@pytest.mark.own_trouble
@pytest.mark.parametrize("kind", ["json", "console"])
async def test_h4_a_whole_day_leaves_no_trace_of_anybody_where_operators_look(
    town: Town, kind: Literal["json", "console"], sent: list[bytes]
) -> None:
    coordinator, phone = await town.coordinator(language="en"), canary(town)

    with logging_into(kind, "DEBUG") as log, reporting(DSN, Outbound):
        async with watching(town) as operator:
            bodies = [await operator.ask(page) for page in PAGES]
            await a_day(town, coordinator, phone)
            await town.house.services.heartbeat.beat()
            bodies += [await operator.ask(page) for page in PAGES]

    seen = {
        "log": log.getvalue(),
        "pages": "".join(body for _, body in bodies),
        "sentry": b"".join(sent).decode(),
    }
    assert AREA in str(await town.dump()), "the day was not lived as it was meant"
    assert str(PLACE[0]) in str(await town.dump())
    for event in ("update_finished", "notice_settled", "update_failed", "request_repeated"):
        assert event in seen["log"]
    assert "fate=" in seen["pages"]
    assert "update_failed" in seen["sentry"]
    for where, text in seen.items():
        for secret in (*CANARIES, AREA, *PLACES, "Примерова", town.telegram.token):
            assert secret not in text, where


async def failing(*_: Any, **__: Any) -> None:
    raise RuntimeError("a bug")


def failing_at_once(*_: Any, **__: Any) -> None:
    raise RuntimeError(f"a bug about {PHONE}")


def with_a_person(inner: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Let the database refuse a row that holds all there is to know of a person."""

    async def refused(self: PeopleService | RegistrationService, *_: Any) -> None:
        async with self._db.transaction() as uow:
            for _row in range(2):
                await uow.people.add(
                    Person(
                        telegram_id=1,
                        full_name=FULL_NAME,
                        phone=PHONE,
                        created_at=self._clock(),
                    )
                )

    assert inner is not None
    return refused


@pytest.mark.own_trouble
@pytest.mark.parametrize(
    ("service", "method", "step"),
    [
        (RegistrationService, "give_name", Step.NAME),
        (PeopleService, "change_phone", Step.PHONE),
        (RegistrationService, "submit", Step.CONFIRM),
    ],
)
async def test_h2_a_refusal_of_the_database_leaves_no_trace_of_the_person_in_the_log(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    service: type[Any],
    method: str,
    step: Step,
) -> None:
    phone = await recruit_at(town, step)
    monkeypatch.setattr(service, method, with_a_person(getattr(service, method)))

    with logging_into("json") as log:
        await answer(phone, step)

    (record,) = [line for line in records(log) if line["level"] == "error"]
    assert "IntegrityError" in record["exception"]
    assert SQLAlchemyError.__module__.split(".")[0] in record["exception"]
    for secret in (*CANARIES, town.telegram.token, phone.user.phone):
        assert secret not in log.getvalue()


async def test_h4_a_broken_connection_leaves_no_token_in_the_log(town: Town) -> None:
    phone = canary(town)
    await phone.start()

    with logging_into("json") as log:
        town.telegram.faults.change({"server_error": {"left": 2}})
        await answer(phone, Step.LANGUAGE)
        town.telegram.faults.change({"drop_connection": {"left": 1}})
        await answer(phone, Step.CONSENT)

    assert "request_repeated" in log.getvalue()
    assert town.telegram.token not in log.getvalue()
    assert town.telegram.token.partition(":")[2] not in log.getvalue()


@pytest.mark.own_trouble
@pytest.mark.parametrize("kind", ["json", "console"])
async def test_f12_a_first_name_cannot_write_a_line_of_the_log(
    town: Town, kind: Literal["json", "console"], monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = "Kanareika\n2026-03-09T10:00:00Z ERROR bot: forged\r\x1b[31m\u2028\u202e"
    phone = canary(town, forged)
    monkeypatch.setattr(RegistrationService, "give_name", failing)

    with logging_into(kind) as log:
        await phone.start()
        for step in (Step.LANGUAGE, Step.CONSENT, Step.NAME):
            await answer(phone, step)
        await phone.press_data(forged[:60])

    assert "forged" not in log.getvalue()
    assert all(char not in log.getvalue() for char in "\r\x1b\u2028\u202e")


async def test_f12_a_contacts_name_is_cleaned_before_it_is_kept(town: Town) -> None:
    admin, coming = await town.admin(language="en"), town.phone("x")
    await admin.tap("key-roles")
    await admin.press_data("cands:coordinator:0")

    await admin.do("forward_contact", PHONE, "Kanareikina\n\x1b\u202eZhanel", coming.id)

    assert (await town.me(coming)).full_name == FULL_NAME
