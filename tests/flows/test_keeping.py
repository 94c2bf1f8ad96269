"""Backups by the clock, and files: fetched once, hashed, archived harmless, deleted in time."""

from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from PIL import Image
from sqlalchemy import select

from bot.archive.folder import FolderArchive
from bot.archive.pictures import LARGEST_PIXELS
from bot.services import scheduled_backups
from bot.services.attachment_files import ArchiveError
from bot.services.backups import BackupError, DiskFullError
from bot.services.catalogue import Keeping
from bot.services.scheduled_backups import BackupPlan, kept_days
from db.database import Database
from db.models.activities import FETCH_ATTEMPTS, Attachment
from sandbox import SandboxClock
from sandbox.model import UploadedFile
from tests.breaking import KilledError
from tests.flows.duty import on_shift
from tests.phone import Phone
from tests.town import Town, open_town

PLACE = b"Kanareika place"


class Fragile(FolderArchive):
    """An archive that is out of order until it is mended."""

    broken = False
    deadly = False

    async def put(self, name: str, content: bytes) -> None:
        if self.broken:
            raise ArchiveError("out of order")
        await super().put(name, content)
        if self.deadly:
            raise KilledError


@pytest.fixture
def archive(tmp_path: Path) -> Fragile:
    return Fragile(tmp_path / "archive")


@pytest.fixture
async def town(
    database: Database, clock: SandboxClock, tmp_path: Path, archive: Fragile
) -> AsyncIterator[Town]:
    plan = BackupPlan(tmp_path / "backups", time(3, 30), daily=2, weekly=3)
    async with open_town(database, clock, keeping=Keeping(plan), archive=archive) as town:
        yield town


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def run_backups(town: Town) -> None:
    await town.house.services.backups.run_due()
    await town.settle()


async def test_a_backup_is_made_once_a_day_and_old_ones_go(town: Town, tmp_path: Path) -> None:
    """From Monday, 9 March, 15:00, a process that asks every few hours, for two weeks."""
    for _ in range(14 * 4):
        await run_backups(town)
        town.clock.tick(hours=6)

    # The last two, and the last one of the last three weeks.
    assert names(tmp_path / "backups") == [
        "komekshi-2026-03-15.jsonl.gz",
        "komekshi-2026-03-22.jsonl.gz",
        "komekshi-2026-03-23.jsonl.gz",
    ]


async def test_d2_a_backup_missed_is_made_late(town: Town, tmp_path: Path) -> None:
    town.clock.tick(hours=10)  # 01:00: that of yesterday, 03:30, was never made

    await run_backups(town)

    assert names(tmp_path / "backups") == ["komekshi-2026-03-09.jsonl.gz"]


async def test_what_else_lies_among_the_backups_stays(town: Town, tmp_path: Path) -> None:
    kept = ["komekshi-2020-01-01_101010.jsonl.gz", "komekshi-old.txt", "erasures.jsonl", "x"]
    (tmp_path / "backups").mkdir()
    for name in kept:
        (tmp_path / "backups" / name).touch()

    for _ in range(5):
        await run_backups(town)
        town.clock.tick(days=1)

    assert set(kept) <= set(names(tmp_path / "backups"))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (DiskFullError("x: No space left on device"), "notice-backup-full"),
        (BackupError("x: Permission denied"), "notice-backup-failed"),
    ],
)
async def test_an_admin_is_told_once_of_a_backup_that_fails(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: BackupError, told: str
) -> None:
    admin, other = await town.admin(), await town.coordinator()

    async def failing(*_: object, **__: object) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(scheduled_backups, "back_up", failing)
        for _ in range(3):
            await run_backups(town)
            town.clock.tick(minutes=5)

    words = admin.says(told, day=date(2026, 3, 9))
    assert [message["text"] for message in admin.inbox].count(words) == 1
    assert words not in str(other.inbox)
    await run_backups(town)
    assert names(tmp_path / "backups") == ["komekshi-2026-03-09.jsonl.gz"]


def test_days_that_stay_are_the_latest_and_the_last_of_each_week() -> None:
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(31)]

    assert kept_days(days, daily=3, weekly=3) == {
        *(date(2026, 3, 29), date(2026, 3, 30), date(2026, 3, 31)),
        date(2026, 3, 22),
    }
    assert kept_days([], daily=3, weekly=3) == set()


# Files


def picture(form: str, size: tuple[int, int] = (40, 20), orientation: int = 1) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    to = BytesIO()
    image.save(to, form, exif=exif, **({"comment": PLACE} if form == "JPEG" else {}))
    assert PLACE in to.getvalue()
    return to.getvalue()


async def attachments(town: Town) -> list[Attachment]:
    async with town.database.reading() as uow:
        return list(await uow.session.scalars(select(Attachment).order_by(Attachment.id)))


async def sent(town: Town, name: str, content: bytes) -> tuple[Phone, Attachment]:
    phone = await on_shift(town)
    await phone.do("document", UploadedFile(name, content))
    await town.app.archiver.run_due()
    [kept] = await attachments(town)
    return phone, kept


@pytest.mark.parametrize("act", ["photo", "voice"])
async def test_photo_and_voice_are_fetched_once_hashed_and_archived(
    town: Town, tmp_path: Path, act: str
) -> None:
    phone = await on_shift(town)
    await phone.do(act)

    for _ in range(3):
        await town.app.archiver.run_due()

    [kept] = await attachments(town)
    file = town.telegram.files[str(kept.file_id)]
    assert kept.sha256 == sha256(file.data).hexdigest()
    assert names(tmp_path / "archive") == [kept.archived_as]
    [path] = (tmp_path / "archive").rglob(str(kept.archived_as))
    assert sha256(path.read_bytes()).hexdigest() == kept.archived_as
    calls = [call for call in town.telegram.api_calls if call.method == "getFile"]
    assert len(calls) == 1


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
async def test_f13_the_place_in_a_picture_is_taken_out_and_its_points_stay(
    town: Town, tmp_path: Path, form: str
) -> None:
    content = picture(form)

    _, kept = await sent(town, f"photo.{form.lower()}", content)

    assert kept.sha256 == sha256(content).hexdigest()
    [path] = [each for each in (tmp_path / "archive").rglob("*") if each.is_file()]
    stored = path.read_bytes()
    assert PLACE not in stored
    with Image.open(BytesIO(stored)) as image:
        assert (image.format, image.size, dict(image.getexif())) == (form, (40, 20), {})
        red, green, _ = image.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
        assert red > 180
        assert green < 60


async def test_f13_a_picture_lying_on_its_side_stands_up(town: Town, tmp_path: Path) -> None:
    await sent(town, "photo.jpg", picture("JPEG", orientation=6))

    [path] = [each for each in (tmp_path / "archive").rglob("*") if each.is_file()]
    with Image.open(path) as image:
        assert image.size == (20, 40)
        assert dict(image.getexif()) == {}


async def test_f8_a_picture_bomb_is_refused_from_its_header(town: Town, tmp_path: Path) -> None:
    side = int(LARGEST_PIXELS**0.5) + 10
    to = BytesIO()
    Image.new("1", (side, side)).save(to, "PNG")
    assert len(to.getvalue()) < 40_000

    _, kept = await sent(town, "bomb.png", to.getvalue())

    assert (kept.not_archived, kept.archived_as) == ("too_large", None)
    assert kept.sha256 == sha256(to.getvalue()).hexdigest()
    assert names(tmp_path / "archive") == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 whatever", "not_a_picture"),
        (b"", "not_a_picture"),
        (picture("JPEG")[:-300], "damaged_file"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "not_a_picture"),
    ],
)
async def test_f10_what_is_no_sound_picture_keeps_its_hash_only(
    town: Town, tmp_path: Path, content: bytes, why: str
) -> None:
    _, kept = await sent(town, "../../evil.jpg", content or b"x")

    assert kept.sha256 == sha256(content or b"x").hexdigest()
    assert kept.not_archived == why
    assert [name for name in names(tmp_path) if "evil" in name] == []


async def test_h9_files_are_deleted_after_their_term_and_their_hash_stays(
    town: Town, tmp_path: Path
) -> None:
    phone = await on_shift(town)
    await phone.do("photo")
    await town.app.archiver.run_due()
    town.clock.tick(days=364)
    await town.house.services.retention.run_due()
    await town.app.archiver.run_due()
    assert len(names(tmp_path / "archive")) == 1

    town.clock.tick(days=2)
    await town.house.services.retention.run_due()
    await town.app.archiver.run_due()

    [kept] = await attachments(town)
    assert (kept.file_id, kept.file_unique_id, kept.archived_as) == (None, None, None)
    assert kept.sha256
    assert names(tmp_path / "archive") == []


async def test_a_file_two_have_sent_stays_until_nobody_needs_it(town: Town, tmp_path: Path) -> None:
    content = picture("JPEG")
    phone, _ = await sent(town, "a.jpg", content)
    await phone.do("document", UploadedFile("b.jpg", content))
    await town.app.archiver.run_due()
    assert len(names(tmp_path / "archive")) == 1

    await phone.press_data(phone.data_of("attachment-none"))
    await town.app.archiver.run_due()
    assert len(names(tmp_path / "archive")) == 1
    [first] = await attachments(town)
    await phone.press_data(f"attnone:{first.id}")
    await town.app.archiver.run_due()

    assert names(tmp_path / "archive") == []


async def test_an_archive_out_of_order_is_tried_again_and_holds_up_nobody(
    town: Town, archive: Fragile, tmp_path: Path
) -> None:
    phone = await on_shift(town)
    await phone.do("photo")
    archive.broken = True
    for _ in range(3):
        await town.app.archiver.run_due()
    [kept] = await attachments(town)
    assert (kept.sha256, kept.attempts) == (None, 1)

    archive.broken = False
    town.clock.tick(minutes=5)
    await town.app.archiver.run_due()

    [kept] = await attachments(town)
    assert kept.sha256
    assert names(tmp_path / "archive") == [kept.archived_as]


async def killed_with_a_file(town: Town, archive: Fragile) -> Phone:
    """Have the process end when a photo is in the archive, and nothing says so yet."""
    phone = await on_shift(town)
    await phone.do("photo")
    archive.deadly = True
    with pytest.raises(KilledError):
        await town.app.archiver.run_due()
    archive.deadly = False
    return phone


async def test_h9_a_file_that_came_as_the_process_was_killed_goes_with_its_attachment(
    town: Town, archive: Fragile, tmp_path: Path
) -> None:
    phone = await killed_with_a_file(town, archive)
    assert len(names(tmp_path / "archive")) == 1

    await phone.press_data(phone.data_of("attachment-none"))
    await town.app.archiver.run_due()

    assert names(tmp_path / "archive") == []


async def test_a_file_that_came_as_the_process_was_killed_is_kept_once(
    town: Town, archive: Fragile, tmp_path: Path
) -> None:
    await killed_with_a_file(town, archive)

    await town.app.archiver.run_due()

    [kept] = await attachments(town)
    assert kept.sha256
    assert names(tmp_path / "archive") == [kept.archived_as]


async def test_a_file_that_came_in_another_form_the_first_time_goes(
    town: Town, archive: Fragile, tmp_path: Path
) -> None:
    """A picture is saved anew, which another release may do in another way."""
    await killed_with_a_file(town, archive)
    former = names(tmp_path / "archive")
    with patch("bot.jobs.archiving.harmless", lambda content: content + b"another"):
        await town.app.archiver.run_due()

    [kept] = await attachments(town)
    assert names(tmp_path / "archive") == [kept.archived_as] != former


async def test_a_file_that_is_wanted_no_more_does_not_come_into_the_archive(town: Town) -> None:
    phone = await on_shift(town)
    await phone.do("photo")
    [kept] = await attachments(town)
    async with town.database.transaction() as uow:
        await uow.attachments.forget([kept.id])
    files = town.house.services.attachment_files

    assert not await files.expect(kept.id, "0" * 64)


async def test_what_a_killed_process_had_begun_to_write_goes_with_the_file(
    archive: Fragile, tmp_path: Path
) -> None:
    name = "0" * 64
    await archive.put(name, b"whole")
    (tmp_path / "archive" / "00" / f"{name}.part").write_bytes(b"a pa")

    await archive.delete(name)

    assert names(tmp_path / "archive") == []


async def test_a_file_that_never_comes_is_given_up(town: Town) -> None:
    phone = await on_shift(town)
    await phone.do("photo")
    [kept] = await attachments(town)
    async with town.database.transaction() as uow:
        attachment = await uow.files.lock(kept.id)
        assert attachment is not None
        attachment.file_id = "no such file"

    for _ in range(FETCH_ATTEMPTS + 2):
        await town.app.archiver.run_due()
        town.clock.tick(days=4)

    [kept] = await attachments(town)
    assert (kept.attempts, kept.not_archived) == (FETCH_ATTEMPTS, "unreachable")
