"""A digest before a coordinator: the figures of its days, and what waits to be settled now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services import notices
from bot.services.briefing_rules import BriefingRules
from bot.services.clock import Clock
from bot.services.digest_days import DAY, LATEST, Span, span_of
from bot.services.digest_detail import Detail
from bot.services.digest_figures import Figures, read_kept
from bot.services.digest_making import wishes_of
from bot.services.digest_view import DigestView, Listed, Waiting
from bot.services.errors import ConflictError, NotFoundError
from bot.services.missed import list_missed
from bot.services.rights import Reach, Right, require, require_reach
from bot.services.shift_cards import ShiftLine, line_of
from bot.services.shift_times import local_date, midnight
from db.database import Database, UnitOfWork
from db.models.digests import Digest, DigestKind, DigestMark, DigestState
from db.models.people import Assistant, AssistantStatus, Person
from db.models.shifts import Shift, ShiftState

REMINDER = "digest-reminder"
# A trainee who has not passed the briefing after so long may be stuck.
SLOW = timedelta(days=3)
# Nobody is reminded more often.
REMIND_AGAIN = timedelta(days=7)
# More than a digest ever shows at once; the rest is only counted.
_MOST = 20


class DigestService:
    """Digests of the districts somebody watches over.

    Args:
        zone: the region's, whose today it is.
        rules: of the briefing in force, for who is stuck in it and whose pass ends soon.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        *,
        zone: ZoneInfo,
        longest: timedelta,
        rules: BriefingRules,
    ) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone
        self._longest = longest
        self._rules = rules

    async def reach(self, actor_id: int) -> Reach:
        """Return the districts whose digests the actor may read.

        Raises:
            AccessDeniedError: there are none.
        """
        async with self._db.reading() as uow:
            return await require_reach(uow, actor_id, Right.SEE_DIGEST)

    async def view(self, actor_id: int, digest_id: int) -> DigestView:
        """Return the digest as it reads now.

        Raises:
            AccessDeniedError: the actor reads digests of no district.
            NotFoundError: no such digest in the actor's districts.
        """
        async with self._db.reading() as uow:
            digest = await uow.digests.find(digest_id)
            if digest is None:
                await require_reach(uow, actor_id, Right.SEE_DIGEST)
                raise NotFoundError
            await require(uow, actor_id, Right.SEE_DIGEST, digest.district_code)
            return await self._read(uow, digest)

    async def to_send(self, actor_id: int, digest_id: int) -> DigestView | None:
        """Return a digest that is to be sent now; ``None`` once it is too late for that.

        Raises:
            AccessDeniedError, NotFoundError: as for ``view``.
        """
        async with self._db.transaction() as uow:
            digest = await uow.digests.lock(digest_id)
            if digest is not None and self._clock() - digest.due_at > LATEST:
                if digest.state is DigestState.QUEUED:
                    digest.state = DigestState.SKIPPED
                return None
        return await self.view(actor_id, digest_id)

    async def today(self, actor_id: int, district: str) -> DigestView:
        """Return today's digest of the district, as it would read if it came now.

        Raises:
            AccessDeniedError: the actor reads digests of no district.
            NotFoundError: the district is not the actor's.
        """
        now = self._clock()
        day = local_date(now, self._zone)
        async with self._db.transaction() as uow:
            await require(uow, actor_id, Right.SEE_DIGEST, district)
            # Two presses at once would open two.
            await uow.people.lock(actor_id)
            digest = await uow.digests.find_opened(actor_id, district, day)
            if digest is None:
                digest = Digest(
                    person_id=actor_id,
                    district_code=district,
                    kind=DigestKind.OPENED,
                    local_date=day,
                    state=DigestState.SENT,
                    due_at=now,
                    made_at=now,
                    sent_at=now,
                    figures={},
                )
                await uow.digests.add_all([digest])
            return await self._read(uow, digest)

    async def note_sent(self, digest_id: int, message_id: int) -> None:
        """Note that the digest stands in the chat as this message."""
        async with self._db.transaction(effect=False) as uow:
            digest = await uow.digests.lock(digest_id)
            if digest is not None:
                digest.state, digest.sent_at = DigestState.SENT, self._clock()
                digest.message_id = message_id

    async def look_at(self, actor_id: int, shift_id: int) -> None:
        """Note that the place a shift began at needs nothing more; again, nothing changes.

        Raises:
            AccessDeniedError: the actor reads digests of no district.
            NotFoundError: no such shift in the actor's districts.
        """
        async with self._db.transaction() as uow:
            shift = await uow.shifts.lock(shift_id)
            if shift is None:
                await require_reach(uow, actor_id, Right.SEE_DIGEST)
                raise NotFoundError
            await require(uow, actor_id, Right.SEE_DIGEST, shift.district_code)
            if not await uow.digests.is_looked_at(shift_id):
                await self._mark(uow, actor_id, shift.person_id, shift_id)

    async def remind(self, actor_id: int, person_id: int) -> None:
        """Remind an assistant of the briefing.

        Raises:
            AccessDeniedError: the actor reads digests of no district.
            NotFoundError: no such assistant in the actor's districts.
            ConflictError: they were reminded lately, or serve no more.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            assistant = await self._lock_assistant(uow, actor_id, person_id)
            if assistant.status not in (AssistantStatus.TRAINEE, AssistantStatus.ACTIVE):
                raise ConflictError("error-digest-not-serving")
            if await uow.digests.is_reminded(person_id, now - REMIND_AGAIN):
                raise ConflictError("error-digest-reminded")
            await self._mark(uow, actor_id, person_id, None)
            notices.send(uow, person_id, REMINDER, now)

    async def _lock_assistant(self, uow: UnitOfWork, actor_id: int, person_id: int) -> Assistant:
        assistant = await uow.people.lock_assistant(person_id)
        if assistant is None:
            await require_reach(uow, actor_id, Right.SEE_DIGEST)
            raise NotFoundError
        await require(uow, actor_id, Right.SEE_DIGEST, assistant.district_code)
        return assistant

    async def _mark(
        self, uow: UnitOfWork, actor_id: int, person_id: int, shift_id: int | None
    ) -> None:
        await uow.digests.add_mark(
            DigestMark(
                person_id=person_id, shift_id=shift_id, made_at=self._clock(), made_by=actor_id
            )
        )

    async def _read(self, uow: UnitOfWork, digest: Digest) -> DigestView:
        district, now = digest.district_code, self._clock()
        span, kept, made_at = (
            span_of(digest.kind, digest.local_date),
            digest.figures,
            digest.made_at,
        )
        if digest.kind is DigestKind.OPENED:
            made_at = now
            found = await read_kept(
                uow, span, [district], zone=self._zone, now=now, longest=self._longest
            )
            kept = found.get(district, {})
        settings = await uow.digests.find_settings(digest.person_id, district)
        view = DigestView(
            id=digest.id,
            kind=digest.kind,
            district=district,
            span=span,
            unheard=await self._unheard(uow, span),
            made_at=made_at,
            figures=Figures.of_json(kept),
            detail=Detail.of_json(kept, span),
            quiet=wishes_of(settings).quiet,
            is_partial=local_date(made_at, self._zone) <= span.last,
            on_duty=await _in_state(uow, ShiftState.OPEN, district),
            forgotten=await _in_state(uow, ShiftState.UNCONFIRMED, district),
            questionable=await _questionable(uow, district, digest.local_date),
            missed=await list_missed(uow, district, digest.local_date, now, self._zone),
            applications=await _applications(uow, district, now),
        )
        return await self._with_briefings(uow, view, now)

    async def _with_briefings(self, uow: UnitOfWork, view: DigestView, now: datetime) -> DigestView:
        """Return the digest with those to whom the briefing matters now, each of them once."""
        district, rules, reminded = view.district, self._rules, now - REMIND_AGAIN
        stuck = await uow.digests.list_stuck(
            district, rules.version, rules.tries, failed_since=now - rules.pause
        )
        known = {who.id for _, who in stuck}
        slow = await uow.digests.list_slow_trainees(district, now - SLOW, reminded)
        expiring = await uow.digests.list_expiring(district, now + rules.notice, reminded)
        return replace(
            view,
            stuck=[
                Waiting(each.id, who.full_name or "", each.finished_at or now)
                for each, who in stuck
            ],
            slow=[
                Waiting(who.id, who.full_name or "", each.status_at)
                for each, who in slow
                if who.id not in known
            ],
            expiring=[
                Waiting(who.id, who.full_name or "", each.valid_until)
                for each, who in expiring
                if who.id not in known
            ],
        )

    async def _unheard(self, uow: UnitOfWork, span: Span) -> list[tuple[datetime, datetime]]:
        begins, ends = midnight(span.first, self._zone), midnight(span.last + DAY, self._zone)
        absences = await uow.absences.list_between(begins, ends)
        return [(each.began_at, each.ended_at) for each in absences]


async def _in_state(uow: UnitOfWork, state: ShiftState, district: str) -> Listed[ShiftLine]:
    lines = _lines(await uow.shifts.list_in(state, [district], offset=0, limit=_MOST))
    if len(lines) < _MOST:
        return Listed(lines, len(lines))
    return Listed(lines, await uow.shifts.count(state, [district]))


async def _questionable(uow: UnitOfWork, district: str, day: date) -> list[ShiftLine]:
    """Return the doubtful starts of the day that nobody looked at.

    Those of the day before are among them: one after its digest would be told of nowhere.
    """
    return _lines(await uow.digests.list_questionable(district, day - DAY, day))


async def _applications(uow: UnitOfWork, district: str, now: datetime) -> Listed[Waiting]:
    pending = [
        Waiting(each.id, person.full_name or "", each.submitted_at or now)
        for each, person in await uow.applications.list_pending([district], offset=0, limit=_MOST)
    ]
    if len(pending) < _MOST:
        return Listed(pending, len(pending))
    return Listed(pending, await uow.applications.count_pending([district]))


def _lines(rows: Sequence[tuple[Shift, Person]]) -> list[ShiftLine]:
    return [line_of(*row) for row in rows]
