"""`certificate verify --keys`: a code checked by public keys alone, without the register."""

import sys
from collections.abc import Mapping
from pathlib import Path

from bot.commands.refusals import told_plainly
from bot.config import Settings
from bot.content import load_content
from bot.services.certificate_checks import named_code
from bot.services.certificate_code import InvalidCodeError, VerificationKey, read_code
from bot.services.certificate_number import grouped
from bot.services.clock import system_clock
from bot.start_error import StartError


def verify_signature(settings: Settings, given: str | bytes, file: Path) -> int:
    """Check a code by public keys alone; 0 when it is signed and has not expired.

    Raises:
        StartError: it is no code, or the file cannot be read.
    """
    code = None if isinstance(given, bytes) else named_code(given)
    if code is None:
        raise StartError("without the register only the text of a QR code can be checked")
    keys = _read_keys(file)
    with told_plainly():
        zone = load_content(settings.region.content_dir / settings.region.region).region.zone
    today = system_clock().astimezone(zone).date()
    try:
        claim = read_code(code, keys)
    except InvalidCodeError:
        print("no key of these has signed it")
        return 1
    expired = claim.expires_on is not None and claim.expires_on < today
    print("signed by us, " + ("but expired" if expired else "and not expired"))
    print_lines(
        {
            "number": grouped(claim.number),
            "kind": claim.kind,
            "service number": claim.service_number,
            "issued on": claim.issued_on,
            "last valid day": claim.expires_on,
        }
    )
    print("whether it was revoked, and whose it is, the register tells", file=sys.stderr)
    return 1 if expired else 0


def _read_keys(file: Path) -> list[VerificationKey]:
    try:
        return [VerificationKey.parse(line) for line in file.read_text().splitlines() if line]
    except OSError as error:
        raise StartError(f"{file}: {error.strerror}") from error
    except ValueError as error:
        raise StartError(f"{file}: is not what `certificate keys` prints") from error


def print_lines(lines: Mapping[str, object]) -> None:
    """Print what the paper must show: a line for each thing that is known."""
    for name, value in lines.items():
        if value is not None:
            print(f"  {name}: {value}")
