"""The texts in the cells of an XLSX file that anybody may have made.

A workbook is a packed folder of XML. Its size is known before anything is unpacked, and a part
that holds more than it said is refused too; a document type, where bombs of entities live, ends
the reading. Only texts are read: no formula is worked out, no link followed, no name in it used.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final, NamedTuple
from xml.parsers import expat

_LARGEST_UNPACKED: Final = 32 * 1024 * 1024
_MOST_PARTS: Final = 1_000
_MOST_STRINGS: Final = 500_000
_LONGEST_CELL: Final = 32_767
_DEEPEST: Final = 100  # an element left open costs fifty times its letters
_CHUNK: Final = 1024 * 1024
_ENTRY: Final = b"PK\x01\x02"
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED: Final = 1
_DIGITS: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


class UnreadableSheetError(Exception):
    """It is no workbook, a damaged one, or one made to do harm."""


class LargeSheetError(UnreadableSheetError):
    """It would unpack to more than anybody means."""


class Row(NamedTuple):
    """The texts of a row; ``number`` is what stands at its side."""

    number: int
    cells: list[str]


def rows(content: bytes) -> Iterator[Row]:
    """Yield each row that has any text, from every sheet that is not hidden.

    Call it in a thread: a large one takes a second.

    Raises:
        LargeSheetError, UnreadableSheetError: the workbook is not to be trusted or read.
    """
    with _opened(content) as archive:
        strings = _Strings()
        if "xl/sharedStrings.xml" in archive.namelist():
            for _ in _hear(archive, "xl/sharedStrings.xml", strings):
                pass
        for part in _visible_sheets(archive):
            sheet = _Rows(strings.texts)
            for _ in _hear(archive, part, sheet):
                yield from sheet.take()


@contextmanager
def _opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        if content.count(_ENTRY) > _MOST_PARTS:
            raise LargeSheetError
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise LargeSheetError
            if any(p.compress_type not in _METHODS or p.flag_bits & _ENCRYPTED for p in parts):
                raise UnreadableSheetError
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        EOFError,
        LookupError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise UnreadableSheetError(type(error).__name__) from error


class _Listener:
    """Hears one part, element by element; names come without their namespace."""

    def __init__(self) -> None:
        self._depth = 0

    def began(self, name: str, attributes: dict[str, str]) -> None:
        """Hear what the parser says of an element's beginning."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableSheetError("too deep")
        self.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def ended(self, name: str) -> None:
        """Hear what the parser says of an element's end."""
        self._depth -= 1
        self.end(_local(name))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text."""


def _hear(archive: zipfile.ZipFile, part: str, listener: _Listener) -> Iterator[None]:
    """Read a part piece by piece, and let the caller take what was heard so far."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = listener.began
    parser.EndElementHandler = listener.ended
    parser.CharacterDataHandler = listener.text
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield
    parser.Parse(b"", True)
    yield


def _refuse_doctype(*_: object) -> None:
    raise UnreadableSheetError("a document type")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _visible_sheets(archive: zipfile.ZipFile) -> list[str]:
    """Return the parts of the sheets a person sees, in their order."""
    book, links = _Book(), _Links()
    for part, listener in (
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
    ):
        for _ in _hear(archive, part, listener):
            pass
    paths = [links.targets[sheet] for sheet in book.sheets if sheet in links.targets]
    return [
        posixpath.normpath(path.lstrip("/") if path.startswith("/") else f"xl/{path}")
        for path in paths
    ]


class _Book(_Listener):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append(attributes["id"])


class _Links(_Listener):
    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes["Type"].endswith("/worksheet"):
            self.targets[attributes["Id"]] = attributes["Target"]


class _Texts(_Listener):
    """Gathers the text of some elements, but not how a Japanese name is read."""

    def __init__(self, *elements: str) -> None:
        super().__init__()
        self._elements = elements
        self._parts: list[str] = []
        self._hearing = False
        self._reading_aid = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "rPh":
            self._reading_aid = True
        self._hearing = name in self._elements and not self._reading_aid

    def end(self, name: str) -> None:
        if name == "rPh":
            self._reading_aid = False
        self._hearing = False

    def text(self, text: str) -> None:
        if self._hearing:
            self._parts.append(text)

    def taken(self) -> str:
        text = "".join(self._parts)[:_LONGEST_CELL]
        self._parts.clear()
        return text


class _Strings(_Texts):
    """The texts that cells share, by number."""

    def __init__(self) -> None:
        super().__init__("t")
        self.texts: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            if len(self.texts) == _MOST_STRINGS:
                raise LargeSheetError
            self.texts.append(self.taken())


class _Rows(_Texts):
    """The rows of a sheet, each as the texts of its cells."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__("v", "t")
        self._strings = strings
        self._shared = False
        self._number = 0
        self._cells: list[str] = []
        self._rows: list[Row] = []

    def take(self) -> list[Row]:
        """Return the rows that have ended since."""
        ended, self._rows = self._rows, []
        return ended

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == "c":
            self._shared = attributes.get("t") == "s"
        elif name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if _DIGITS.fullmatch(number) else self._number + 1

    def end(self, name: str) -> None:
        super().end(name)
        if name == "c":
            text = self.taken()
            if self._shared and text:
                text = self._strings[int(text)] if _DIGITS.fullmatch(text) else ""
            if text.strip():
                self._cells.append(text)
        elif name == "row" and self._cells:
            self._rows.append(Row(self._number, self._cells))
            self._cells = []
