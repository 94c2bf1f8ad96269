"""`certificate verify` and the secret that signs: what they tell, what they refuse."""

import asyncio
import stat
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.certificate_seed import signing_seed
from bot.commands import certificate
from bot.config import Settings, load_settings
from bot.content import load_content
from bot.pack import certificate_address, certificate_rules
from bot.pdf.certificate import render
from bot.services.certificate_issuing import CertificateIssuer, Order
from bot.services.certificate_number import grouped
from bot.services.certificate_rules import CertificateCard, CertificateKind, card_of
from bot.sheets import sheet_of
from bot.start_error import StartError
from db.database import Database
from db.engine import create_engine
from db.migrate import upgrade
from db.models import Assistant, District, Person
from db.models.people import AssistantStatus

ROOT = Path(__file__).parents[2]
NAME = "Үлгіев Ерлан"
# Before any day the tests run on, as the command asks the real clock.
NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
CONTENT = load_content(ROOT / "content" / "kostanay")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(ROOT)
    url = f"sqlite+aiosqlite:///{tmp_path / 'town.db'}"
    return load_settings(Path("no such file"), {"DATABASE_URL": url})


async def _issue(url: str) -> CertificateCard:
    engine = create_engine(url)
    await upgrade(engine)
    issuer = CertificateIssuer(
        CONTENT.region.zone,
        certificate_rules(CONTENT),
        bytes(range(32)),
        certificate_address("komekshi_bot", "https://komekshi.example"),
    )
    async with Database(engine).transaction() as uow:
        uow.session.add(District(code="rudny", names={}, position=0))
        person = await uow.people.add(Person(full_name=NAME, created_at=NOW))
        assistant = Assistant(
            person_id=person.id,
            service_number="39-00001-1",
            district_code="rudny",
            status=AssistantStatus.ACTIVE,
            status_at=NOW,
        )
        uow.session.add(assistant)
        await uow.session.flush()
        order = Order(once="press-of-it", kind=CertificateKind.SERVICE, basis=None, actor_id=None)
        issued = await issuer.issue(uow, assistant, order, NOW)
        card = card_of(issued, issued.issued_on)
    await engine.dispose()
    return card


@pytest.fixture
def card(settings: Settings) -> CertificateCard:
    return asyncio.run(_issue(settings.database.url.get_secret_value()))


def verify(settings: Settings, what: object, keys: Path | None = None) -> int:
    return certificate.main(settings, Namespace(act="verify", what=str(what), keys=keys))


def distrust(settings: Settings, since: str) -> int:
    return certificate.main(settings, Namespace(act="distrust", since=since))


@pytest.fixture
def keys(
    settings: Settings,
    card: CertificateCard,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Path:
    """What the bot prints for others, in a file of theirs; the bot's database is gone."""
    assert card.number
    assert certificate.main(settings, Namespace(act="keys")) == 0
    file = tmp_path / "keys.txt"
    file.write_text(capsys.readouterr().out)
    (tmp_path / "town.db").unlink()
    return file


def test_a_number_or_what_the_qr_code_says_is_told_with_what_the_paper_shows(
    settings: Settings, card: CertificateCard, capsys: pytest.CaptureFixture[str]
) -> None:
    assert card.qr.startswith("https://komekshi.example/c/")
    for what in (card.number, card.qr):
        assert verify(settings, what) == 0
        said = capsys.readouterr().out
        assert said.startswith("valid\n")
        assert f"holder: {NAME}" in said
        assert "issued on: 2026-03-09" in said


def test_the_sheet_itself_is_valid(
    settings: Settings, card: CertificateCard, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(render(sheet_of(card), CONTENT.certificates))

    assert verify(settings, file) == 0


def test_i1_an_altered_sheet_is_told_beside_the_true_values(
    settings: Settings,
    card: CertificateCard,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(render(sheet_of(card), CONTENT.certificates) + b"\n")

    assert verify(settings, file) == 1

    said = capsys.readouterr()
    assert f"holder: {NAME}" in said.out
    assert "not as it is drawn" in said.err


@pytest.mark.parametrize("content", [b"%PDF-1.4 and no more", b"", b"\xff\xfe\x00", b"x" * 200])
def test_i2_a_file_of_no_form_is_unknown(
    settings: Settings, card: CertificateCard, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)

    assert card.number
    assert verify(settings, file) == 1


@pytest.mark.parametrize("name", ["no-such.pdf", "CERT.PDF", "folder/code.txt"])
def test_a_file_that_is_not_there_is_told_and_not_called_forged(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    with pytest.raises(StartError, match="there is no such file"):
        verify(settings, tmp_path / name)


def test_f8_a_huge_file_is_refused_unread(
    settings: Settings, card: CertificateCard, tmp_path: Path
) -> None:
    file = tmp_path / "huge"
    with file.open("wb") as huge:
        huge.truncate(2 * 1024 * 1024)

    assert card.number
    with pytest.raises(StartError, match="larger than any certificate"):
        verify(settings, file)


def test_i5_a_theft_ends_the_key_and_the_number_still_tells_the_truth(
    settings: Settings, card: CertificateCard, capsys: pytest.CaptureFixture[str]
) -> None:
    assert distrust(settings, "2026-03-09") == 0
    assert "keys taken out of use: 1" in capsys.readouterr().out

    assert verify(settings, card.qr) == 1
    assert verify(settings, card.number) == 0


def test_i5_a_theft_the_day_after_leaves_earlier_codes_good(
    settings: Settings, card: CertificateCard
) -> None:
    distrust(settings, "2026-03-10")

    assert verify(settings, card.qr) == 0


def test_i2_a_code_is_checked_by_public_keys_alone(
    settings: Settings, card: CertificateCard, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(settings, card.qr, keys) == 0

    said = capsys.readouterr()
    assert said.out.startswith("signed by us, and not expired\n")
    assert f"number: {grouped(card.number)}" in said.out
    assert f"service number: {card.service_number}" in said.out
    assert NAME not in said.out
    assert "whether it was revoked" in said.err


@pytest.mark.parametrize("at", [-1, -40, -100])
def test_i1_a_code_with_one_letter_changed_is_signed_by_no_key(
    settings: Settings, card: CertificateCard, keys: Path, at: int
) -> None:
    letter = "A" if card.qr[at] != "A" else "B"
    assert verify(settings, f"{card.qr[:at]}{letter}{card.qr[len(card.qr) + at + 1 :]}", keys) == 1


def test_i5_keys_printed_after_a_theft_know_its_day(
    settings: Settings,
    card: CertificateCard,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    distrust(settings, "2026-03-09")
    capsys.readouterr()
    certificate.main(settings, Namespace(act="keys"))
    file = tmp_path / "keys.txt"
    file.write_text(capsys.readouterr().out)

    assert verify(settings, card.qr, file) == 1


def test_a_number_or_a_sheet_needs_the_register(
    settings: Settings, card: CertificateCard, keys: Path
) -> None:
    for what in (card.number, "no code"):
        with pytest.raises(StartError, match="only the text of a QR code"):
            verify(settings, what, keys)


@pytest.mark.parametrize(
    "line", ["0 2026-03-09 -", "0 2026-03-09 - ab", "x 1 2 3", "a\0b", "0 - - aa"]
)
def test_a_file_of_no_keys_is_refused_in_a_line(
    settings: Settings, card: CertificateCard, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "keys.txt"
    file.write_text(line)

    with pytest.raises(StartError, match="certificate keys"):
        verify(settings, card.qr, file)
    with pytest.raises(StartError, match="No such file"):
        verify(settings, card.qr, tmp_path / "none.txt")


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30"])
def test_a_day_of_no_form_is_refused(settings: Settings, day: str) -> None:
    with pytest.raises(StartError, match="YYYY-MM-DD"):
        distrust(settings, day)


def test_the_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "data" / "certificate.key"

    made = signing_seed(None, file)

    assert len(made) == 32
    assert signing_seed(None, file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_in_the_settings_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "certificate.key"
    assert signing_seed(SecretStr("ab" * 32), file) == b"\xab" * 32
    assert not file.exists()


@pytest.mark.parametrize("content", ["", "ab", "zz" * 32, "ab" * 33])
def test_a_damaged_secret_stops_the_start_and_is_not_shown(tmp_path: Path, content: str) -> None:
    file = tmp_path / "certificate.key"
    file.write_text(content, encoding="ascii")

    with pytest.raises(StartError, match="64 hexadecimal digits") as caught:
        signing_seed(None, file)
    assert not content or content not in str(caught.value)


def test_a_place_nobody_can_write_to_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="CERTIFICATE_KEY_FILE"):
        signing_seed(None, tmp_path / "file" / "certificate.key")
