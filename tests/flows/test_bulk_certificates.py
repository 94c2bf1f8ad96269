"""Certificates by a list: checked before, issued one by one, watched, stopped, gone on with."""

import asyncio
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot import xlsx
from bot.lists import LARGEST_FILE
from bot.services.certificate_issuing import CertificateIssuer
from bot.services.certificate_order_cards import OrderCard, draw_anew
from bot.services.certificate_rules import CertificateKind
from bot.services.number_list import Entry, read_numbers
from bot.services.service_number import format_number
from bot.services.states import AssistantStatus, OrderState, Role
from db.models.certificate_orders import CertificateOrder
from db.models.people import Assistant, Person
from sandbox.model import UploadedFile
from tests.phone import Phone
from tests.town import Town

HERE, ELSEWHERE = "rudny", "lisakovsk"
NAMES = ("Үлгіев Ерлан", "Нұсқаева Әсел", "Образцов Тимур")
UNKNOWN = "39-77777-2"


async def number_of(town: Town, phone: Phone) -> str:
    standing = (await town.me(phone)).assistant
    assert standing is not None
    return standing.service_number


async def three(town: Town) -> tuple[list[Phone], list[str]]:
    """Return three assistants of two districts, and their numbers."""
    phones = [
        await town.assistant(district, name)
        for district, name in zip((HERE, ELSEWHERE, HERE), NAMES, strict=True)
    ]
    return phones, [await number_of(town, phone) for phone in phones]


async def many(town: Town, count: int) -> list[str]:
    """Put so many assistants without phones into the database; return their numbers."""
    numbers = [format_number("39", 9000 + n) for n in range(count)]
    async with town.database.transaction() as uow:
        people = [
            Person(full_name=f"Үлгіев Ерлан{'а' * (n % 5)}", language="ru", created_at=town.clock())
            for n in range(count)
        ]
        uow.session.add_all(people)
        await uow.session.flush()
        uow.session.add_all(
            Assistant(
                person_id=person.id,
                service_number=number,
                district_code=HERE,
                status=AssistantStatus.ACTIVE,
                status_reason="",
                status_at=town.clock(),
            )
            for person, number in zip(people, numbers, strict=True)
        )
    return numbers


async def to_list(admin: Phone, kind: str = "Сертификат об обучении") -> None:
    await admin.tap("key-order")
    await admin.choose("order-new")
    await admin.press(kind)
    await admin.choose("order-without-basis")


async def work(town: Town, runs: int = 1) -> None:
    for _ in range(runs):
        await town.house.services.certificate_order_work.run_due()
    await town.settle()


async def first_order(town: Town) -> int:
    """Return the number of the first order: not 1 where what failed before it took that."""
    async with town.database.reading() as uow:
        number = await uow.session.scalar(sa.select(sa.func.min(CertificateOrder.id)))
    assert number is not None
    return int(number)


async def order_of(town: Town, once: str = "key-of-a-story") -> OrderCard:
    async with town.database.reading() as uow:
        order = await uow.certificate_orders.lock_by_once(once)
    assert order is not None
    return await town.house.services.certificate_orders.card(await town.admin_id(), order.id)


async def ordered(town: Town, numbers: list[str], actor_id: int, once: str) -> OrderCard:
    """Return an order that was confirmed, and nothing of it done."""
    services = town.house.services
    entries = [Entry(place, number) for place, number in enumerate(numbers, 1)]
    draft = await services.certificate_order_lists.check(
        actor_id, CertificateKind.TRAINING, None, once, entries
    )
    return await services.certificate_orders.start(actor_id, draft.id)


async def certificates(town: Town) -> list[tuple[object, ...]]:
    return (await town.dump())["certificates"]


def state(phone: Phone, name: str) -> str:
    return re.sub("<[^>]+>", "", phone.says("order-state", state=name))


def documents(phone: Phone) -> list[str]:
    return [each["document"]["file_name"] for each in phone.inbox if each.get("document")]


def sheet(*rows: Sequence[xlsx.Value]) -> bytes:
    columns = [xlsx.Column("Аты-жөні"), xlsx.Column("Нөмірі")]
    made_at = datetime(2026, 3, 9, tzinfo=UTC)
    return xlsx.table("Тізім", columns, rows, zone=ZoneInfo("UTC"), made_at=made_at)


async def test_an_admin_issues_by_a_list_typed_and_each_holder_gets_their_own(town: Town) -> None:
    admin, (holders, numbers) = await town.admin(), await three(town)
    await admin.tap("key-order")
    await admin.choose("order-new")
    await admin.press("Сертификат об обучении")
    await admin.send("Семинар")
    await admin.send(f"{numbers[0]}, {numbers[1]};\n{numbers[2]}\n{numbers[0]}\n{UNKNOWN}")

    assert "Получат: 3" in admin.screen
    assert f"{numbers[0]}: {admin.says('order-refusal', refusal='doubled')}" in admin.screen
    assert f"{UNKNOWN}: {admin.says('order-refusal', refusal='unknown')}" in admin.screen
    assert await certificates(town) == []  # J7: nothing before it is confirmed
    await admin.choose("order-issue", count=3)
    assert state(admin, "running") in admin.screen
    messages = len(admin.inbox)
    await work(town)

    assert state(admin, "done") in admin.screen
    assert "Выдано: 3 из 3" in admin.screen
    assert len(admin.inbox) == messages  # the message that was there has turned into it
    assert len(await certificates(town)) == 3
    for holder in holders:
        assert "Сертификат об обучении" in holder.screen
        await holder.choose("certificate-get")
        assert documents(holder)
    actions = await town.audit_actions()
    assert actions.count("certificate.issued") == 3
    assert actions.count("certificate_order.started") == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_the_whole_way_in_each_language(town: Town, language: str) -> None:
    admin = await town.admin(language=language)
    _, numbers = await three(town)
    await admin.tap("key-order")
    await admin.choose("order-new")
    await admin.press_data("orderbasis:thanks")
    await admin.choose("order-without-basis")
    await admin.send("\n".join([*numbers, "39-00001-9", "39-1", "жоқ"]))
    await admin.choose("order-refused-get", count=3)
    await admin.choose("order-issue", count=3)
    await work(town)

    assert state(admin, "done") in admin.screen
    await admin.choose("order-refused-get", count=3)
    await admin.choose("button-back")
    assert any("3" in button for button in admin.buttons)


async def test_a_stop_that_comes_too_late_says_that_all_had_been_issued(town: Town) -> None:
    admin = await town.admin()
    _, numbers = await three(town)
    await to_list(admin)
    await admin.send("\n".join(numbers))
    await admin.choose("order-issue", count=3)
    stop = admin.data_of("order-stop")
    await work(town)

    await admin.press_data(stop)

    assert admin.toast == admin.says("order-done-toast", issued=3)
    assert state(admin, "done") in admin.screen


async def test_the_check_shows_the_basis_once_more_in_both_languages(town: Town) -> None:
    admin = await town.admin()
    _, numbers = await three(town)
    await admin.tap("key-order")
    await admin.choose("order-new")
    await admin.press_data("orderbasis:thanks")
    await admin.send("Көмегі үшін\nЗа помощь & <b>участие")
    await admin.send("\n".join(numbers))

    assert "Основание: Көмегі үшін / За помощь & <b>участие" in admin.screen


@pytest.mark.parametrize("form", ["txt", "csv in cp1251", "utf-16", "xlsx"])
async def test_a_list_in_any_file(town: Town, form: str) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    lines = "\r\n".join(f"{n};{name};+77010000000" for n, name in enumerate(numbers))
    contents = {
        "txt": "\n".join(numbers).encode("utf-8-sig"),
        "csv in cp1251": ("№;Служебный номер;Телефон\r\n" + lines).encode("cp1251"),
        "utf-16": lines.encode("utf-16"),
        "xlsx": sheet(*[[name, n] for name, n in zip(NAMES, numbers, strict=True)]),
    }
    await to_list(admin)

    await admin.do("document", UploadedFile("list.bin", contents[form]))

    assert "Получат: 3" in admin.screen
    assert "Не принято строк: 0" in admin.screen


async def test_more_numbers_go_into_the_same_list_until_it_is_confirmed(town: Town) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    await to_list(admin)
    await admin.send(numbers[0])
    await admin.send(f"{UNKNOWN} {numbers[1]} {numbers[0]}")
    await admin.choose("order-refused-get", count=2)
    await admin.send("ертең")
    assert admin.says("error-list-empty") in admin.screen
    await admin.send(numbers[2])

    await admin.choose("order-issue", count=3)
    await work(town)
    await admin.send(numbers[0])

    assert len(await certificates(town)) == 3
    assert len((await town.dump())["certificate_orders"]) == 1


async def test_every_reason_is_named_before_and_again_at_the_moment_of_issue(town: Town) -> None:
    admin, (holders, numbers) = await town.admin(), await three(town)
    await town.brief(holders[0])
    await town.brief(holders[2])
    services, admin_id = town.house.services, await town.admin_id()
    await to_list(admin, "Сертификат о прохождении инструктажа")
    await admin.send("\n".join(numbers))
    assert f"{numbers[1]}: {admin.says('order-refusal', refusal='no_briefing')}" in admin.screen
    await admin.choose("order-issue", count=2)
    gone = (await town.me(holders[2])).person_id
    await services.assistants.set_status(admin_id, gone, AssistantStatus.DISMISSED, "Өз еркімен")

    await work(town)

    assert len(await certificates(town)) == 1
    assert "Не принято: 2" in admin.screen
    refused = await services.certificate_orders.refused(admin_id, await first_order(town))
    assert [(line.number, line.refusal) for line in refused.lines] == [
        (numbers[1], "no_briefing"),
        (numbers[2], "dismissed"),
    ]


async def test_i6_pressed_again_and_at_once_there_is_one_order_and_one_certificate_each(
    town: Town,
) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    await to_list(admin)
    await admin.send("\n".join(numbers))
    press = admin.data_of("order-issue", count=3)

    async with town.at_once():
        for _ in range(4):
            await admin.press_data(press)
    await work(town)
    await admin.press_data(press)
    await work(town)

    assert len(await certificates(town)) == 3
    assert len((await town.dump())["certificate_orders"]) == 1
    assert (await town.audit_actions()).count("certificate_order.started") == 1


async def test_i6_a_list_that_comes_twice_makes_one_order(town: Town) -> None:
    admin_id, (_, numbers) = await town.admin_id(), await three(town)
    lists = town.house.services.certificate_order_lists
    entries = read_numbers([(1, numbers[0])], "39")

    for _ in range(2):
        card = await lists.check(admin_id, CertificateKind.THANKS, None, "key-of-a-story", entries)

    assert (card.waiting, card.refused) == (1, 1)
    assert len((await town.dump())["certificate_orders"]) == 1


@pytest.mark.parametrize("point", range(1, 8))
async def test_i6_c4_killed_in_the_middle_it_goes_on_with_one_certificate_each(
    town: Town, point: int
) -> None:
    numbers, admin = await many(town, 5), await town.admin()
    order = await ordered(town, numbers, (await town.me(admin)).person_id, "key-of-a-story")
    issue, calls = CertificateIssuer.issue, 0

    async def killed(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == (point + 1) // 2 and point % 2:
            raise asyncio.CancelledError  # before anything is written
        issued = await issue(*args, **kwargs)  # type: ignore[arg-type]
        if calls == point // 2:
            raise asyncio.CancelledError  # between writing and the commit
        return issued

    services = town.house.services
    with patch.object(CertificateIssuer, "issue", killed), pytest.raises(asyncio.CancelledError):
        await services.certificate_order_work.run_due()
    before = await certificates(town)
    await work(town)

    after = await certificates(town)
    assert after[: len(before)] == before  # the same numbers stand
    assert len(after) == 5
    card = await services.certificate_orders.card(await town.admin_id(), order.id)
    assert (card.state, card.issued, card.waiting) == (OrderState.DONE, 5, 0)
    assert (await town.audit_actions()).count("certificate.issued") == 5


async def test_a_line_that_fails_again_and_again_does_not_hold_up_the_others(town: Town) -> None:
    numbers, admin = await many(town, 3), await town.admin()
    order = await ordered(town, numbers, (await town.me(admin)).person_id, "key-of-a-story")
    issue = CertificateIssuer.issue

    async def failing(
        self: CertificateIssuer, uow: object, who: Assistant, *rest: object
    ) -> object:
        if who.service_number == numbers[1]:
            raise RuntimeError("provoked")
        return await issue(self, uow, who, *rest)  # type: ignore[arg-type]

    with patch.object(CertificateIssuer, "issue", failing):
        await work(town, runs=4)

    services = town.house.services
    card = await services.certificate_orders.card(await town.admin_id(), order.id)
    assert (card.state, card.issued) == (OrderState.DONE, 2)
    assert [line.refusal for line in card.refused_first] == ["failed"]


@pytest.mark.own_trouble
async def test_b8_a_database_that_is_away_for_a_while_costs_no_line_its_certificate(
    town: Town,
) -> None:
    numbers, admin = await many(town, 3), await town.admin()
    order = await ordered(town, numbers, (await town.me(admin)).person_id, "key-of-a-story")
    away = OperationalError("INSERT", None, Exception("no room, or nobody there"))

    with patch.object(CertificateIssuer, "issue", side_effect=away), capture_logs() as logs:
        await work(town, runs=5)
    services = town.house.services
    card = await services.certificate_orders.card(await town.admin_id(), order.id)
    assert (card.state, card.issued, card.waiting) == (OrderState.RUNNING, 0, 3)
    assert [line["event"] for line in logs] == ["certificate_order_waits"] * 5
    await work(town, runs=2)

    card = await services.certificate_orders.card(await town.admin_id(), order.id)
    assert (card.state, card.issued) == (OrderState.DONE, 3)


async def test_j7_stop_works_at_once_and_says_how_many_went_and_it_can_go_on(town: Town) -> None:
    numbers, admin = await many(town, 60), await town.admin()
    await to_list(admin)
    await admin.send("\n".join(numbers))
    await admin.choose("order-issue", count=60)
    await work(town)
    await admin.choose("order-stop")

    assert admin.toast == admin.says("order-stopped-toast", issued=25)
    assert state(admin, "stopped") in admin.screen
    await work(town, runs=3)
    assert len(await certificates(town)) == 25
    await admin.choose("order-resume", count=35)
    await work(town, runs=3)
    assert len(await certificates(town)) == 60
    assert "Выдано: 60 из 60" in admin.screen
    actions = await town.audit_actions()
    assert actions.count("certificate_order.stopped") == 1
    assert actions.count("certificate_order.resumed") == 1


async def test_a_stop_pressed_while_the_work_is_at_it_ends_it_within_one_certificate(
    town: Town,
) -> None:
    numbers, admin_id = await many(town, 25), await town.admin_id()
    order = await ordered(town, numbers, admin_id, "key-of-a-story")
    services = town.house.services

    begun, issue = asyncio.Event(), CertificateIssuer.issue

    async def noted(*args: object) -> object:
        begun.set()
        return await issue(*args)  # type: ignore[arg-type]

    async def stop() -> OrderCard:
        await begun.wait()
        return await services.certificate_orders.stop(admin_id, order.id)

    with patch.object(CertificateIssuer, "issue", noted):
        _, card = await asyncio.gather(services.certificate_order_work.run_due(), stop())

    assert len(await certificates(town)) == card.issued <= 2


async def test_progress_is_one_message_not_drawn_more_often_than_every_two_seconds(
    town: Town,
) -> None:
    numbers, admin = await many(town, 120), await town.admin()
    await to_list(admin)
    await admin.send("\n".join(numbers))
    await admin.choose("order-issue", count=120)
    messages = len(admin.inbox)
    told = []
    for _ in range(8):
        town.clock.advance(timedelta(seconds=1))
        await work(town)
        told.append(admin.screen)

    assert len(admin.inbox) == messages
    texts = list(dict.fromkeys(told))
    assert [text.split("Выдано: ")[1].split(" ")[0] for text in texts] == ["0", "50", "100", "120"]
    edits = [row for row in (await town.dump())["outbox"] if "certificate-order" in row]
    assert len(edits) == 3


async def test_an_order_whose_message_is_gone_is_shown_in_a_new_one(town: Town) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    await to_list(admin)
    await admin.send("\n".join(numbers))
    await admin.choose("order-issue", count=3)
    town.telegram.chat(admin.id).messages.pop()
    await work(town)

    assert state(admin, "done") in admin.screen


async def test_a_message_drawn_too_late_is_drawn_again(town: Town) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    await to_list(admin)
    await admin.send("\n".join(numbers))
    await admin.choose("order-issue", count=3)
    orders = town.house.services.certificate_orders
    order_id = await first_order(town)
    running = await orders.card(await town.admin_id(), order_id)
    await work(town)
    stale = admin.inbox[-1]["message_id"]

    # What a sender does that read the order before its end and was slower than the last edit.
    await orders.note_shown(order_id, running.mark, stale)
    outbox = [row for row in (await town.dump())["outbox"] if "certificate-order" in row]
    await town.settle()

    assert len(outbox) == 2
    assert (await orders.card(await town.admin_id(), order_id)).shown.startswith("done")


async def test_what_the_message_says_already_is_not_drawn_again(town: Town) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    await to_list(admin)
    await admin.send("\n".join(numbers))
    await admin.choose("order-issue", count=3)
    await work(town)
    order_id = await first_order(town)
    async with town.database.transaction() as uow:
        order = await uow.certificate_orders.lock(order_id)
        assert order is not None
        draw_anew(uow, order, town.clock())
    await town.settle()

    outbox = [row for row in (await town.dump())["outbox"] if "certificate-order" in row]
    assert ["sent" in row for row in outbox] == [True, False]
    assert "dropped" in outbox[-1]


async def test_the_right_lost_meanwhile_stops_the_order_and_says_so(town: Town) -> None:
    numbers, admin = await many(town, 40), await town.admin("Екінші Әкім")
    await town.admin("Үшінші Әкім")
    await to_list(admin)
    await admin.send("\n".join(numbers))
    await admin.choose("order-issue", count=40)
    await work(town)
    await town.dismiss(admin, Role.ADMIN)

    await work(town)

    assert len(await certificates(town)) == 25
    assert "у вас больше нет права" in str(admin.inbox)
    shown = next(m for m in reversed(admin.inbox) if "нет права" in m.get("text", ""))
    rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
    assert [b["callback_data"] for row in rows for b in row] == ["home"]
    order = await order_of_first(town)
    assert order.state is OrderState.FORBIDDEN
    other = town.phones[-1]
    await other.start()
    await other.press_data(f"orderon:{order.id}")
    await work(town)
    assert len(await certificates(town)) == 40
    assert state(other, "done") in other.screen


async def order_of_first(town: Town) -> OrderCard:
    orders = town.house.services.certificate_orders
    return await orders.card(await town.admin_id(), await first_order(town))


async def test_a_key_out_of_use_stops_the_order_and_it_goes_on_with_another(town: Town) -> None:
    numbers, admin = await many(town, 3), await town.admin()
    services = town.house.services
    me = (await town.me(admin)).person_id
    await ordered(town, numbers[:1], me, "key-of-the-first")
    await work(town)
    async with town.database.transaction() as uow:
        [key] = await uow.certificates.list_keys()
        key.last_day = key.first_day
    order = await ordered(town, numbers[1:], me, "key-of-the-other")

    await work(town)

    card = await services.certificate_orders.card(me, order.id)
    assert (card.state, card.waiting) == (OrderState.KEYLESS, 2)
    assert state(admin, "keyless") in admin.screen
    assert admin.says("order-resume", count=2) in admin.buttons


async def test_two_admins_order_at_once_and_each_order_is_whole(town: Town) -> None:
    first, second = await town.admin("Бірінші Әкім"), await town.admin("Екінші Әкім")
    numbers = await many(town, 30)
    one = await ordered(town, numbers[:20], (await town.me(first)).person_id, "key-of-the-first")
    two = await ordered(town, numbers[10:], (await town.me(second)).person_id, "key-of-the-other")

    await asyncio.gather(
        town.house.services.certificate_order_work.run_due(),
        town.house.services.certificate_order_work.run_due(),
    )
    await work(town, runs=2)

    services, admin_id = town.house.services, await town.admin_id()
    for order, phone in ((one, first), (two, second)):
        card = await services.certificate_orders.card(admin_id, order.id)
        assert (card.state, card.issued) == (OrderState.DONE, 20)
        assert "Выдано: 20 из 20" in phone.screen
    assert len(await certificates(town)) == 40


async def test_a_long_order_is_worked_through_25_at_a_time(town: Town) -> None:
    numbers, admin = await many(town, 80), await town.admin()
    await to_list(admin)
    await admin.do("document", UploadedFile("list.xlsx", sheet(*[["", n] for n in numbers])))
    await admin.choose("order-issue", count=80)

    runs = 0
    while (await order_of_first(town)).state is OrderState.RUNNING:
        await town.house.services.certificate_order_work.run_due()
        runs += 1
    await town.settle()

    assert runs == 4
    issued = await certificates(town)
    assert len({row[1] for row in issued}) == len({row[4] for row in issued}) == 80
    assert "Выдано: 80 из 80" in admin.screen


async def test_a_list_given_up_issues_nothing(town: Town) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    await to_list(admin)
    await admin.send(numbers[0])
    press = admin.data_of("order-issue", count=1)
    await admin.choose("button-cancel")
    assert admin.toast == admin.says("order-dropped-toast")

    await admin.press_data(press)

    assert admin.toast == admin.says("error-order-nobody")
    await work(town)
    assert await certificates(town) == []


async def test_a_list_of_nobody_offers_nothing_to_issue(town: Town) -> None:
    admin = await town.admin()
    await to_list(admin)
    await admin.send(f"{UNKNOWN} 39-12")

    assert "Получат: 0" in admin.screen
    assert not any("Выдать" in button for button in admin.buttons)
    await admin.press_data(f"orderissue:{await first_order(town)}")
    assert admin.toast == admin.says("error-order-nobody")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("photo", "error-list-wanted"),
        ("voice", "error-list-wanted"),
        ("sticker", "error-list-wanted"),
        ("video_note", "error-list-wanted"),
        ("document", "error-list-empty"),  # a note
    ],
)
async def test_what_is_no_list_is_refused_and_asked_again(town: Town, act: str, told: str) -> None:
    admin = await town.admin()
    _, numbers = await three(town)
    await to_list(admin)

    await admin.do(act)

    assert admin.says(told) in admin.screen
    await admin.send(numbers[0])
    assert "Получат: 1" in admin.screen


@pytest.mark.parametrize("size", [LARGEST_FILE + 1, 21 * 1024 * 1024])
async def test_a_large_file_is_refused_before_it_is_fetched(town: Town, size: int) -> None:
    admin = await town.admin()
    await to_list(admin)
    with patch.object(type(town.app.bot), "download") as download:
        await admin.do("document", UploadedFile("list.txt", b"1" * size))

    assert admin.says("error-file-large", limit=5) in admin.screen
    download.assert_not_called()


async def test_a_file_larger_than_it_said_is_cut_off(town: Town) -> None:
    admin = await town.admin()
    await to_list(admin)
    with town.held_back():
        await admin.do("document", UploadedFile("list.txt", b"1\n" * LARGEST_FILE))
    [update] = town.telegram.take_updates()
    del update["message"]["document"]["file_size"]
    await town.feed(update)

    assert admin.says("error-file-large", limit=5) in admin.screen


async def test_a_file_telegram_has_no_more_is_asked_for_again(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = await town.admin()
    await to_list(admin)
    with patch.object(town.telegram.files, "by_path", return_value=None):
        await admin.do("document", UploadedFile("list.txt", b"39-00001-1"))

    assert admin.says("error-file-lost") in admin.screen
    printed = capsys.readouterr()
    assert town.app.bot.token not in printed.out + printed.err


@pytest.mark.parametrize("text", ["", " ", "нет", "12345", "2026-03-09 8-701-000-00-01", "\u202e"])
async def test_a_file_without_a_number_is_refused(town: Town, text: str) -> None:
    admin = await town.admin()
    await to_list(admin)

    await admin.do("document", UploadedFile("list.txt", text.encode() or b"\n"))

    assert admin.says("error-list-empty") in admin.screen
    assert (await town.dump())["certificate_orders"] == []


async def test_f5_formulas_and_markup_in_a_list_are_neither_worked_out_nor_told(town: Town) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    await to_list(admin)
    rows: list[list[xlsx.Value]] = [
        [f"=HYPERLINK({numbers[1]!r})", numbers[0]],
        ["<b>&{0.__class__}%s", "=1+1"],
    ]

    await admin.do("document", UploadedFile("list.xlsx", sheet(*rows)))

    assert "Получат: 2" in admin.screen
    assert "class" not in admin.screen
    await admin.choose("order-refused-get", count=1)
    assert documents(admin) == [f"refused_{await first_order(town)}.xlsx"]


@pytest.mark.parametrize(
    "name", ["../../x.xlsx", "/etc/passwd", "CON", "ә" * 100 + ".xlsx", "a\nb"]
)
async def test_f10_the_name_of_a_file_is_never_used(town: Town, name: str) -> None:
    admin, (_, numbers) = await town.admin(), await three(town)
    await to_list(admin)

    await admin.do("document", UploadedFile(name, "\n".join([*numbers, UNKNOWN]).encode()))

    assert "Получат: 3" in admin.screen
    await admin.choose("order-refused-get", count=1)
    assert documents(admin) == [f"refused_{await first_order(town)}.xlsx"]


async def test_f9_a_table_bomb_is_refused_before_it_is_unpacked(town: Town) -> None:
    admin = await town.admin()
    await to_list(admin)
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    assert len(bomb.getvalue()) < 100_000

    with patch.object(zipfile.ZipFile, "open") as opened:
        await admin.do("document", UploadedFile("list.xlsx", bomb.getvalue()))

    assert admin.says("error-list-large") in admin.screen
    opened.assert_not_called()


async def test_a_list_of_more_lines_than_an_order_takes_is_refused(town: Town) -> None:
    admin = await town.admin()
    await to_list(admin)

    await admin.do("document", UploadedFile("list.txt", b"39-00001-1\n" * 5_001))
    assert admin.says("error-list-long", limit=5000) in admin.screen
    await admin.do("document", UploadedFile("list.txt", b"39-00001-1\n" * 5_000))
    await admin.send("39-00001-1")
    assert admin.says("error-list-long", limit=5000) in admin.screen


async def test_e1_only_admins_come_here(town: Town) -> None:
    coordinator, (_, numbers) = await town.coordinator(HERE), await three(town)
    order = await ordered(town, numbers, await town.admin_id(), "key-of-a-story")

    assert coordinator.says("key-order") not in coordinator.keys
    await coordinator.send(coordinator.says("key-order"))
    assert coordinator.says("error-access-denied") in coordinator.screen
    acts = [f"{act}:{order.id}" for act in ("orderstop", "orderissue", "order", "orderbad")]
    for press in ("orders", "ordernew", *acts):
        await coordinator.press_data(press)
        assert coordinator.toast == coordinator.says("error-access-denied")
        assert numbers[0] not in coordinator.screen
