"""The signed code of a certificate: proves it to a phone without asking anybody.

It says number, kind, days and service number, but no name, and is signed with Ed25519. A signature
proves that the key signed, no more: whoever stole the key can put a day before the theft into a
code, so the register alone knows whether a certificate exists and still stands.
"""

import base64
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.services.certificate_number import PLAIN_DIGITS, from_plain, is_certificate_number
from bot.services.service_number import format_number, is_well_formed

KINDS: Final = ("briefing", "training", "service", "thanks")
"""The kinds a code can name. Their order is part of every code given out: it never changes."""

_FORM: Final = re.compile(r"[A-Za-z0-9_-]{112}", re.ASCII)
# Version, key, kind, issued and last day, number, region and sequence of the service number. With
# the signature 84 bytes, 112 letters: each bit of each letter counts.
_CLAIM: Final = struct.Struct(">BBBHHQBI")
_VERSION: Final = 1
_NOBODY: Final = 255
# What the key signs for another purpose is never a code.
_PURPOSE: Final = b"komekshi certificate\0"
_DAY_ZERO: Final = date(2019, 12, 31)
_LARGEST_KEY_ID: Final = 255
_KEY_LENGTH: Final = 32


class InvalidCodeError(Exception):
    """The code was not signed by a key of ours at a time when it was valid. No more is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateClaim:
    """What a code says. `expires_on` is the last valid day; both days are of the region."""

    number: str
    kind: str
    issued_on: date
    expires_on: date | None
    service_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationKey:
    """A public key of 32 bytes, and the days on which certificates were issued with it.

    After a rotation `last_day` is its last day of use; after a theft, the day before it.
    """

    id: int
    public: bytes
    first_day: date
    last_day: date | None = None

    @property
    def line(self) -> str:
        """The key as `parse` reads it: id, first day, last day or -, and 64 digits in hex."""
        return f"{self.id} {self.first_day} {self.last_day or '-'} {self.public.hex()}"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Return the key of a line.

        Raises:
            ValueError: the line is none of a key.
        """
        number, first, last, public = line.split()
        key = cls(
            id=int(number),
            public=bytes.fromhex(public),
            first_day=date.fromisoformat(first),
            last_day=None if last == "-" else date.fromisoformat(last),
        )
        if len(key.public) != _KEY_LENGTH:
            raise ValueError("a public key has 32 bytes")
        return key


class CertificateSigner:
    """Signs codes with one key. The same claim gets the same code every time."""

    def __init__(self, key_id: int, seed: bytes) -> None:
        """Take a secret of 32 random bytes; `key_id` is 0 to 255.

        Raises:
            ValueError: either is something else.
        """
        if not 0 <= key_id <= _LARGEST_KEY_ID:
            raise ValueError("the id of a key is 0 to 255")
        self._id = key_id
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    def verification_key(self, first_day: date) -> VerificationKey:
        """Return what others need to check the codes of this key, from its first day on."""
        public = self._key.public_key().public_bytes_raw()
        return VerificationKey(id=self._id, public=public, first_day=first_day)

    def sign(self, claim: CertificateClaim) -> str:
        """Return the code: 112 letters that may stand in a link.

        Raises:
            ValueError: the claim is none that a code can say.
        """
        packed = _pack(self._id, claim)
        return base64.urlsafe_b64encode(packed + self._key.sign(_PURPOSE + packed)).decode()


def read_code(code: str, keys: Iterable[VerificationKey]) -> CertificateClaim:
    """Return what a code says, after its signature and its day were checked.

    Raises:
        InvalidCodeError: it is none of ours, or changed, or its key was not valid on its day.
    """
    if not _FORM.fullmatch(code):
        raise InvalidCodeError
    raw = base64.urlsafe_b64decode(code)
    packed, signature = raw[: _CLAIM.size], raw[_CLAIM.size :]
    for key in keys:
        if key.id == packed[1] and _is_signed(packed, signature, key.public):
            claim = _unpack(packed)
            last_day = key.last_day or date.max
            if claim and key.first_day <= claim.issued_on <= last_day:
                return claim
    raise InvalidCodeError


def _is_signed(packed: bytes, signature: bytes, public: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _PURPOSE + packed)
    except InvalidSignature:
        return False
    return True


def _pack(key_id: int, claim: CertificateClaim) -> bytes:
    if not is_certificate_number(claim.number) or claim.kind not in KINDS:
        raise ValueError("no number or kind of a certificate")
    if claim.expires_on and claim.expires_on < claim.issued_on:
        raise ValueError("a certificate expires on the day of issue at the earliest")
    region, sequence = _NOBODY, 0
    if claim.service_number is not None:
        if not is_well_formed(claim.service_number):
            raise ValueError("no service number")
        prefix, digits, _ = claim.service_number.split("-")
        region, sequence = int(prefix), int(digits)
    try:
        return _CLAIM.pack(
            _VERSION,
            key_id,
            KINDS.index(claim.kind),
            (claim.issued_on - _DAY_ZERO).days,
            (claim.expires_on - _DAY_ZERO).days if claim.expires_on else 0,
            int(claim.number[:PLAIN_DIGITS]),
            region,
            sequence,
        )
    except struct.error as error:
        raise ValueError("a day before 2020, or a service number too long") from error


def _unpack(packed: bytes) -> CertificateClaim | None:
    """Return the claim, or None where a key of ours signed what this release cannot read."""
    version, _, kind, issued, expires, plain, region, sequence = _CLAIM.unpack(packed)
    if version != _VERSION or kind >= len(KINDS) or plain >= 10**PLAIN_DIGITS:
        return None
    return CertificateClaim(
        number=from_plain(plain),
        kind=KINDS[kind],
        issued_on=_DAY_ZERO + timedelta(days=issued),
        expires_on=_DAY_ZERO + timedelta(days=expires) if expires else None,
        service_number=None if region == _NOBODY else format_number(f"{region:02d}", sequence),
    )
