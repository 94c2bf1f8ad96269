"""Certificates and letters of thanks: issuing, revoking, reissuing, showing."""

import re
from datetime import datetime
from typing import NamedTuple

from bot.services import audit, notices
from bot.services.certificate_issuing import CertificateIssuer, Order
from bot.services.certificate_rules import (
    Basis,
    CertificateCard,
    CertificateKind,
    card_of,
    kept_basis,
)
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.page import PAGE_SIZE, Page, clamp
from bot.services.rights import Right, require, require_reach
from bot.services.wording import clean_reason
from db.database import Database, UnitOfWork
from db.models.certificates import Certificate
from db.models.people import Assistant

_ONCE = re.compile(r"[A-Za-z0-9_-]{8,40}", re.ASCII)


class Issued(NamedTuple):
    """A certificate; ``repeated`` when the same press had issued it before."""

    card: CertificateCard
    repeated: bool


class CertificateService:
    """What admins, coordinators and holders do with certificates."""

    def __init__(self, db: Database, clock: Clock, issuer: CertificateIssuer) -> None:
        self._db = db
        self._clock = clock
        self._issuer = issuer

    async def issue(
        self,
        actor_id: int,
        person_id: int,
        kind: CertificateKind,
        basis: Basis | None,
        once: str,
    ) -> Issued:
        """Issue a certificate to an assistant; the same press again gives the same one.

        Raises:
            InvalidInputError: the key of the press has no form of ours.
            AccessDeniedError, NotFoundError: the assistant is not the actor's to certify.
            ConflictError: see ``CertificateIssuer.issue``.
        """
        async with self._db.transaction() as uow:
            assistant = await self._lock_assistant(uow, actor_id, person_id)
            return await self._once(
                uow, assistant, Order(once=once, kind=kind, basis=basis, actor_id=actor_id)
            )

    async def reissue(self, actor_id: int, certificate_id: int, once: str) -> Issued:
        """Issue the certificate anew, with the holder's present name; the old one is revoked.

        Raises:
            AccessDeniedError, NotFoundError: it is not the actor's to reissue.
            ConflictError: it is revoked already; see ``CertificateIssuer.issue`` too.
        """
        async with self._db.transaction() as uow:
            old = await self._lock(uow, actor_id, certificate_id)
            assistant = await self._lock_assistant(uow, actor_id, old.person_id)
            order = Order(
                once=once, kind=old.kind, basis=kept_basis(old), actor_id=actor_id, replaces=old
            )
            if await uow.certificates.find_by_once(once) is None:
                _must_stand(old)
                await self._revoke(uow, old, actor_id, reason="")
            return await self._once(uow, assistant, order)

    async def revoke(self, actor_id: int, certificate_id: int, reason: str) -> CertificateCard:
        """Revoke a certificate; the holder is told, with the reason.

        Raises:
            InvalidInputError: the reason is empty or too long.
            AccessDeniedError, NotFoundError: it is not the actor's to revoke.
            ConflictError: it is revoked already.
        """
        reason = clean_reason(reason)
        async with self._db.transaction() as uow:
            certificate = await self._lock(uow, actor_id, certificate_id)
            _must_stand(certificate)
            await self._revoke(uow, certificate, actor_id, reason)
            notices.send(
                uow,
                certificate.person_id,
                "certificate-revoked",
                self._clock(),
                certificate_id=certificate.id,
            )
            return self._card(certificate)

    async def card(self, actor_id: int, certificate_id: int) -> CertificateCard:
        """Return a certificate to its holder, or to staff of the holder's district.

        Raises:
            AccessDeniedError, NotFoundError: it is neither theirs nor of their district.
        """
        async with self._db.reading() as uow:
            certificate = await uow.certificates.find(certificate_id)
            if certificate is None:
                await require_reach(uow, actor_id, Right.SEE_CERTIFICATES)
                raise NotFoundError
            await _must_see(uow, actor_id, certificate.person_id)
            successor = await uow.certificates.find_successor(certificate.id)
            return self._card(certificate, successor)

    async def of_person(self, actor_id: int, person_id: int, page: int) -> Page[CertificateCard]:
        """Return a person's certificates, the newest first: one's own, or those of a district.

        Raises:
            AccessDeniedError, NotFoundError: they are neither theirs nor of their district.
        """
        async with self._db.reading() as uow:
            await _must_see(uow, actor_id, person_id)
            total = await uow.certificates.count_of_person(person_id)
            number = clamp(page, total)
            rows = await uow.certificates.list_of_person(
                person_id, offset=number * PAGE_SIZE, limit=PAGE_SIZE
            )
            return Page([self._card(row) for row in rows], number, total)

    async def _once(self, uow: UnitOfWork, assistant: Assistant, order: Order) -> Issued:
        if not _ONCE.fullmatch(order.once):
            raise InvalidInputError("error-not-found")
        earlier = await uow.certificates.find_by_once(order.once)
        if earlier is None:
            issued = await self._issuer.issue(uow, assistant, order, self._clock())
            return Issued(self._card(issued), repeated=False)
        if (earlier.person_id, earlier.kind) != (assistant.person_id, order.kind):
            raise NotFoundError
        return Issued(self._card(earlier), repeated=True)

    async def _revoke(
        self, uow: UnitOfWork, certificate: Certificate, actor_id: int, reason: str
    ) -> None:
        now = self._clock()
        certificate.revoked_at, certificate.revoked_by = now, actor_id
        certificate.revoked_reason = reason
        await audit.record(
            uow,
            at=now,
            actor_id=actor_id,
            action="certificate.revoked",
            subject="certificate",
            subject_id=certificate.id,
            before={"revoked": False},
            after={"revoked": True},
            personal={"reason": reason},
            person_id=certificate.person_id,
        )

    async def _lock_assistant(self, uow: UnitOfWork, actor_id: int, person_id: int) -> Assistant:
        assistant = await uow.people.lock_assistant(person_id)
        if assistant is None:
            await require_reach(uow, actor_id, Right.ISSUE_CERTIFICATES)
            raise NotFoundError
        await require(uow, actor_id, Right.ISSUE_CERTIFICATES, assistant.district_code)
        return assistant

    async def _lock(self, uow: UnitOfWork, actor_id: int, certificate_id: int) -> Certificate:
        certificate = await uow.certificates.lock(certificate_id)
        if certificate is None:
            await require_reach(uow, actor_id, Right.ISSUE_CERTIFICATES)
            raise NotFoundError
        assistant = await uow.people.find_assistant(certificate.person_id)
        assert assistant is not None  # noqa: S101 - only assistants are certified, and none vanish
        await require(uow, actor_id, Right.ISSUE_CERTIFICATES, assistant.district_code)
        return certificate

    def _card(
        self, certificate: Certificate, successor: Certificate | None = None
    ) -> CertificateCard:
        return card_of(certificate, self._issuer.day(self._clock()), successor)


async def _must_see(uow: UnitOfWork, actor_id: int, person_id: int) -> None:
    if person_id == actor_id:
        return
    assistant = await uow.people.find_assistant(person_id)
    if assistant is None:
        await require_reach(uow, actor_id, Right.SEE_CERTIFICATES)
        raise NotFoundError
    await require(uow, actor_id, Right.SEE_CERTIFICATES, assistant.district_code)


def _must_stand(certificate: Certificate) -> None:
    revoked_at: datetime | None = certificate.revoked_at
    if revoked_at is not None:
        raise ConflictError("error-certificate-revoked", at=revoked_at)
