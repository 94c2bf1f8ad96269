"""A day of results in any order of acts: sums equal what stands, and no version is ever lost."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.services.activity import Doubt, NewEntry, Saved
from bot.services.activity_answers import period
from bot.services.activity_cards import VersionCard
from bot.services.activity_entries import values_of
from bot.services.errors import ConflictError
from bot.services.states import ActivityState
from db.database import Database
from db.engine import create_engine
from sandbox import SandboxClock
from tests.town import Town, open_town


@dataclass
class Entry:
    """What the model knows of an entry."""

    people: int
    kind: str
    withdrawn: bool = False
    history: list[VersionCard] = field(default_factory=list)


class Day(RuleBasedStateMachine):
    """One person on one shift; each run is a day of its own."""

    runner: asyncio.Runner
    town: Town
    person_id: int

    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[int, Entry] = {}
        self.keys: list[tuple[NewEntry, int]] = []
        self.shift_id = self.runner.run(self._start())

    async def _start(self) -> int:
        self.town.clock.tick(days=1)
        shift = await self.town.house.services.shifts.start(self.person_id, None)
        return shift.id

    def teardown(self) -> None:
        self.town.clock.tick(minutes=1)
        self.runner.run(self.services.shifts.end(self.person_id, None))

    @property
    def services(self) -> Any:
        return self.town.house.services

    @rule(target=entries, people=st.integers(1, 5000))
    def talk(self, people: int) -> int:
        values = {"topic": "fraud", "audience": "parents", "people": people}
        return self._save("talk", values, people)

    @rule(target=entries, minutes=st.integers(1, 30))
    def patrol(self, minutes: int) -> int:
        begins = self.town.clock()
        self.town.clock.tick(minutes=minutes)
        values = {"area": "Парк", "period": period(begins, self.town.clock())}
        return self._save("patrol", values, 0)

    def _save(self, kind: str, values: dict[str, Any], people: int) -> int:
        entry = NewEntry(f"{self.shift_id}-{len(self.keys)}", self.shift_id, kind, values)
        save = self.services.activities.save
        outcome = self.runner.run(save(self.person_id, entry, Doubt.SAME | Doubt.OVERLAP))
        assert isinstance(outcome, Saved)
        assert not outcome.again
        self.keys.append((entry, outcome.card.id))
        self.model[outcome.card.id] = Entry(people, kind)
        return outcome.card.id

    @rule(data=st.data())
    def press_save_again(self, data: st.DataObject) -> None:
        if not self.keys:
            return
        entry, made = data.draw(st.sampled_from(self.keys))
        outcome = self.runner.run(self.services.activities.save(self.person_id, entry))
        assert isinstance(outcome, Saved)
        assert (outcome.again, outcome.card.id) == (True, made)

    @rule(entry=entries, people=st.integers(1, 5000))
    def change(self, entry: int, people: int) -> None:
        known = self.model[entry]
        card = self.runner.run(self.services.entries.card(self.person_id, entry))
        change = self.services.entries.change
        values = {**values_of(card), "people": people}
        if known.kind != "talk":
            values = {**values_of(card), "area": f"Двор {people}"}
        try:
            self.runner.run(change(self.person_id, entry, card.version, values))
        except ConflictError:
            assert known.withdrawn
            return
        assert not known.withdrawn
        if known.kind == "talk":
            known.people = people

    @rule(entry=consumes(entries))
    def withdraw(self, entry: int) -> None:
        try:
            self.runner.run(self.services.entries.withdraw(self.person_id, entry, "Ошибка"))
        except ConflictError:
            assert self.model[entry].withdrawn
        self.model[entry].withdrawn = True

    @rule(entry=entries)
    def undo(self, entry: int) -> None:
        try:
            self.runner.run(self.services.entries.undo(self.person_id, entry))
        except ConflictError:
            return
        assert not self.model[entry].withdrawn
        self.model[entry].withdrawn = True

    @rule(minutes=st.integers(1, 10))
    def wait(self, minutes: int) -> None:
        self.town.clock.tick(minutes=minutes)

    @invariant()
    def the_days_sums_are_those_of_the_entries_that_stand(self) -> None:
        standing = [entry for entry in self.model.values() if not entry.withdrawn]
        day = self.runner.run(self.services.my_day.look(self.person_id))
        shown = [each for each in day.entries if each.state is not ActivityState.WITHDRAWN]
        card = self.runner.run(self.services.shift_records.own_card(self.person_id, self.shift_id))

        assert len(day.entries) == len(self.model)
        assert len(shown) == card.entries == len(standing)
        people = sum(entry.people for entry in standing)
        assert sum(each.people_reached for each in shown) == card.people_reached == people
        assert all(each.people_reached >= 0 for each in day.entries)

    @invariant()
    def no_version_is_lost_or_changed(self) -> None:
        for entry, known in self.model.items():
            history = self.runner.run(self.services.entries.history(self.person_id, entry))
            assert [each.version for each in history] == list(range(1, len(history) + 1))
            assert history[: len(known.history)] == known.history
            assert (history[-1].state is ActivityState.WITHDRAWN) == known.withdrawn
            known.history = history


async def _open(stack: AsyncExitStack, url: str) -> Town:
    database = Database(create_engine(url))
    stack.push_async_callback(database.close)
    clock = SandboxClock(base=datetime(2026, 3, 9, 10, 0, tzinfo=UTC))
    return await stack.enter_async_context(open_town(database, clock))


async def _person(town: Town) -> int:
    return (await town.me(await town.briefed_assistant())).person_id


def test_a_days_sums_and_histories_hold_whatever_is_done(database_url: str) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        town = runner.run(_open(stack, database_url))
        try:
            person = runner.run(_person(town))
            day = type("Today", (Day,), {"runner": runner, "town": town, "person_id": person})
            run_state_machine_as_test(
                day,
                settings=settings(
                    max_examples=6,
                    stateful_step_count=12,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(stack.aclose())
