"""`certificate verify`, `keys` and `distrust`: the register and the keys, without network."""

import asyncio
import re
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.commands.certificate_signature import print_lines, verify_signature
from bot.commands.refusals import told_plainly
from bot.config import Settings
from bot.content import Content, load_content
from bot.pdf.certificate import render
from bot.services.certificate_checks import CertificateChecks
from bot.services.certificate_keys import CertificateKeys
from bot.services.certificate_number import grouped, read_number
from bot.services.certificate_rules import Verdict, Verification
from bot.services.clock import system_clock
from bot.sheets import sheet_of
from bot.start_error import StartError
from db.database import Database
from db.engine import create_engine
from db.revision import require_current

_LARGEST_FILE = 1024 * 1024
# No number or code ends so: a mistyped path must not read as a forged certificate.
_FILES = {".pdf", ".txt"}
# As our sheets have it: letters in UTF-16, each byte that is no letter as three octal digits.
_TITLE = re.compile(rb"/Title \(((?:\\.|[^\\()])*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_Answer = TypeVar("_Answer")
_SAYS = {
    Verdict.VALID: "valid",
    Verdict.EXPIRED: "expired",
    Verdict.REVOKED: "revoked",
    Verdict.UNKNOWN: "there is no such certificate",
}


def main(settings: Settings, args: Namespace) -> int:
    """Run what was asked for.

    Raises:
        StartError: a file or the day cannot be read, or the database or the pack cannot be used.
    """
    return {"verify": _verify, "keys": _keys, "distrust": _distrust}[args.act](settings, args)


def _distrust(settings: Settings, args: Namespace) -> int:
    try:
        since = date.fromisoformat(args.since)
    except ValueError as error:
        raise StartError("the day must be YYYY-MM-DD") from error
    ended = _of_keys(settings, lambda keys: keys.distrust(since))
    print(f"keys taken out of use: {ended}")
    print("start every process of the bot with another CERTIFICATE_KEY")
    return 0


def _keys(settings: Settings, _args: Namespace) -> int:
    """Print what whoever has no database needs to check the codes: nothing secret."""
    for key in _of_keys(settings, lambda keys: keys.list_all()):
        print(key.line)
    return 0


def _of_keys(settings: Settings, act: Callable[[CertificateKeys], Awaitable[_Answer]]) -> _Answer:
    async def ask() -> _Answer:
        engine = create_engine(settings.database.url.get_secret_value())
        try:
            await require_current(engine)
            return await act(CertificateKeys(Database(engine), system_clock))
        finally:
            await engine.dispose()

    with told_plainly():
        return asyncio.run(ask())


def _verify(settings: Settings, args: Namespace) -> int:
    """Print where the certificate stands and what its paper must show; 0 when it is valid."""
    given = _read(args.what)
    if args.keys is not None:
        return verify_signature(settings, given, Path(args.keys))
    with told_plainly():
        content = load_content(settings.region.content_dir / settings.region.region)
        url = settings.database.url.get_secret_value()
        found, drawn = asyncio.run(_look_up(url, content, given))
    altered = isinstance(given, bytes) and drawn is not None and drawn != given
    _print(found)
    if altered:
        print("the file is not as it is drawn today: compare every line of it", file=sys.stderr)
    return 0 if found.verdict is Verdict.VALID and not altered else 1


def _read(what: str) -> str | bytes:
    """Return the bytes of a PDF, or the text of another file or of the argument itself."""
    path = Path(what)
    try:
        if not path.is_file():
            if path.suffix.lower() in _FILES:
                raise StartError(f"{what}: there is no such file")
            return what
        if path.stat().st_size > _LARGEST_FILE:
            raise StartError(f"{what}: is larger than any certificate of ours")
        content = path.read_bytes()
    except OSError as error:
        raise StartError(f"{what}: {error.strerror}") from error
    return content if content.startswith(b"%PDF") else content.decode(errors="replace").strip()


async def _look_up(
    url: str, content: Content, given: str | bytes
) -> tuple[Verification, bytes | None]:
    """Return where it stands, and for a PDF the sheet as it is drawn today."""
    engine = create_engine(url)
    try:
        await require_current(engine)
        checks = CertificateChecks(Database(engine), system_clock, content.region.zone)
        if isinstance(given, str):
            return await checks.verify(given), None
        number = _number_in(given)
        card = None if number is None else await checks.sheet(number)
        drawn = None if card is None else render(sheet_of(card), content.certificates)
        return await checks.verify(number or ""), drawn
    finally:
        await engine.dispose()


def _number_in(pdf: bytes) -> str | None:
    """Return the number at the end of a sheet's title; None where no title of ours stands."""
    title = _TITLE.search(pdf)
    if title is None:
        return None
    raw = _ESCAPED.sub(lambda found: _plain(found.group(1)), title.group(1))
    return read_number(raw.decode("utf-16", errors="replace").rpartition("\N{MIDDLE DOT}")[2])


def _plain(escaped: bytes) -> bytes:
    return bytes([int(escaped, 8) & 0xFF]) if escaped.isdigit() else escaped


def _print(found: Verification) -> None:
    print(_SAYS[found.verdict])
    if found.kind is None:
        return
    lines = {
        "revoked on": found.revoked_on,
        "number": grouped(found.number),
        "kind": found.kind.value,
        "holder": found.holder,
        "service number": found.service_number,
        "issued on": found.issued_on,
        "last valid day": found.expires_on,
    }
    print_lines(lines)
