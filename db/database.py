"""Transactions: the only place that commits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy import QueuePool
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from db import receipts
from db.engine import MAX_OVERFLOW, for_reading, writers_turn
from db.repositories.activities import ActivitiesRepository
from db.repositories.applications import ApplicationsRepository
from db.repositories.assignments import AssignmentsRepository
from db.repositories.attachments import AttachmentsRepository
from db.repositories.audit import AuditRepository
from db.repositories.briefings import BriefingsRepository, PassesRepository
from db.repositories.bulk import BulkRepository
from db.repositories.certificate_orders import CertificateOrdersRepository
from db.repositories.certificates import CertificatesRepository
from db.repositories.dialog_states import DialogStatesRepository
from db.repositories.digests import DigestsRepository
from db.repositories.districts import DistrictsRepository
from db.repositories.figures import FiguresRepository
from db.repositories.files import FilesRepository
from db.repositories.grants import GrantsRepository
from db.repositories.inbox import InboxRepository
from db.repositories.links import CountersRepository, InvitesRepository, OneTimeLinksRepository
from db.repositories.meta import MetaRepository
from db.repositories.operation import AbsencesRepository, JobRunsRepository
from db.repositories.outbox import OutboxRepository
from db.repositories.people import PeopleRepository
from db.repositories.personal import PersonalRepository
from db.repositories.shift_corrections import ShiftCorrectionsRepository
from db.repositories.shifts import ShiftsRepository
from db.repositories.track_points import TrackPointsRepository


class UnitOfWork:
    """The repositories of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    @cached_property
    def audit(self) -> AuditRepository:
        """The journal and the keys of what it says about people."""
        return AuditRepository(self.session)

    @cached_property
    def inbox(self) -> InboxRepository:
        """Updates of Telegram, from their arrival to their answer."""
        return InboxRepository(self.session)

    @cached_property
    def outbox(self) -> OutboxRepository:
        """Messages to people, sent after the commit."""
        return OutboxRepository(self.session)

    @cached_property
    def people(self) -> PeopleRepository:
        """People, assistants and consents."""
        return PeopleRepository(self.session)

    @cached_property
    def applications(self) -> ApplicationsRepository:
        """Requests to become an assistant."""
        return ApplicationsRepository(self.session)

    @cached_property
    def grants(self) -> GrantsRepository:
        """Roles in force."""
        return GrantsRepository(self.session)

    @cached_property
    def invites(self) -> InvitesRepository:
        """Invitations into districts."""
        return InvitesRepository(self.session)

    @cached_property
    def links(self) -> OneTimeLinksRepository:
        """Links that work once."""
        return OneTimeLinksRepository(self.session)

    @cached_property
    def counters(self) -> CountersRepository:
        """Series of numbers."""
        return CountersRepository(self.session)

    @cached_property
    def briefings(self) -> BriefingsRepository:
        """Versions of the briefing, reading and quiz attempts."""
        return BriefingsRepository(self.session)

    @cached_property
    def passes(self) -> PassesRepository:
        """Briefings passed and signed."""
        return PassesRepository(self.session)

    @cached_property
    def shifts(self) -> ShiftsRepository:
        """Shifts, open and ended."""
        return ShiftsRepository(self.session)

    @cached_property
    def assignments(self) -> AssignmentsRepository:
        """Planned duties."""
        return AssignmentsRepository(self.session)

    @cached_property
    def shift_corrections(self) -> ShiftCorrectionsRepository:
        """Requests to correct shifts, and what was decided."""
        return ShiftCorrectionsRepository(self.session)

    @cached_property
    def track_points(self) -> TrackPointsRepository:
        """Points of shared live locations."""
        return TrackPointsRepository(self.session)

    @cached_property
    def activities(self) -> ActivitiesRepository:
        """Results of work, and every version of them."""
        return ActivitiesRepository(self.session)

    @cached_property
    def attachments(self) -> AttachmentsRepository:
        """What people sent during a shift beside words."""
        return AttachmentsRepository(self.session)

    @cached_property
    def digests(self) -> DigestsRepository:
        """Digests, the wishes of those who get them, and what they have looked at."""
        return DigestsRepository(self.session)

    @cached_property
    def figures(self) -> FiguresRepository:
        """Sums of a day for all districts at once."""
        return FiguresRepository(self.session)

    @cached_property
    def certificates(self) -> CertificatesRepository:
        """Certificates as issued, and the keys that signed them."""
        return CertificatesRepository(self.session)

    @cached_property
    def certificate_orders(self) -> CertificateOrdersRepository:
        """Certificates ordered in bulk."""
        return CertificateOrdersRepository(self.session)

    @cached_property
    def districts(self) -> DistrictsRepository:
        """The territory."""
        return DistrictsRepository(self.session)

    @cached_property
    def dialog_states(self) -> DialogStatesRepository:
        """States and drafts of conversations."""
        return DialogStatesRepository(self.session)

    @cached_property
    def bulk(self) -> BulkRepository:
        """Rows by the ten thousand."""
        return BulkRepository(self.session)

    @cached_property
    def personal(self) -> PersonalRepository:
        """All that is kept of one person, and who was erased."""
        return PersonalRepository(self.session)

    @cached_property
    def files(self) -> FilesRepository:
        """Files behind attachments."""
        return FilesRepository(self.session)

    @cached_property
    def job_runs(self) -> JobRunsRepository:
        """Runs of jobs by slot of time."""
        return JobRunsRepository(self.session)

    @cached_property
    def absences(self) -> AbsencesRepository:
        """Times from which nothing that people sent ever came."""
        return AbsencesRepository(self.session)

    @cached_property
    def meta(self) -> MetaRepository:
        """Facts about this database."""
        return MetaRepository(self.session)


class Database:
    """Gives out transactions on one engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._writing = async_sessionmaker(engine, expire_on_commit=False)
        self._reading = async_sessionmaker(
            engine, expire_on_commit=False, execution_options=for_reading(engine)
        )
        self._turn = writers_turn(engine)
        self._writers: set[asyncio.Task[object] | None] = set()

    @asynccontextmanager
    async def transaction(self, *, effect: bool = True) -> AsyncIterator[UnitOfWork]:
        """Open a writing transaction: committed at the end of the block, undone by any exception.

        No network call belongs inside: on SQLite everybody else who writes is waiting.

        Args:
            effect: whether this is what the update in work was sent for. The commit marks the
                update then, so that it never takes effect again; without it, this transaction
                must bear being repeated.

        Raises:
            RuntimeError: this task is inside a transaction already, and would wait for itself.
            ReceiptLostError: the update in work has taken effect elsewhere; nothing is changed.
        """
        task = asyncio.current_task()
        if task in self._writers:
            raise RuntimeError("a transaction inside a transaction")
        async with self._turn:
            self._writers.add(task)
            try:
                async with self._writing.begin() as session:
                    uow = UnitOfWork(session)
                    yield uow
                    receipt = receipts.current() if effect else None
                    if receipt is not None and receipt.effected_at is None:
                        if session.new or session.dirty or session.deleted:
                            await session.flush()
                        await uow.inbox.mark_effected(receipt)
            finally:
                self._writers.discard(task)
        if receipt is not None:
            receipt.effects += 1
            receipt.effected_at = receipt.effected_at or receipt.clock()

    async def at_the_end(self, about: tuple[str, str | int], write: receipts.Write) -> None:
        """Have it written in the transaction that settles the update in work; now, where none is.

        For what an answer leaves behind and nobody reads before the update has ended, such as the
        number of a message. The last one about the same thing counts. It must bear being repeated.
        """
        receipt = receipts.current()
        if receipt is not None:
            receipt.closing[about] = write
            return
        async with self.transaction(effect=False) as uow:
            await write(uow)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """Open a transaction that sees one moment; the database refuses to write in it."""
        async with self._reading() as session:
            yield UnitOfWork(session)

    async def ping(self) -> None:
        """Ask the database for an answer, whatever is in it; any exception means there is none."""
        async with self._reading() as session:
            await session.execute(sa.text("SELECT 1"))

    def pool(self) -> tuple[int, int]:
        """Return how many connections this process uses now, and how many it may use at once."""
        pool = self.engine.pool
        if not isinstance(pool, QueuePool):
            raise TypeError("not a pool of a bounded size")
        return pool.checkedout(), pool.size() + MAX_OVERFLOW

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
