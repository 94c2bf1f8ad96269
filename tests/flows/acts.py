"""Acts that people can do again and again, while one point after another of their way fails."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from db.models.activities import Activity
from db.models.base import Base
from db.models.briefings import QuizAttempt
from db.models.people import Application, ApplicationState
from db.models.shifts import Shift, ShiftState
from tests.flows.briefed import answer, read_all, trainee
from tests.flows.duty import CENTRE, on_shift
from tests.flows.results import PATROL, record_patrol
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town

_PLACE = "|"


@dataclass(frozen=True)
class Act:
    """Something a person does again and again, and how often it has been done for them.

    ``noticed`` is how often somebody else has been told of the latest time, where they are.
    """

    phone: Phone
    prepare: Callable[[], Awaitable[None]]
    do: Callable[[], Awaitable[None]]
    done: Callable[[], Awaitable[int]]
    leaves_no_record: bool = False
    noticed: Callable[[], int] | None = None


class Heard:
    """What a person is told from now on: messages, changes of them, and alerts."""

    def __init__(self, town: Town, phone: Phone) -> None:
        self._town = town
        self._phone = phone
        self._before = [str(each) for each in phone.inbox]
        self._alerts = len(town.telegram.callback_answers(phone.id))

    @property
    def words(self) -> list[str]:
        """Return all of it."""
        news = [each for each in self._phone.inbox if str(each) not in self._before]
        alerts = self._town.telegram.callback_answers(self._phone.id)[self._alerts :]
        return [*map(self._phone.words, news), *(each.text for each in alerts if each.text)]

    def says_refused(self) -> bool:
        """Tell whether a message is headed by a refusal, or one stands over the chat."""
        alerts = self._town.telegram.callback_answers(self._phone.id)[self._alerts :]
        mark = shown(self._phone, "refused", reason="")
        return any(each.show_alert for each in alerts) or any(
            w.startswith(mark) for w in self.words
        )

    def says_nothing_saved(self) -> bool:
        """Tell whether it is an apology for what was not saved."""
        return self._has("bug", "bug-alert")

    def says_saved(self, at: datetime) -> bool:
        """Tell whether it is an apology for what was saved all the same, at that moment."""
        return self._has("bug-saved", "bug-saved-alert", at=at)

    def _has(self, *keys: str, **args: datetime) -> bool:
        # To whom it does not know the bot speaks every language at once.
        texts = [shown(self._phone, key, reference=_PLACE, **args) for key in keys]
        begins = [each.split(_PLACE)[0] for each in texts]
        return any(begin in each for begin in begins for each in self.words)


async def starting(town: Town) -> Act:
    phone = await town.briefed_assistant()
    person_id = (await town.me(phone)).person_id

    async def prepare() -> None:
        town.clock.tick(minutes=1)
        await phone.start()
        if (await town.me(phone)).shift is not None:
            await phone.tap("key-end-shift")
            await phone.tap("key-end-no-location")
        await phone.tap("key-start-shift")

    async def shifts() -> int:
        return await count(town, Shift, Shift.person_id == person_id)

    return Act(phone, prepare, lambda: phone.do("location", *CENTRE), shifts)


async def ending(town: Town) -> Act:
    phone = await town.briefed_assistant()
    person_id = (await town.me(phone)).person_id

    async def prepare() -> None:
        town.clock.tick(minutes=1)
        await phone.start()
        if (await town.me(phone)).shift is None:
            await phone.tap("key-start-shift")
            await phone.tap("key-start-no-location")
            town.clock.tick(minutes=1)
        await phone.tap("key-end-shift")

    async def ended() -> int:
        closed = Shift.state == ShiftState.CLOSED
        return await count(town, Shift, closed, Shift.person_id == person_id)

    return Act(phone, prepare, lambda: phone.tap("key-end-no-location"), ended)


async def answering(town: Town) -> Act:
    phone = await trainee(town)
    person_id = (await town.me(phone)).person_id
    await read_all(town, phone)

    async def prepare() -> None:
        town.clock.tick(minutes=1)
        await phone.start()
        await phone.tap("key-briefing")
        for key in ("quiz-next", "quiz-result", "quiz-again", "quiz-start"):
            if phone.says(key) in phone.buttons:
                await phone.choose(key)

    async def do() -> None:
        await answer(town, phone, right=False)

    async def answered() -> int:
        async with town.database.reading() as uow:
            own = sa.select(QuizAttempt).where(QuizAttempt.person_id == person_id)
            return sum(len(each.answers) for each in await uow.session.scalars(own))

    return Act(phone, prepare, do, answered, leaves_no_record=True)


async def saving(town: Town) -> Act:
    phone = await on_shift(town)
    person_id = (await town.me(phone)).person_id
    town.clock.tick(minutes=40)
    await record_patrol(phone)

    async def prepare() -> None:
        town.clock.tick(minutes=20)  # sooner it would be asked whether it is the same
        await phone.start()
        await phone.tap("key-result")
        await phone.press(PATROL)

    async def entries() -> int:
        return await count(town, Activity, Activity.person_id == person_id)

    return Act(
        phone, prepare, lambda: phone.choose("activity-save"), entries, leaves_no_record=True
    )


async def approving(town: Town) -> Act:
    phone = await town.coordinator()
    recruits: list[tuple[Phone, int, int]] = []

    async def prepare() -> None:
        recruit = await town.applicant()
        application = (await town.me(recruit)).application
        assert application is not None
        recruits.append((recruit, application.id, len(recruit.inbox)))

    async def do() -> None:
        await phone.press_data(f"approve:{recruits[-1][1]}")

    def noticed() -> int:
        recruit, _, heard = recruits[-1]
        return len(recruit.inbox) - heard

    async def approved() -> int:
        return await count(town, Application, Application.state == ApplicationState.APPROVED)

    return Act(phone, prepare, do, approved, noticed=noticed)


async def count(town: Town, model: type[Base], *which: sa.ColumnElement[bool]) -> int:
    async with town.database.reading() as uow:
        found = await uow.session.scalar(
            sa.select(sa.func.count()).select_from(model).where(*which)
        )
    return found or 0
