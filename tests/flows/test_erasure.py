"""A person takes their data away, and is erased: nothing of them is left, nothing else is gone."""

import asyncio
import gzip
import json
from argparse import Namespace
from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.archive.folder import FolderArchive
from bot.commands.restore import main as restore_command
from bot.config import load_settings
from bot.handlers.invites import INVITE_PREFIX
from bot.intake.raw import lane_of
from bot.pack import activity_rules
from bot.services import audit
from bot.services.backups import back_up
from bot.services.catalogue import Keeping
from bot.services.certificate_rules import CertificateKind
from bot.services.erasure import erase_again
from bot.services.erasure_list import Erased, read_list
from bot.services.inbox import Arrived, InboxService
from bot.services.scheduled_backups import BackupPlan
from bot.services.states import Role
from db.database import Database
from db.engine import create_engine
from db.models import Base
from db.models.inbox import InboxUpdate
from db.personal import IMPERSONAL, PERSONAL, table_of
from sandbox import SandboxClock
from tests.backends import REDIS_URL
from tests.flows.duty import on_shift, shifts_of
from tests.flows.results import record_patrol, record_talk
from tests.phone import Phone
from tests.town import Town, open_town

NAME, AREA, NOTE = "Өшірілген Қанат", "Kanareika Park", "Kanareechny sozder"
LAT = 53.211234


@pytest.fixture
async def town(
    database: Database,
    clock: SandboxClock,
    tmp_path: Path,
    backend: str,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Town]:
    with_redis = backend == "postgresql" and REDIS_URL is not None
    redis_url = request.getfixturevalue("redis_url") if with_redis else None
    async with open_town(
        database,
        clock,
        redis_url=redis_url,
        keeping=Keeping(BackupPlan(tmp_path / "backups")),
        archive=FolderArchive(tmp_path / "archive"),
    ) as town:
        async with database.transaction() as uow:
            await uow.meta.put("bot_id", str(town.app.bot.id))
        yield town


async def lived(town: Town, name: str = NAME) -> Phone:
    """Return the phone of an assistant about whom every kind of thing is kept."""
    phone = await town.briefed_assistant(name=name)
    person_id, services = (await town.me(phone)).person_id, town.house.services
    # The journal knows both numbers.
    for number in ("+77019990000", phone.user.phone):
        await services.people.change_phone(person_id, number)
    await phone.tap("key-start-shift")
    await phone.do("location", LAT, 63.63)
    town.clock.tick(minutes=40)
    await record_patrol(phone, AREA)
    await record_talk(phone)
    await phone.do("photo")
    await town.app.archiver.run_due()
    town.clock.tick(hours=2)
    await phone.tap("key-end-shift")
    await phone.tap("key-end-no-location")
    [shift] = await shifts_of(town, phone)
    start = shift.started_at
    await services.shift_corrections.ask(
        person_id, shift.id, start, start + timedelta(hours=1), NOTE
    )
    await services.certificates.issue(
        await town.admin_id(), person_id, CertificateKind.THANKS, None, f"key-of-this{person_id}"
    )
    await town.settle()
    return phone


async def erase(phone: Phone) -> None:
    await phone.send("/mydata")
    await phone.choose("erase-button")
    await phone.choose("erase-yes")


def words_of(phone: Phone) -> list[str]:
    return [*NAME.split(), phone.user.phone, phone.user.phone[1:], str(phone.id), AREA, NOTE]


def files_under(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def figures(town: Town) -> list[tuple[Any, ...]]:
    """Return what the sums of the districts are made of."""
    dump = await town.dump()
    shifts, entries = Base.metadata.tables["shifts"].c, Base.metadata.tables["activities"].c
    wanted = ["district_code", "local_date", "state", "started_at", "ended_at", "track_m"]
    of_shifts = [list(shifts.keys()).index(name) for name in wanted]
    wanted = ["district_code", "local_date", "kind", "category", "people_reached", "state"]
    of_entries = [list(entries.keys()).index(name) for name in wanted]
    return [
        *(tuple(row[i] for i in of_shifts) for row in dump["shifts"]),
        *(tuple(row[i] for i in of_entries) for row in dump["activities"]),
    ]


async def test_h6_an_erased_person_is_nowhere_and_the_journal_and_the_sums_are_whole(
    town: Town, tmp_path: Path
) -> None:
    coordinator = await town.coordinator()
    phone = await lived(town)
    me = await town.me(phone)
    assert me.assistant is not None
    number, words, before = me.assistant.service_number, words_of(phone), await figures(town)
    known = str(await town.dump())
    assert all(word in known for word in words)
    assert files_under(tmp_path / "archive") != {}

    await erase(phone)
    await town.app.archiver.run_due()
    await town.house.services.retention.run_due()

    assert phone.screen == phone.says("erase-done")
    dump = str(await town.dump())
    assert [word for word in [*words, str(LAT)] if word in dump] == []
    assert number in dump
    assert await figures(town) == before
    assert (await audit.verify(town.database)).problem is None
    assert coordinator.screen == coordinator.says("notice-erased", number=number)
    assert files_under(tmp_path / "archive") == {}


async def test_not_a_byte_of_an_erased_person_is_left_in_the_data_folder(
    town: Town, tmp_path: Path
) -> None:
    """The database, its log, the list of erasures, and a backup made afterwards."""
    phone = await lived(town)
    words = words_of(phone)
    before = files_under(tmp_path)
    in_sqlite = any(path.endswith(".db") for path in before)
    if in_sqlite:
        everything = b"".join(before.values())
        assert [word for word in words if word.encode() not in everything] == []

    await erase(phone)
    await town.app.archiver.run_due()
    await town.house.services.retention.run_due()
    backup = tmp_path / "backups" / "after"
    await back_up(town.database, backup, passphrase=None, now=town.clock())

    left = files_under(tmp_path) | {"unpacked": gzip.decompress(backup.read_bytes())}
    found = [
        (path, word) for path, content in left.items() for word in words if word.encode() in content
    ]
    assert found == []


async def test_h7_who_registers_again_is_not_linked_to_the_past(town: Town) -> None:
    phone = await lived(town)
    old = await town.me(phone)
    await erase(phone)

    await phone.start()
    new = await town.me(phone)

    assert new.person_id != old.person_id
    assert (new.language, new.full_name, new.assistant, new.application) == (None,) * 4
    assert new.held == ()
    for language in ("kk", "ru", "en"):
        assert town.house.texts[language].plain("language-name") in phone.buttons
    services = town.house.services
    await services.people.choose_language(new.person_id, "ru")
    await town.introduce(phone, NAME)  # the same number and name are free again
    assert (await town.me(phone)).phone == phone.user.phone


async def test_on_a_shift_nobody_is_erased(town: Town) -> None:
    phone = await on_shift(town)
    await phone.send("/mydata")

    await phone.choose("erase-button")

    assert phone.toast == phone.says("error-erase-on-shift")
    minute = int(town.clock().timestamp() // 60)
    await phone.press_data(f"eraseme:{minute}")
    assert phone.toast == phone.says("error-erase-on-shift")
    assert (await town.me(phone)).full_name is not None


async def test_e10_the_last_admin_is_not_erased(town: Town) -> None:
    first = await town.admin("Бірінші Әкім")
    roles = town.house.services.roles
    me = await town.me(first)
    for holder in await roles.holders(me.person_id, Role.ADMIN):
        if holder.person_id != me.person_id:
            await roles.dismiss(me.person_id, holder.grant_id)
    await first.send("/mydata")

    await first.choose("erase-button")

    assert first.toast == first.says("error-last-admin")
    second = await town.admin("Екінші Әкім")
    await erase(first)
    assert first.says("erase-done") in first.screen
    assert Role.ADMIN in (await town.me(second)).roles


async def test_an_old_button_erases_nobody(town: Town) -> None:
    phone = await lived(town)
    await phone.send("/mydata")
    await phone.choose("erase-button")
    old = phone.data_of("erase-yes")
    town.clock.tick(minutes=20)

    await phone.press_data(old)

    assert phone.toast == phone.says("error-erase-late")
    assert (await town.me(phone)).full_name == NAME
    assert phone.data_of("erase-yes") != old
    await phone.choose("erase-yes")
    assert (await town.me(phone)).full_name is None


async def test_a1_the_same_press_heard_twice_erases_once(town: Town) -> None:
    phone = await lived(town)
    await phone.send("/mydata")
    await phone.choose("erase-button")
    with town.held_back():
        await phone.choose("erase-yes")
    [update] = town.telegram.take_updates()

    await town.feed(update)
    await town.feed(update)

    assert (await town.audit_actions()).count("assistant.dismissed") == 1


async def test_h8_the_file_holds_all_that_is_ones_own_and_nothing_of_others(town: Town) -> None:
    coordinator = await town.coordinator()
    other = await lived(town, "Басқа Адамова")
    phone = await lived(town)
    await phone.send("/mydata")

    await phone.choose("own-data-get")

    sent = next(m for m in reversed(phone.inbox) if m.get("document"))
    file = town.telegram.files[sent["document"]["file_id"]]
    told = json.loads(file.data)
    text = file.data.decode()
    assert [word for word in words_of(phone) if word not in text] == []
    for stranger in (other, coordinator):
        me = await town.me(stranger)
        for word in (me.full_name, me.phone, str(stranger.id)):
            assert str(word) not in text
    person_id, dump = (await town.me(phone)).person_id, await town.dump()
    for model in PERSONAL:
        table = table_of(model)
        names = list(table.c.keys())
        if "person_id" in names and model.__tablename__ != "person_keys":
            own = [row for row in dump[table.name] if row[names.index("person_id")] == person_id]
            assert len(told.get(table.name, [])) == len(own), table.name
    assert {row["action"] for row in told["journal"]} >= {"person.phone"}
    assert any(phone.user.phone in str(row["words"]) for row in told["journal"])
    assert "key" not in text.replace("once_key", "").split('"')


def test_every_table_and_every_word_of_it_is_known_to_be_personal_or_not() -> None:
    """A new table, or a new column of words, says here what becomes of it."""
    models = {mapper.class_ for mapper in Base.registry.mappers}
    assert models == set(PERSONAL) | IMPERSONAL
    unknown = []
    for model, personal in PERSONAL.items():
        known = {*personal.clears, *personal.rewrites, *personal.stays}
        columns = table_of(model).c
        assert known | personal.untold <= set(columns.keys()), model
        for column in () if personal.goes else columns:
            wordy = isinstance(column.type, sa.String | sa.JSON | sa.Double | sa.LargeBinary)
            if wordy and not isinstance(column.type, sa.Enum) and column.name not in known:
                unknown.append(str(column))
    assert unknown == []


def settings_for(tmp_path: Path, url: str) -> Any:
    return load_settings(
        Path("none"), {"DATABASE_URL": url, "BACKUP_DIR": str(tmp_path / "backups")}
    )


async def test_a_backup_from_before_an_erasure_brings_nobody_back(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phone, stays = await lived(town), await lived(town, "Қалатын Адам")
    words, kept = words_of(phone), (await town.me(stays)).full_name
    old = tmp_path / "backups" / "old"
    await back_up(town.database, old, passphrase=None, now=town.clock())
    person_id = (await town.me(phone)).person_id
    await erase(phone)
    [listed] = read_list(tmp_path / "backups" / "erasures.jsonl", str(town.app.bot.id))
    assert (listed.person_id, listed.erased_at) == (person_id, town.clock().astimezone(UTC))

    url = f"sqlite+aiosqlite:///{tmp_path / 'again.db'}"
    settings = settings_for(tmp_path, url)
    code = await asyncio.to_thread(
        restore_command, settings, Namespace(file=str(old), erasures=None)
    )

    assert code == 0
    assert "erased again: 1\n" in capsys.readouterr().out
    again = Database(create_engine(url))
    async with again.reading() as uow:
        person = await uow.people.find(person_id)
        assistant = await uow.people.find_assistant(person_id)
        assert person is not None
        assert assistant is not None
        assert (person.telegram_id, person.phone) == (None, None)
        assert person.full_name == assistant.service_number
        assert await uow.audit.find_key(person_id) is None
        assert (await uow.personal.find_erasure(person_id)) is not None
        assert (await uow.people.find_by_phone(stays.user.phone)) is not None
    assert (await audit.verify(again)).problem is None
    await again.close()
    content = (tmp_path / "again.db").read_bytes()
    assert [word for word in words[:5] if word.encode() in content] == []
    assert str(kept).encode() in content


async def test_h7_what_waited_in_a_backup_is_not_heard_after_an_erasure(
    town: Town, tmp_path: Path, clock: SandboxClock
) -> None:
    """A restored update of the erased would be taken for the first one of somebody new."""
    phone, stays = await town.briefed_assistant(name=NAME), await town.briefed_assistant()
    for each in (phone, stays):
        with town.held_back():
            await each.send(NOTE)
    updates = town.telegram.take_updates()
    await InboxService(town.database, town.clock, "another").store(
        [Arrived(each["update_id"], lane_of(each), each) for each in updates]
    )
    old = tmp_path / "backups" / "old"
    await back_up(town.database, old, passphrase=None, now=town.clock())
    town.clock.tick(minutes=1)
    erasure, person_id = town.house.services.erasure, (await town.me(phone)).person_id
    await erasure.erase(person_id, await erasure.ask(person_id))
    url = f"sqlite+aiosqlite:///{tmp_path / 'again.db'}"

    await asyncio.to_thread(
        restore_command, settings_for(tmp_path, url), Namespace(file=str(old), erasures=None)
    )

    again = Database(create_engine(url))
    async with again.reading() as uow:
        waiting = await uow.session.scalars(sa.select(InboxUpdate.lane))
        assert [lane for lane in waiting if lane] == [stays.id]
    async with open_town(again, clock) as later:
        await later.house.services.inbox.release_all()
        await later.app.intake._sweep()
        await later.settle()
    async with again.reading() as uow:
        assert await uow.people.find_row(telegram_id=phone.id) is None
        assert await uow.people.find_row(telegram_id=stays.id) is not None
    await again.close()


async def test_h9_restore_deletes_what_is_past_its_term(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clock of the town stands in March 2026, that of the command has gone on."""
    phone = await town.briefed_assistant()
    await phone.tap("key-start-shift")
    await phone.do("location", LAT, 63.63)
    town.clock.tick(hours=1)
    await phone.tap("key-end-shift")
    await phone.do("location", LAT, 63.63)
    old = tmp_path / "backups" / "old"
    await back_up(town.database, old, passphrase=None, now=town.clock())
    url = f"sqlite+aiosqlite:///{tmp_path / 'again.db'}"

    await asyncio.to_thread(
        restore_command,
        settings_for(tmp_path, url),
        Namespace(file=str(old), erasures=None),
    )

    assert "whoever was erased after it is back" in capsys.readouterr().err
    again = Database(create_engine(url))
    async with again.reading() as uow:
        shift = await uow.shifts.find_latest((await town.me(phone)).person_id)
        assert shift is not None
        assert (shift.start_lat, shift.end_lat) == (None, None)
    await again.close()


async def test_a_number_that_is_somebody_elses_now_is_not_erased(town: Town) -> None:
    """After a restore from before they met, the number of the erased goes to a newcomer."""
    phone = await town.assistant()
    me = await town.me(phone)
    now = town.clock()
    async with town.database.transaction() as uow:
        met = now - timedelta(days=1)
        count = await erase_again(
            uow,
            activity_rules(town.house.content),
            [Erased(me.person_id, met, now)],
            now,
        )
    assert count == 0
    assert await town.me(phone) == me


async def test_of_an_erased_assistant_the_card_says_so_and_shows_the_number_once(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    phone = await lived(town)
    me = await town.me(phone)
    assert me.assistant is not None
    await erase(phone)
    await coordinator.tap("key-assistants")
    await coordinator.send(me.assistant.service_number)

    row = coordinator.buttons[0]
    await coordinator.press(me.assistant.service_number)

    for told in (row, coordinator.screen):
        assert coordinator.says("assistant-erased") in told
        assert told.count(me.assistant.service_number) == 1
    assert "📱" not in coordinator.screen


async def test_h7_a_coordinator_cannot_link_an_account_to_an_erased_person(town: Town) -> None:
    coordinator = await town.coordinator()
    phone = await lived(town)
    me = await town.me(phone)
    assert me.assistant is not None
    await erase(phone)
    await coordinator.tap("key-assistants")
    await coordinator.send(me.assistant.service_number)

    await coordinator.press_data(f"relink:{me.person_id}")

    assert coordinator.toast == coordinator.says("error-erased")
    assert NAME not in coordinator.screen
    assert me.assistant.service_number in coordinator.screen


async def test_who_moved_to_a_new_account_is_erased_under_both(town: Town) -> None:
    coordinator = await town.coordinator()
    phone, new = await lived(town), town.phone("Жаңа")
    me = await town.me(phone)
    newcomer = await town.me(new)
    registration = town.house.services.registration
    await town.house.services.people.choose_language(newcomer.person_id, "ru")
    await registration.begin(newcomer.person_id)
    await town.introduce(new, "Кенеттен Есімбай")
    maker = (await town.me(coordinator)).person_id
    secret = await town.house.services.links.make_relink(maker, me.person_id)
    await new.start(f"account_{secret}")

    assert (await town.me(new)).person_id == me.person_id
    await erase(new)

    dump = str(await town.dump())
    words = ("Кенеттен", NAME, new.user.phone, str(phone.id))
    assert [word for word in words if word in dump] == []


async def test_a_coordinator_who_is_erased_leaves_no_open_invitation(town: Town) -> None:
    await town.admin()
    phone = await town.coordinator()
    me = await town.me(phone)
    invite = await town.house.services.invites.make(
        me.person_id, "kostanay", timedelta(days=7), 10, "key-of-this"
    )

    await erase(phone)

    newcomer = town.phone()
    await newcomer.start(f"{INVITE_PREFIX}_{invite.code}")
    assert newcomer.says("error-invite-expired") in newcomer.screen
    assert "Марина" not in str(await town.dump())
    async with town.database.reading() as uow:
        assert await uow.grants.list_of_person(me.person_id) == []
