"""The keys that sign certificates: what others check by, and taking a stolen one out of use."""

from datetime import date, timedelta

from bot.services import audit
from bot.services.certificate_code import VerificationKey
from bot.services.clock import Clock
from db.database import Database, UnitOfWork


class CertificateKeys:
    """What the operator does with the keys that sign certificates."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def list_all(self) -> list[VerificationKey]:
        """Return the public part of every key that ever signed, for whoever checks without us."""
        async with self._db.reading() as uow:
            return await verification_keys(uow)

    async def distrust(self, since: date) -> int:
        """End the use of every key from the day on; return how many keys were still in use.

        Codes issued before stay good, and so do all numbers: the register knows what it gave out.
        Nothing is issued any more until the bot is started with another key.
        """
        last_day = since - timedelta(days=1)
        async with self._db.transaction() as uow:
            ended = [
                key
                for key in await uow.certificates.list_keys()
                if key.last_day is None or key.last_day > last_day
            ]
            for key in ended:
                key.last_day = last_day
            for key in ended:
                await audit.record(
                    uow,
                    at=self._clock(),
                    actor_id=None,
                    action="certificate.key_distrusted",
                    subject="certificate_key",
                    subject_id=key.id,
                    after={"last_day": last_day.isoformat()},
                )
        return len(ended)


async def verification_keys(uow: UnitOfWork) -> list[VerificationKey]:
    """Return what codes are checked by."""
    return [
        VerificationKey(
            id=key.id, public=key.public, first_day=key.first_day, last_day=key.last_day
        )
        for key in await uow.certificates.list_keys()
    ]
