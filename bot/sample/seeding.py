"""Writing an invented history into a database, all of it or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sample.cast import Sizes, parts, shared_out
from bot.sample.history import History
from bot.sample.ledger import TABLES, Ledger
from bot.sample.scene import Scene
from bot.sample.told import skip_late
from bot.services import audit
from bot.services.applications import NUMBER_SERIES
from bot.services.certificate_issuing import CertificateIssuer
from bot.services.people import Me
from db.database import Database, UnitOfWork
from db.models.grants import Role

# Staff have served for so long, and certificates have been signed.
SERVED = timedelta(days=400)
# With more entries than that, indexes are quicker built anew at the end.
_MANY = 50_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many rows were written, by table."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.rows.values())


def untold(_done: int) -> None:
    """Tell nobody how far it is."""


class Seeding:
    """Writes histories of one region.

    Args:
        issuer: signs the certificates in them.
    """

    def __init__(self, db: Database, scene: Scene, issuer: CertificateIssuer) -> None:
        self._db = db
        self._scene = scene
        self._issuer = issuer

    async def seed(
        self,
        sizes: Sizes,
        now: datetime,
        *,
        leads: Sequence[Me] = (),
        progress: Progress = untold,
    ) -> Seeded:
        """Write the history of so many invented assistants that ends now.

        Args:
            leads: assistants who are there already, with a briefing: they get a past as well.
            progress: called with the number of entries written so far.

        Raises:
            TooMuchError: so many entries do not fit into the days.
        """
        scene, many = self._scene, sizes.entries >= _MANY
        quotas = shared_out([part.weight for part in parts(scene, sizes, now)], sizes)
        async with self._db.transaction() as uow:
            if many:
                await uow.bulk.drop_indexes(TABLES)
            history = await self._begun(uow, sizes, now)
            for me in leads:
                history.lead(me)
            done = 0
            for part, quota in zip(parts(scene, sizes, now), quotas, strict=True):
                history.assistant(part, quota)
                done += quota
                if history.ledger.full:
                    await _write(uow, history.ledger)
                    progress(done)
            history.applicants()
            await _write(uow, history.ledger)
            if many:
                await uow.bulk.build_indexes(TABLES)
            await uow.bulk.follow_numbers(TABLES)
            await skip_late(uow, scene, now)
            return await _recorded(uow, sizes, history.ledger, now)

    async def _begun(self, uow: UnitOfWork, sizes: Sizes, now: datetime) -> History:
        """Return the makers of rows, with what they must know of the database."""
        scene, coordinators, nobodys = self._scene, {}, []
        for code in dict.fromkeys(scene.wheel):
            holders = await uow.grants.list_person_ids(Role.COORDINATOR, code)
            if holders:
                coordinators[code] = holders[0]
            else:
                nobodys.append(code)
        admins = await uow.grants.list_person_ids(Role.ADMIN, scene.star)
        history = History(
            scene,
            sizes,
            now,
            Ledger({table: await uow.bulk.last_id(table) for table in TABLES}),
            sequence=await uow.counters.reserve(NUMBER_SERIES, sizes.assistants),
            signing=await self._issuer.signing(uow, now - SERVED),
            admin_id=admins[0] if admins else None,
            coordinators=coordinators,
        )
        history.add_coordinators(nobodys, now - SERVED)
        return history


async def _write(uow: UnitOfWork, ledger: Ledger) -> None:
    for table, rows in ledger.take():
        await uow.bulk.insert(table, rows)


async def _recorded(uow: UnitOfWork, sizes: Sizes, ledger: Ledger, now: datetime) -> Seeded:
    """Tell the journal once, as nobody did what was invented; return what was written."""
    seeded = Seeded({table.__tablename__: ledger.counts[table] for table in TABLES})
    await audit.record(
        uow,
        at=now,
        actor_id=None,
        action="sample.seeded",
        subject="sample",
        subject_id=sizes.seed,
        after={"days": sizes.days, "rows": seeded.rows},
    )
    return seeded
