"""certificates.toml: its words, and a logo that is looked at before it is trusted."""

import shutil
import struct
import zlib
from pathlib import Path

import pytest

from bot.content import Certificates, ContentError, load_content
from bot.content.certificates import KINDS
from bot.content.png import png_size

SHIPPED = Path(__file__).parents[2] / "content" / "kostanay"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "kostanay"))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2, pixels: bytes | None = None) -> bytes:
    rows = b"".join(b"\0" + b"\x40\x80\xc0" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows) if pixels is None else pixels)
        + chunk(b"IEND", b"")
    )


def write(pack: Path, old: str, new: str) -> None:
    file = pack / "certificates.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def with_logo(pack: Path, name: str = "logo.png") -> Certificates:
    write(pack, '# logo = "logo.png"', f'logo = "{name}"')
    return load_content(pack).certificates


def test_every_kind_has_a_name_in_three_languages_and_words_in_two() -> None:
    texts = load_content(SHIPPED).certificates
    for kind in KINDS:
        sheet = texts.sheet(kind)
        assert all(sheet.names[language] for language in ("kk", "ru", "en"))
        assert sheet.title.kk
        assert sheet.statement.ru


def test_the_paper_says_in_both_languages_that_it_is_no_police_card() -> None:
    words = load_content(SHIPPED).certificates.verification
    assert "полиция куәлігі емес" in words.kk
    assert "не удостоверение полиции" in words.ru


def test_nobody_signs_by_default(pack: Path) -> None:
    assert load_content(pack).certificates.signatory is None


def test_the_signatory_in_the_comment_can_be_switched_on(pack: Path) -> None:
    file = pack / "certificates.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    start = lines.index("# [signatory]")
    lines[start : start + 4] = [line.removeprefix("# ") for line in lines[start : start + 4]]
    file.write_text("\n".join(lines), encoding="utf-8")

    signatory = load_content(pack).certificates.signatory

    assert signatory is not None
    assert signatory.name == "Ә. Үлгіев"
    assert signatory.post.ru.startswith("Начальник")


def test_a_logo_is_read_with_its_size(pack: Path) -> None:
    (pack / "logo.png").write_bytes(png(30, 20))

    logo = with_logo(pack).logo

    assert logo is not None
    assert (logo.width, logo.height, logo.png) == (30, 20, png(30, 20))


@pytest.mark.parametrize(
    "name",
    ["../logo.png", "/etc/passwd", "logo.svg", "LOGO.png", "a/b.png", ".png", "x" * 41 + ".png"],
)
def test_f10_a_logo_is_only_looked_for_under_a_plain_name_in_the_pack(
    pack: Path, name: str
) -> None:
    (pack.parent / "logo.png").write_bytes(png())
    with pytest.raises(ContentError, match=r"^certificates\.toml:\d+: logo: must be the name of"):
        with_logo(pack, name)


@pytest.mark.parametrize(
    ("case", "body"),
    [
        ("not a PNG", b"GIF89a"),
        ("cut", png()[:-9]),
        ("cut in the middle", png()[:50]),
        ("another chunk", png().replace(b"IDAT", b"IDAU")),
        ("one bit changed", png()[:50] + bytes([png()[50] ^ 1]) + png()[51:]),
        ("no picture", b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b"")),
        ("no width", png(width=0)),
        ("heavy", png(pixels=bytes(41 * 1024))),
    ],
)
def test_a_damaged_or_heavy_logo_is_a_fault_of_its_line(pack: Path, case: str, body: bytes) -> None:
    (pack / "logo.png").write_bytes(body)
    with pytest.raises(ContentError, match=r"certificates\.toml:\d+: logo: must be the name of a"):
        with_logo(pack)
    assert case


def test_f8_a_picture_bomb_is_refused_by_its_header(pack: Path) -> None:
    (pack / "logo.png").write_bytes(png(12_000, 12_000, pixels=b""))
    with pytest.raises(ContentError, match="at most 480 by 480 pixels"):
        with_logo(pack)


def test_an_absent_logo_is_a_fault(pack: Path) -> None:
    with pytest.raises(ContentError, match="logo: must be the name of a PNG file"):
        with_logo(pack)


def test_the_size_of_a_whole_png_is_in_its_header() -> None:
    assert png_size(png(7, 5)) == (7, 5)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('issuer.kk = "', 'isuer.kk = "', "isuer: no such field"),
        (
            'title.kk = "Алғыс хат"',
            f'title.kk = "{"А" * 31}"',
            "thanks.title.kk: must be the title",
        ),
        ('number.ru = "Номер"\n', "", "labels.number.ru: is missing: write one line in Russian"),
        ("[service]", "[servise]", "service: is missing: write the table [service]"),
    ],
)
def test_a_fault_names_its_field(pack: Path, old: str, new: str, told: str) -> None:
    write(pack, old, new)
    with pytest.raises(ContentError) as caught:
        load_content(pack)
    assert told in str(caught.value)
