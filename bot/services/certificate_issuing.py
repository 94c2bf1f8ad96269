"""Writing a certificate into the register: its number, its signature, its day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services import audit, notices
from bot.services.briefing_rules import valid_until
from bot.services.certificate_code import CertificateClaim, CertificateSigner
from bot.services.certificate_number import new_certificate_number
from bot.services.certificate_rules import Address, Basis, CertificateKind, CertificateRules
from bot.services.errors import ConflictError
from db.database import UnitOfWork
from db.models.briefings import BriefingPass
from db.models.certificates import Certificate, CertificateKey
from db.models.outbox import Lane
from db.models.people import Assistant

_MOMENT = timedelta(microseconds=1)


class NoBriefingError(ConflictError):
    """The assistant has no valid briefing to certify."""

    def __init__(self) -> None:
        super().__init__("error-certificate-no-briefing")


class KeyOutOfUseError(ConflictError):
    """The signing key signs no more."""

    def __init__(self) -> None:
        super().__init__("error-certificate-key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A certificate to be issued; ``once`` is the key of the press, ``actor_id`` whose it was.

    One of many gives way: its holder is told after everybody who waits for something else.
    """

    once: str
    kind: CertificateKind
    basis: Basis | None
    actor_id: int | None
    replaces: Certificate | None = None
    one_of_many: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """The key in use: signs claims of its days, and says what a QR code holds."""

    first_day: date
    sign: Callable[[CertificateClaim], str]
    address: Address


class CertificateIssuer:
    """Issues inside the caller's transaction, whose authority is the caller's business.

    Args:
        zone: the region's, whose days stand on paper.
        seed: 32 secret bytes, the signing key.
    """

    def __init__(
        self, zone: ZoneInfo, rules: CertificateRules, seed: bytes, address: Address
    ) -> None:
        self._zone = zone
        self._rules = rules
        self._seed = seed
        self._address = address
        self._public = CertificateSigner(0, seed).verification_key(date.min).public

    def day(self, now: datetime) -> date:
        """Return which day it is in the region."""
        return now.astimezone(self._zone).date()

    async def issue(
        self, uow: UnitOfWork, assistant: Assistant, order: Order, now: datetime
    ) -> Certificate:
        """Issue the certificate to the assistant, whose row is locked; the holder is told.

        Raises:
            NoBriefingError, KeyOutOfUseError: before anything is written.
        """
        today = self.day(now)
        person = await uow.people.find(assistant.person_id)
        assert person is not None  # noqa: S101 - a foreign key holds it
        expires_on = await self._last_day(uow, assistant.person_id, order.kind, now)
        signer = await self._signer(uow, now)
        number = await _free_number(uow)
        code = signer.sign(
            CertificateClaim(
                number=number,
                kind=order.kind.value,
                issued_on=today,
                expires_on=expires_on,
                service_number=assistant.service_number,
            )
        )
        certificate = await uow.certificates.add(
            Certificate(
                number=number,
                once=order.once,
                kind=order.kind,
                person_id=person.id,
                holder=person.full_name or "",
                service_number=assistant.service_number,
                basis_kk=order.basis and order.basis.kk,
                basis_ru=order.basis and order.basis.ru,
                issued_on=today,
                expires_on=expires_on,
                code=code,
                qr=self._address(number, code),
                issued_at=now,
                issued_by=order.actor_id,
                replaces_id=order.replaces and order.replaces.id,
            )
        )
        await _record(uow, certificate, order)
        lane = Lane.BULK if order.one_of_many else Lane.NOTICE
        notices.send(uow, person.id, "certificate-issued", now, lane, certificate_id=certificate.id)
        return certificate

    async def issue_on_pass(
        self, uow: UnitOfWork, assistant: Assistant, signed: BriefingPass
    ) -> None:
        """Issue the certificate of a briefing just passed, where the region wants that."""
        if self._rules.issued_on_pass:
            order = Order(
                once=f"pass-{signed.id}", kind=CertificateKind.BRIEFING, basis=None, actor_id=None
            )
            await self.issue(uow, assistant, order, signed.signed_at)

    async def signing(self, uow: UnitOfWork, now: datetime) -> Signing:
        """Return what signs certificates in the register, its key registered now if it is new.

        Raises:
            ConflictError: the signing key is out of use.
        """
        signer = await self._signer(uow, now)
        key = await self._key(uow)
        assert key is not None  # noqa: S101 - registered above
        return Signing(key.first_day, signer.sign, self._address)

    async def _last_day(
        self, uow: UnitOfWork, person_id: int, kind: CertificateKind, now: datetime
    ) -> date | None:
        if kind is CertificateKind.BRIEFING:
            row = await uow.people.find_row(person_id=person_id)
            signed = None if row is None else row.briefing_pass
            if signed is None or signed.valid_until <= now:
                raise NoBriefingError
            return self.day(signed.valid_until - _MOMENT)
        months = self._rules.months.get(kind)
        return None if months is None else self.day(valid_until(now, months, self._zone))

    async def _signer(self, uow: UnitOfWork, now: datetime) -> CertificateSigner:
        """Return the signer, its key registered; a new key ends the use of those before it."""
        key = await self._key(uow)
        if key is None:
            # Two first issues at once: the second waits here, and then finds the key.
            await uow.audit.lock_head()
            key = await self._key(uow) or await self._register(uow, now)
        if key.last_day is not None:
            raise KeyOutOfUseError
        return CertificateSigner(key.id, self._seed)

    async def _key(self, uow: UnitOfWork) -> CertificateKey | None:
        keys = await uow.certificates.list_keys()
        return next((key for key in keys if key.public == self._public), None)

    async def _register(self, uow: UnitOfWork, now: datetime) -> CertificateKey:
        today = self.day(now)
        keys = await uow.certificates.list_keys()
        for key in keys:
            if key.last_day is None:
                key.last_day = max(today, key.first_day)
        key = await uow.certificates.add_key(
            CertificateKey(id=len(keys), public=self._public, first_day=today)
        )
        await audit.record(
            uow,
            at=now,
            actor_id=None,
            action="certificate.key_added",
            subject="certificate_key",
            subject_id=key.id,
            after={"public": self._public.hex(), "first_day": today.isoformat()},
        )
        return key


async def _free_number(uow: UnitOfWork) -> str:
    while True:
        number = new_certificate_number()
        if await uow.certificates.find_by_number(number) is None:
            return number


async def _record(uow: UnitOfWork, certificate: Certificate, order: Order) -> None:
    await audit.record(
        uow,
        at=certificate.issued_at,
        actor_id=order.actor_id,
        action="certificate.issued",
        subject="certificate",
        subject_id=certificate.id,
        after={
            "number": certificate.number,
            "kind": certificate.kind.value,
            "person": certificate.person_id,
            "expires_on": certificate.expires_on and certificate.expires_on.isoformat(),
            "replaces": certificate.replaces_id,
        },
        personal={
            "holder": certificate.holder,
            "basis": [certificate.basis_kk, certificate.basis_ru],
        },
        person_id=certificate.person_id,
    )
