"""Checking certificates: anybody may, by the number or by the signed code."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.services.certificate_code import InvalidCodeError, read_code
from bot.services.certificate_keys import verification_keys
from bot.services.certificate_number import number_in_start, read_number
from bot.services.certificate_rules import (
    CertificateCard,
    Verdict,
    Verification,
    card_of,
    verdict_on,
)
from bot.services.clock import Clock
from db.database import Database, UnitOfWork
from db.models.certificates import Certificate

_CODE = re.compile(r"(?<![\w-])[\w-]{112}(?![\w-])", re.ASCII)
_START = re.compile(r"\bcert_[0-9]{16}\b", re.ASCII)
# Longer than any code with its address, so that nobody makes us search a novel.
_LONGEST = 1_000


class CertificateChecks:
    """What strangers may ask of certificates.

    Args:
        zone: the region's, whose days stand on paper.
    """

    def __init__(self, db: Database, clock: Clock, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def verify(self, text: str) -> Verification:
        """Tell anybody where a certificate stands, by its number, its code or a link with either.

        A forged, cut or strange code is unknown: no more is said.
        """
        async with self._db.reading() as uow:
            found = await _find(uow, text)
            if found is None:
                return Verification(verdict=Verdict.UNKNOWN)
            revoked_at = found.revoked_at
            return Verification(
                verdict=verdict_on(found, self._day(self._clock())),
                number=found.number,
                kind=found.kind,
                holder=found.holder,
                service_number=found.service_number,
                issued_on=found.issued_on,
                expires_on=found.expires_on,
                revoked_on=None if revoked_at is None else self._day(revoked_at),
            )

    async def sheet(self, number: str) -> CertificateCard | None:
        """Return all that a sheet is drawn from; for the operator's own machine only."""
        async with self._db.reading() as uow:
            found = await uow.certificates.find_by_number(number)
            return None if found is None else card_of(found, self._day(self._clock()))

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()


def names_certificate(text: str) -> bool:
    """Tell whether a text has the form of a certificate's number, code or link."""
    return named_code(text) is not None or _named_number(text) is not None


def named_code(text: str) -> str | None:
    """Return the code that stands in a text, such as the link of a QR code; it is not checked."""
    found = _CODE.search(text) if len(text) <= _LONGEST else None
    return None if found is None else found.group()


def _named_number(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    link = _START.search(text)
    return read_number(text.strip()) if link is None else number_in_start(link.group())


async def _find(uow: UnitOfWork, text: str) -> Certificate | None:
    code = named_code(text)
    if code is None:
        number = _named_number(text)
        return None if number is None else await uow.certificates.find_by_number(number)
    try:
        claim = read_code(code, await verification_keys(uow))
    except InvalidCodeError:
        return None
    found = await uow.certificates.find_by_number(claim.number)
    # Whoever stole the key can sign anything; only what we have given out is ours.
    return found if found is not None and found.code == code else None
