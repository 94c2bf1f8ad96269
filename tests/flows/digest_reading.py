"""Reading the digests of weeks and months off a phone, and the files that come with them."""

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from xml.etree import ElementTree as ET

from sandbox.model import Json
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town

# Each story begins on Monday 9 March 2026.
WEEK = {"first": date(2026, 3, 2), "last": date(2026, 3, 8)}
MARCH = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def heading(phone: Phone, kind: str, span: Mapping[str, date], key: str = "digest-title") -> str:
    """Return how a digest of Kostanay begins in the person's language."""
    district = {"ru": "г. Костанай", "kk": "Қостанай қаласы", "en": "Kostanay city"}[phone.language]
    return shown(phone, key, kind=kind, district=district, **span)


def line(label: str, *numbers: str) -> str:
    """Return a row of the table as a phone tells it: of a day with the whole day before."""
    return " | ".join((label, *numbers))


def said(phone: Phone) -> list[str]:
    """Return the first line of each message that is a digest or its file."""
    found = [phone.words(message).splitlines()[0] for message in phone.inbox]
    return [each for each in found if each[:1] in "📊📈📎"]


async def to_first(town: Town, month: int) -> None:
    """Go on to the evening of the first of a month of 2026."""
    evening = datetime(2026, month, 1, 20, tzinfo=town.clock.zone)
    town.clock.advance(evening - town.clock())


def photo_of(phone: Phone) -> Json:
    """Return the one picture that came."""
    (sent,) = [each for each in phone.inbox if "photo" in each]
    return sent


def book_of(town: Town, phone: Phone) -> bytes:
    """Return the one document that came."""
    (sent,) = [each["document"] for each in phone.inbox if "document" in each]
    return town.telegram.files[str(sent["file_id"])].data


def sheet(book: bytes, number: int) -> list[list[str]]:
    """Return the rows of a sheet, headings first; an empty cell is an empty text."""
    with zipfile.ZipFile(BytesIO(book)) as archive:
        tree = ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - ours
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter(f"{SPACE}row")]


def hours(cell: str) -> float:
    """Return the hours of a cell, which holds them in days."""
    return round(float(cell) * 24, 2)
