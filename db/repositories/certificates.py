"""Certificates and the keys that signed them: one statement per method."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.certificates import Certificate, CertificateKey


class CertificatesRepository:
    """Queries over ``certificates`` and ``certificate_keys``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, certificate: Certificate) -> Certificate:
        """Insert the certificate and return it with its id; number and press are new."""
        self._session.add(certificate)
        await self._session.flush()
        return certificate

    async def find(self, certificate_id: int) -> Certificate | None:
        """Return the certificate with this id."""
        return await self._session.get(Certificate, certificate_id)

    async def lock(self, certificate_id: int) -> Certificate | None:
        """Return the certificate with this id, locked until the transaction ends."""
        return await self._session.scalar(
            select(Certificate).where(Certificate.id == certificate_id).with_for_update()
        )

    async def find_by_number(self, number: str) -> Certificate | None:
        """Return the certificate with this number of 16 digits."""
        return await self._session.scalar(select(Certificate).where(Certificate.number == number))

    async def find_by_once(self, once: str) -> Certificate | None:
        """Return the certificate that this press issued."""
        return await self._session.scalar(select(Certificate).where(Certificate.once == once))

    async def find_successor(self, certificate_id: int) -> Certificate | None:
        """Return the certificate issued instead of this one."""
        return await self._session.scalar(
            select(Certificate).where(Certificate.replaces_id == certificate_id)
        )

    async def list_of_person(
        self, person_id: int, *, offset: int, limit: int
    ) -> Sequence[Certificate]:
        """Return the person's certificates, the newest first."""
        return (
            await self._session.scalars(
                select(Certificate)
                .where(Certificate.person_id == person_id)
                .order_by(Certificate.id.desc())
                .offset(offset)
                .limit(limit)
            )
        ).all()

    async def count_of_person(self, person_id: int) -> int:
        """Count the person's certificates."""
        return (
            await self._session.scalar(
                select(func.count()).where(Certificate.person_id == person_id)
            )
            or 0
        )

    async def list_keys(self) -> Sequence[CertificateKey]:
        """Return every key that ever signed, by id."""
        return (
            await self._session.scalars(select(CertificateKey).order_by(CertificateKey.id))
        ).all()

    async def add_key(self, key: CertificateKey) -> CertificateKey:
        """Insert the key; its id and its bytes are new."""
        self._session.add(key)
        await self._session.flush()
        return key
