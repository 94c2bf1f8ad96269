"""Random people doing random things with shifts: what must hold, holds after every act."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Coroutine
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.services import audit
from bot.services.briefing import BriefingService
from bot.services.briefing_rules import BriefingRules
from bot.services.digest_figures import stretch
from bot.services.errors import AppError
from bot.services.geofence import Fences
from bot.services.my_day import MyDayService
from bot.services.shift import ShiftService
from bot.services.shift_bulk import BulkSettling
from bot.services.shift_cards import ShiftCards
from bot.services.shift_corrections import ShiftCorrectionService
from bot.services.shift_decisions import ShiftDecisionService
from bot.services.shift_reminders import ShiftReminders
from bot.services.shift_settling import ShiftSettling
from bot.services.shift_times import ShiftRules, split_at_midnight
from db.database import Database
from db.engine import create_engine
from db.models.briefings import AttemptState, BriefingPass, BriefingVersion, QuizAttempt
from db.models.districts import District
from db.models.grants import Grant, Role
from db.models.people import Assistant, AssistantStatus, Person
from db.models.shifts import CorrectionState, Shift, ShiftCorrection, ShiftState
from tests.conftest import OpenDatabase

ZONE = ZoneInfo("Asia/Qostanay")
# Two days before the region's clocks were set back.
BEGINNING = datetime(2024, 2, 28, 12, 0, tzinfo=UTC)
PEOPLE, COORDINATOR = (1, 2), 3
SECOND = timedelta(seconds=1)
RULES = BriefingRules(
    version="1",
    sha256="0" * 64,
    reading=[],
    questions={},
    drawn=0,
    pass_mark=0,
    tries=1,
    pause=timedelta(),
    validity_months=12,
    notice=timedelta(),
    undertakings={},
)

T = TypeVar("T")
people = st.sampled_from(PEOPLE)
minutes = st.integers(0, 16 * 60)
late = st.integers(0, 30)


class ShiftMachine(RuleBasedStateMachine):
    """Two assistants, one coordinator, a timetable, and messages that come late."""

    def __init__(self, open_database: OpenDatabase, folder: Path) -> None:
        super().__init__()
        self.open = ExitStack()
        self.runner = self.open.enter_context(asyncio.Runner())
        folder.mkdir()
        url = self.open.enter_context(open_database(folder))
        self.now = BEGINNING
        self.db = self.run(self.connect(url))
        rules = ShiftRules()
        cards = ShiftCards(rules, Fences({}))
        self.shifts = ShiftService(
            self.db,
            self.clock,
            BriefingService(self.db, self.clock, RULES),
            zone=ZONE,
            rules=rules,
            fences=Fences({}),
            cards=cards,
        )
        self.reminders = ShiftReminders(self.db, self.clock, rules)
        self.corrections = ShiftCorrectionService(self.db, self.clock, zone=ZONE)
        self.decisions = ShiftDecisionService(self.db, self.clock, zone=ZONE)
        self.settling = ShiftSettling(self.db, self.clock, cards, zone=ZONE)
        self.bulk = BulkSettling(self.db, self.clock, zone=ZONE)
        self.changes: Counter[int] = Counter()

    def clock(self) -> datetime:
        return self.now

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def attempt(self, work: Coroutine[Any, Any, T]) -> T | None:
        """Do what a person tries; a refusal is an answer too, anything else is a bug."""
        try:
            return self.run(work)
        except AppError:
            return None

    async def connect(self, url: str) -> Database:
        db = Database(create_engine(url))
        async with db.transaction() as uow:
            uow.session.add(District(code="rudny", position=0, names={}))
            uow.session.add(BriefingVersion(version="1", sha256="0" * 64, published_at=BEGINNING))
            for number in (*PEOPLE, COORDINATOR):
                uow.session.add(Person(id=number, telegram_id=number, created_at=BEGINNING))
            await uow.session.flush()
            uow.session.add(
                Grant(
                    person_id=COORDINATOR,
                    role=Role.COORDINATOR,
                    district_code="rudny",
                    given_at=BEGINNING,
                )
            )
            for number in PEOPLE:
                await self.brief(uow, number)
        return db

    async def brief(self, uow: Any, number: int) -> None:
        signed_at = BEGINNING - timedelta(days=1)
        uow.session.add(
            Assistant(
                person_id=number,
                service_number=f"39-{number}",
                district_code="rudny",
                status=AssistantStatus.ACTIVE,
                status_at=BEGINNING,
            )
        )
        attempt = await uow.briefings.add_attempt(
            QuizAttempt(
                person_id=number,
                version="1",
                state=AttemptState.PASSED,
                questions=[],
                answers=[],
                score=0,
                started_at=signed_at,
                finished_at=signed_at,
            )
        )
        await uow.passes.add(
            BriefingPass(
                person_id=number,
                version="1",
                attempt_id=attempt.id,
                language="kk",
                undertaking_sha256="0" * 64,
                score=0,
                questions_count=0,
                signed_at=signed_at,
                valid_until=signed_at + timedelta(days=365),
            )
        )

    def teardown(self) -> None:
        report = self.run(audit.verify(self.db))
        sums = self.run(self.sums())
        self.run(self.db.close())
        self.open.close()
        assert report.problem is None
        for own, told in sums:
            assert own == told

    async def sums(self) -> list[tuple[timedelta, timedelta]]:
        """Return the hours of months and of days, as people see theirs and as digests do."""
        own_days = MyDayService(self.db, self.clock, ZONE)
        last = self.now.astimezone(ZONE).date()
        days = [BEGINNING.date() + timedelta(days=number) for number in range(-1, 12)]
        spans = [(date(2024, 2, 1), date(2024, 2, 29)), (date(2024, 3, 1), date(2024, 3, 31))]
        spans += [(day, day) for day in days if day <= last]
        own: Counter[date] = Counter()
        for first in (date(2024, 2, 1), date(2024, 3, 1)):
            for person in PEOPLE:
                month = await own_days.month(person, first)
                own.update({day: length // SECOND for day, length in month.by_day.items()})
        async with self.db.reading() as uow:
            told = [await uow.figures.shifts([stretch(*each, ZONE)], None) for each in spans]
        return [
            (
                sum(own[day] for day in own if first <= day <= last) * SECOND,
                sum(each.worked_ms[0] for each in found) * timedelta(milliseconds=1),
            )
            for (first, last), found in zip(spans, told, strict=True)
        ]

    def stored(self) -> list[Shift]:
        async def read() -> list[Shift]:
            async with self.db.reading() as uow:
                return list(await uow.session.scalars(select(Shift).order_by(Shift.id)))

        return self.run(read())

    def pick(self, number: int) -> Shift | None:
        shifts = self.stored()
        return shifts[number % len(shifts)] if shifts else None

    @rule(step=st.integers(1, 8 * 60))
    def time_passes(self, step: int) -> None:
        self.now += timedelta(minutes=step)

    @rule(person=people, delay=late)
    def starts(self, person: int, delay: int) -> None:
        self.attempt(self.shifts.start(person, None, self.now - timedelta(minutes=delay)))

    @rule(person=people, delay=late)
    def ends(self, person: int, delay: int) -> None:
        self.attempt(self.shifts.end(person, None, self.now - timedelta(minutes=delay)))

    @rule(person=people)
    def starts_twice_at_once(self, person: int) -> None:
        async def both() -> list[object]:
            return await asyncio.gather(
                *(self.shifts.start(person, None) for _ in range(2)), return_exceptions=True
            )

        results = self.run(both())
        assert any(isinstance(result, AppError) for result in results)

    @rule()
    def timetable_runs(self) -> None:
        self.run(self.reminders.run_due())

    @rule(number=st.integers(0, 20))
    def stays(self, number: int) -> None:
        shift = self.pick(number)
        if shift is not None:
            self.attempt(self.shifts.stay(shift.person_id, shift.id))

    @rule(number=st.integers(0, 20), length=minutes, by_coordinator=st.booleans())
    def states_the_end(self, number: int, length: int, by_coordinator: bool) -> None:
        shift = self.pick(number)
        if shift is None:
            return
        end = shift.started_at + timedelta(minutes=length)
        work = (
            self.settling.state_end(COORDINATOR, shift.id, end)
            if by_coordinator
            else self.shifts.state_end(shift.person_id, shift.id, end)
        )
        if self.attempt(work) is not None and shift.state is ShiftState.UNCONFIRMED:
            self.changes[shift.id] += 1

    @rule(number=st.integers(0, 20), begin=st.integers(-300, 300), length=minutes)
    def asks_for_a_correction(self, number: int, begin: int, length: int) -> None:
        shift = self.pick(number)
        if shift is None:
            return
        start = shift.started_at + timedelta(minutes=begin)
        end = start + timedelta(minutes=length)
        self.attempt(self.corrections.ask(shift.person_id, shift.id, start, end, "as it was"))

    @rule(number=st.integers(0, 20), approves=st.booleans())
    def decides(self, number: int, approves: bool) -> None:
        waiting = [each for each in self.history() if each.state is CorrectionState.PENDING]
        if not waiting:
            return
        request = waiting[number % len(waiting)]
        if not approves:
            self.attempt(self.decisions.reject(COORDINATOR, request.id, "seen elsewhere"))
        elif self.attempt(self.decisions.approve(COORDINATOR, request.id)) is not None:
            self.changes[request.shift_id] += 1

    @rule(length=st.integers(0, 6))
    def settles_all(self, length: int) -> None:
        waiting = [each.id for each in self.stored() if each.state is ShiftState.UNCONFIRMED]
        self.run(self.bulk.settle(COORDINATOR, waiting, timedelta(hours=length), "no signal"))
        for shift in self.stored():
            if shift.id in waiting and shift.state is ShiftState.CLOSED:
                self.changes[shift.id] += 1

    @rule(whole=st.booleans(), clock=st.integers(0, 24 * 60 - 1), length=minutes)
    def corrects_several(self, whole: bool, clock: int, length: int) -> None:
        before = {
            each.id: (each.started_at, each.ended_at)
            for each in self.stored()
            if each.state is ShiftState.CLOSED
        }
        typed = [clock, (clock + length) % (24 * 60)] if whole else [clock]
        text = " ".join(f"{each // 60}:{each % 60:02}" for each in typed)
        corrected, left = self.run(
            self.bulk.correct(COORDINATOR, list(before), text, "ended together")
        )
        changed = [
            each.id
            for each in self.stored()
            if each.id in before and before[each.id] != (each.started_at, each.ended_at)
        ]
        assert (len(changed), len(before) - len(changed)) == (corrected, left)
        self.changes.update(changed)

    def history(self) -> list[ShiftCorrection]:
        async def read() -> list[ShiftCorrection]:
            async with self.db.reading() as uow:
                found = select(ShiftCorrection).order_by(ShiftCorrection.id)
                return list(await uow.session.scalars(found))

        return self.run(read())

    @invariant()
    def nobody_has_two_open_shifts(self) -> None:
        open_ones = Counter(each.person_id for each in self.stored() if each.ended_at is None)
        assert all(count == 1 for count in open_ones.values())

    @invariant()
    def no_hours_are_negative_and_days_add_up(self) -> None:
        for shift in self.stored():
            assert shift.started_at <= self.now
            if shift.ended_at is None:
                continue
            pieces = split_at_midnight(shift.started_at, shift.ended_at, ZONE)
            assert pieces[0][0] == shift.local_date
            assert all(piece >= timedelta() for _, piece in pieces)
            whole = sum((piece for _, piece in pieces), timedelta())
            assert whole == shift.ended_at - shift.started_at

    @invariant()
    def no_hour_counts_twice(self) -> None:
        for person in PEOPLE:
            counted = sorted(
                (each.started_at, each.ended_at)
                for each in self.stored()
                if each.person_id == person
                and each.state is ShiftState.CLOSED
                and each.ended_at is not None
                and each.ended_at > each.started_at
            )
            assert all(one[1] <= other[0] for one, other in itertools.pairwise(counted))

    @invariant()
    def every_change_of_ends_is_kept(self) -> None:
        approved = Counter(
            each.shift_id for each in self.history() if each.state is CorrectionState.APPROVED
        )
        assert approved == self.changes


def test_shifts_stay_sound_whatever_people_do(
    migrated_database: OpenDatabase, tmp_path: Path
) -> None:
    numbers = itertools.count()

    def machine() -> ShiftMachine:
        return ShiftMachine(migrated_database, tmp_path / str(next(numbers)))

    run_state_machine_as_test(
        machine,  # type: ignore[arg-type]  # a machine that needs a database is made by a function
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
