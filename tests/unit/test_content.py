"""The content pack: what ships, and how every fault is named."""

import shutil
import tempfile
import tomllib
import zoneinfo
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.content import Content, ContentError, load_content
from bot.content.lines import key_lines, line_of
from tests.small_briefing import SMALL_BRIEFING

SHIPPED = Path(__file__).parents[2] / "content" / "kostanay"
# These are the sandbox's, not the pack's.
FILES = sorted({path.name for path in SHIPPED.glob("*.toml")} - {"demo.toml", "demo-history.toml"})


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "kostanay"))


@pytest.fixture(scope="module")
def shipped() -> Content:
    return load_content(SHIPPED)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def faults_of(pack: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_content(pack)
    return caught.value.faults


def line_in(file: Path, text: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    [number] = [number for number, line in enumerate(lines, start=1) if text in line]
    return number


def test_kostanay_has_4_cities_and_16_districts_cities_first(shipped: Content) -> None:
    kinds = [district.kind for district in shipped.territory.districts]
    assert kinds == ["city"] * 4 + ["district"] * 16


def test_kostanay_keeps_its_zone_prefix_and_phones(shipped: Content) -> None:
    region = shipped.region
    assert region.zone == ZoneInfo("Asia/Qostanay")
    # Data of the system would do until it is old: it is not looked at.
    assert zoneinfo.TZPATH == ()
    assert datetime(2024, 3, 2, tzinfo=region.zone).utcoffset() == timedelta(hours=5)
    assert (region.service_number_prefix, region.police_phone, region.emergency_phone) == (
        "39",
        "102",
        "112",
    )


def test_a_district_is_found_by_its_code_in_each_language(shipped: Content) -> None:
    names = shipped.territory.get("zhitikara").names
    assert [names[language] for language in ("kk", "ru", "en")] == [
        "Жітіқара ауданы",
        "Житикаринский район",
        "Zhitikara District",
    ]


def test_the_consent_has_a_version_for_a_button_and_fits_a_screen(shipped: Content) -> None:
    assert shipped.consent.version == "2"
    for language in ("kk", "ru", "en"):
        assert shipped.consent.text[language].count("\n") <= 5


@pytest.mark.parametrize("version", ["", "a:b", "Ә", "x" * 21])
def test_a_consent_version_no_button_could_carry_is_a_fault(pack: Path, version: str) -> None:
    change(pack / "consent.toml", 'version = "2"', f'version = "{version}"')
    [fault] = faults_of(pack)
    line = line_in(pack / "consent.toml", "version = ")
    assert fault.startswith(f"consent.toml:{line}: version: must be a version in quotes")


def test_an_unknown_district_is_a_key_error_and_found_as_none(shipped: Content) -> None:
    with pytest.raises(KeyError, match="atlantis"):
        shipped.territory.get("atlantis")
    assert shipped.territory.find("atlantis") is None


def test_a_fourth_language_is_a_key_error(shipped: Content) -> None:
    with pytest.raises(KeyError, match="de"):
        _ = shipped.region.names["de"]


def test_the_pack_cannot_be_changed_after_loading(shipped: Content) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        shipped.region.code = "other"  # type: ignore[misc]


def test_cities_come_first_wherever_they_stand_in_the_file(pack: Path) -> None:
    file = pack / "territory.toml"
    blocks = file.read_text(encoding="utf-8").split("[[districts]]")[1:]
    file.write_text("".join(f"[[districts]]{block}\n" for block in reversed(blocks)), "utf-8")
    kinds = [district.kind for district in load_content(pack).territory.districts]
    assert kinds == ["city"] * 4 + ["district"] * 16


def test_all_faults_of_all_files_come_at_once_with_their_lines(pack: Path) -> None:
    region, territory = pack / "region.toml", pack / "territory.toml"
    change(region, "Asia/Qostanay", "Asia")
    change(territory, 'names.kk = "Арқалық қаласы"', 'names.kk = " " # (blank)')
    change(territory, "lat = 53.5\n", "lat = 5.35\n")
    change(territory, 'code = "altynsarin"', 'code = "rudny"')
    change(territory, 'kato = "392000000"', "kato = 392000000")

    assert [fault.split(": must ")[0] for fault in faults_of(pack)] == [
        f"region.toml:{line_in(region, 'zone =')}: zone",
        f"territory.toml:{line_in(territory, '(blank)')}: districts[1].names.kk",
        f"territory.toml:{line_in(territory, '= 392000000')}: districts[2].kato",
        f"territory.toml:{line_in(territory, '3932') - 2}: districts[4].code",
        f"territory.toml:{line_in(territory, 'lat = 5.35')}: districts[4].lat",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('names.ru = "г. Рудный"\n', "", "names.ru: is missing: write the name in Russian"),
        ("lat = 52.96", 'lat = 52.96\ncolour = "red"', "districts[3].colour: no such field"),
        ("lat = 52.96", 'lat = "52.96"', "districts[3].lat: must be a latitude in Kazakhstan"),
        ("lat = 52.96", "lat = nan", "districts[3].lat: must be a latitude in Kazakhstan"),
        ('"г. Рудный"', '"г. Руд\\u202Eный"', "districts[3].names.ru: must be the name in Russian"),
        ('code = "rudny"', 'code = "Rudny!"', "districts[3].code: must be a short code"),
        ('kato = "392400000"', 'kato = "3924"', "districts[3].kato: must be the nine digits"),
        (
            'kato = "392400000"',
            'kato = "392000000"',
            'kato: must not repeat "392000000" of districts[2]',
        ),
        ('code = "rudny"', "code = ", "must be TOML (Invalid value)"),
    ],
)
def test_a_fault_names_the_field_and_what_must_be_there(
    pack: Path, old: str, new: str, told: str
) -> None:
    change(pack / "territory.toml", old, new)
    [fault] = faults_of(pack)
    assert told in fault


def test_a_syntax_fault_names_its_line(pack: Path) -> None:
    change(pack / "territory.toml", 'code = "rudny"', "code : rudny")
    [fault] = faults_of(pack)
    line = line_in(pack / "territory.toml", "code : rudny")
    assert fault.startswith(f"territory.toml:{line}: must be TOML")


def test_an_absent_file_and_a_file_in_another_encoding_are_told_together(pack: Path) -> None:
    (pack / "region.toml").unlink()
    (pack / "territory.toml").write_bytes("[[districts]]\n# қала".encode("utf-16"))
    assert faults_of(pack) == [
        "region.toml:1: must be there to be read (No such file or directory)",
        "territory.toml:1: must be saved as UTF-8",
    ]


@pytest.mark.parametrize("value", ["[" * 5000, "1" * 5000, "2026-13-01"])
def test_values_on_which_the_parser_itself_stumbles_are_faults_too(pack: Path, value: str) -> None:
    change(pack / "territory.toml", "lat = 52.96", f"lat = {value}")
    [fault] = faults_of(pack)
    assert "must be TOML" in fault


def test_each_value_of_the_shipped_pack_is_located_on_its_own_line() -> None:
    for name in FILES:
        source = (SHIPPED / name).read_text(encoding="utf-8")
        lines = source.splitlines()
        located = key_lines(source)
        for path, value in leaves(tomllib.loads(source)):
            line = lines[line_of(located, path) - 1]
            assert [part for part in path if isinstance(part, str)][-1] in line
            # TOML writes true, Python True.
            assert "\n" in str(value) or str(value).lower() in line.lower()


def leaves(
    value: object, path: tuple[str | int, ...] = ()
) -> list[tuple[tuple[str | int, ...], object]]:
    match value:
        case dict():
            return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
        case list():
            return [leaf for row, item in enumerate(value) for leaf in leaves(item, (*path, row))]
        case _:
            return [(path, value)]


def test_keys_are_located_past_long_strings_arrays_comments_and_subtables() -> None:
    source = '''# head = 1
a = """
b = 2
[c]
"""
d = [ # [e]
  "]", { f = 1 },
  ["z"],
]
[[g]]
h."i.j" = 1
[g.k]
l = \'\'\'x = "\'\'\'
[[g]]
m = 3
'''
    located = key_lines(source)
    assert {path: located[path] for path in located} == {
        ("a",): 2,
        ("d",): 6,
        ("g", 0): 10,
        ("g", 0, "h"): 11,
        ("g", 0, "h", "i.j"): 11,
        ("g", 0, "k"): 12,
        ("g", 0, "k", "l"): 13,
        ("g", 1): 14,
        ("g", 1, "m"): 15,
    }
    assert line_of(located, ("g", 1, "absent", "deeper")) == 14
    assert line_of(located, ("absent",)) == 1


WHOLE = {name: (SHIPPED / name).read_bytes() for name in FILES}
# The shipped briefing is too long to be read for every example.
WHOLE |= {name: text.encode() for name, text in SMALL_BRIEFING.items()}


@dataclass(frozen=True)
class Slip:
    """Something typed into a file; what stood there is kept after it or not."""

    file: str
    start: int
    end: int
    typed: bytes
    kept: bool

    def make(self, body: bytes) -> bytes:
        rest = body[self.start : self.end if self.kept else self.start]
        return body[: self.start] + self.typed + rest + body[self.end :]


@st.composite
def slips(draw: st.DrawFn) -> Slip:
    """Anything at all, anywhere in the pack."""
    typed = st.one_of(
        st.binary(max_size=20),
        st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.sampled_from(
            [b"[", b"[[districts]]\n", b'"', b"=", b"\n", b"1e999", b"{}", b"[]", b"x.y=1\n"]
        ),
    )
    file = draw(st.sampled_from(sorted(WHOLE)))
    start = draw(st.integers(0, len(WHOLE[file])))
    end = draw(st.integers(start, min(len(WHOLE[file]), start + 200)))
    return Slip(file, start, end, draw(typed), draw(st.booleans()))


@settings(max_examples=150)
@given(st.lists(slips(), min_size=1, max_size=4))
def test_a_broken_pack_is_content_or_content_error_and_nothing_else(broken: list[Slip]) -> None:
    pack = dict(WHOLE)
    for slip in broken:
        pack[slip.file] = slip.make(pack[slip.file])
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name) / "pack"
        shutil.copytree(SHIPPED, directory, ignore=shutil.ignore_patterns("briefings"))
        for file, body in pack.items():
            (directory / file).parent.mkdir(parents=True, exist_ok=True)
            (directory / file).write_bytes(body)
        for fault in faults_found(directory):
            file, line, demand = fault.split(":", 2)
            assert 1 <= int(line) <= pack[file].count(b"\n") + pack[file].count(b"\r") + 1
            assert demand.strip()


def faults_found(directory: Path) -> list[str]:
    """Load a pack that may be whole; whatever is raised but ContentError fails the test."""
    try:
        load_content(directory)
    except ContentError as error:
        return error.faults or [""]
    return []
