"""Numbers of certificates: random, so that nobody can count through them, and safe to read aloud.

14 random digits and two check digits by ISO 7064 MOD 97-10, which find every single wrong digit,
every swap of neighbours, and nearly all other slips; shown in fours, as on a bank card.
"""

import re
import secrets
from typing import Final

from stdnum.iso7064 import mod_97_10

PLAIN_DIGITS: Final = 14
"""The digits of a number before its check digits."""

_DIGITS: Final = re.compile(r"[0-9]{16}", re.ASCII)
_GROUP: Final = 4
_SEPARATORS: Final = re.compile(r"[\s.-]+")
_START_PREFIX: Final = "cert_"


def new_certificate_number() -> str:
    """Return a number of 16 digits that nobody can guess; that it is new, the register checks."""
    return from_plain(secrets.randbelow(10**PLAIN_DIGITS))


def from_plain(plain: int) -> str:
    """Return the number with its check digits, from what its first 14 digits say."""
    digits = f"{plain:0{PLAIN_DIGITS}d}"
    return digits + mod_97_10.calc_check_digits(digits)


def is_certificate_number(number: str) -> bool:
    """Tell whether these are 16 digits whose check digits fit."""
    return bool(_DIGITS.fullmatch(number)) and bool(mod_97_10.is_valid(number))


def read_number(typed: str) -> str | None:
    """Return the number that was typed or read aloud, whatever its grouping, or None."""
    number = _SEPARATORS.sub("", typed)
    return number if is_certificate_number(number) else None


def grouped(number: str) -> str:
    """Return a number as it is printed: ``4071 5832 9164 7204``."""
    return " ".join(number[place : place + _GROUP] for place in range(0, len(number), _GROUP))


def start_payload(number: str) -> str:
    """Return what follows ``?start=`` in a link that opens the certificate in the bot."""
    return _START_PREFIX + number


def number_in_start(payload: str) -> str | None:
    """Return the number that a link of ours named, or None."""
    if not payload.startswith(_START_PREFIX):
        return None
    number = payload.removeprefix(_START_PREFIX)
    return number if is_certificate_number(number) else None
