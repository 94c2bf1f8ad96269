"""A town to tell stories in: the whole bot on a real database, and people with phones."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

from aiogram.fsm.storage.base import BaseStorage
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import App, build_app, build_bot, build_house
from bot.content import Content, load_content
from bot.context import House
from bot.i18n import Translations
from bot.intake import IntakeLimits, hearing
from bot.metrics import Metrics
from bot.pace import Pace
from bot.retry import Requests
from bot.services.attachment_files import Archive
from bot.services.catalogue import Keeping
from bot.services.people import Me
from bot.services.states import Role
from bot.shared_state import SharedStorage
from bot.state import DatabaseStorage
from db.database import Database
from db.leadership import leadership
from db.models import Base
from db.receipts import Receipt
from sandbox import SandboxClock, Telegram
from sandbox.model import Json
from tests.backends import prepare_now
from tests.height import MeasuringSession
from tests.phone import Phone
from tests.townspeople import Townspeople

CONTENT = Path("content/kostanay")
LOCALES = Path("locales")
CERTIFICATE_SEED = bytes(range(32))
_towns = itertools.count()

# Every row of every table but those of what was said.
_ROWS = {
    table.name: select(table).order_by(*table.primary_key.columns)
    for table in Base.metadata.sorted_tables
    if table.name not in ("dialog_states", "inbox")
}
_FILLED = select(*(exists(rows) for rows in _ROWS.values()))


class TownTime:
    """The time of the town for whoever keeps a pace: waiting takes none, and is noted."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._slept_s = 0.0
        self.waits: list[float] = []

    def now(self) -> float:
        """Return the present moment in seconds: as the clock says, and all that was waited."""
        return self._clock().timestamp() + self._slept_s

    async def sleep(self, seconds: float) -> None:
        """Go on at once; others get their turn."""
        self.waits.append(seconds)
        self._slept_s += seconds
        await asyncio.sleep(0)


@dataclass(repr=False)  # asyncio would write it out for each test, the content pack and all
class Town:
    """People, their phones, and the bot they share."""

    telegram: Telegram
    clock: SandboxClock
    database: Database
    app: App
    time: TownTime
    hearing: asyncio.Task[None]
    phones: list[Phone] = field(default_factory=list)
    # Whether what was sent may be sent again: the process may have died after it.
    repeats: ClassVar[bool] = False
    _holding: bool = False

    @property
    def house(self) -> House:
        """The bot's services and texts."""
        return self.app.house

    def phone(self, name: str = "Айгерім", language: str = "ru") -> Phone:
        """Give a newcomer a phone; they have not met the bot yet."""
        user = self.telegram.add_user(name, language_code=language)
        self.phones.append(Phone(self, user, language))
        return self.phones[-1]

    def same_person(self, phone: Phone) -> Phone:
        """Return the phone here of somebody from another town on the same database."""
        user = self.telegram.add_user(
            phone.user.first_name, user_id=phone.id, phone=phone.user.phone
        )
        self.phones.append(Phone(self, user, phone.language))
        return self.phones[-1]

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Keep what people do in the block from the bot, until it hears it."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False

    async def hear(self) -> None:
        """Let the bot hear everything that was held back, all at one time."""
        await self.receive(self.telegram.take_updates())

    async def receive(self, updates: list[Json]) -> None:
        """Hand the bot these updates and wait until it has heard them.

        Raises:
            ExceptionGroup: the hearing has ended over it, as a process of the bot would.
        """
        await self.app.intake.receive(updates)
        idle = asyncio.ensure_future(self.app.intake.idle())
        await asyncio.wait({idle, self.hearing}, return_when=asyncio.FIRST_COMPLETED)
        if not idle.done():
            idle.cancel()
            await self.hearing

    async def feed(self, update: Json) -> None:
        """Let the bot hear the update once more, as if it had never been stored."""
        await self.app.listening.hear(update)

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[None]:
        """Let the bot hear at one time all that people do in the block."""
        with self.held_back():
            yield
        await self.hear()
        await self.settle()

    async def settle(self) -> None:
        """Let the bot answer everything that was done, and send the notices that are due."""
        if self._holding:
            return
        updates = self.telegram.take_updates()
        while True:
            if updates:
                await self.receive(updates)
            await self.app.sender.deliver_due()
            # What was sent may have led to something, such as the block of a bot.
            updates = self.telegram.take_updates()
            if not updates:
                return

    async def me(self, phone: Phone) -> Me:
        """Return the person as the database has them."""
        return await self.house.services.people.meet(phone.id)

    async def admin(self, name: str = "Әкім Әлия", language: str = "ru") -> Phone:
        """Return the phone of an admin, who is at the main menu."""
        phone = self.phone(name, language)
        async with self._townspeople() as people:
            person = await people.introduce(phone.user, name, language)
            await people.appoint(person, Role.ADMIN, None, by=None)
        await phone.start()
        return phone

    async def coordinator(
        self, district: str = "kostanay", name: str = "Марина Примерова", language: str = "ru"
    ) -> Phone:
        """Return the phone of a coordinator of the district, who is at the main menu."""
        phone = self.phone(name, language)
        async with self._townspeople() as people:
            person = await people.introduce(phone.user, name, language)
            by = await people.admin_id()
            await people.appoint(person, Role.COORDINATOR, district, by=by)
        await phone.start()
        return phone

    async def applicant(
        self, district: str = "kostanay", name: str = "Образцов Тимур", language: str = "ru"
    ) -> Phone:
        """Return the phone of somebody whose application waits, who is at the main menu."""
        phone = self.phone(name, language)
        registration = self.house.services.registration
        person_id = await self.introduce(phone, name)
        await registration.begin(person_id)
        await registration.choose_district(person_id, district)
        await registration.submit(person_id)
        await phone.start()
        return phone

    async def assistant(
        self,
        district: str = "kostanay",
        name: str = "Үлгіев Ерлан",
        language: str = "ru",
        *,
        active: bool = True,
    ) -> Phone:
        """Return the phone of an assistant at the main menu, a trainee unless ``active``."""
        phone = self.phone(name, language)
        async with self._townspeople() as people:
            person = await people.introduce(phone.user, name, language)
            assistant = await people.enrol(person, district)
            if active:
                await people.activate(assistant)
        await phone.start()
        return phone

    async def briefed_assistant(
        self, district: str = "kostanay", name: str = "Үлгіев Ерлан", language: str = "ru"
    ) -> Phone:
        """Return the phone of an active assistant with a valid briefing, at the main menu."""
        phone = self.phone(name, language)
        async with self._townspeople() as people:
            person = await people.introduce(phone.user, name, language)
            await people.brief(await people.enrol(person, district), language)
        await phone.start()
        return phone

    async def brief(self, phone: Phone) -> None:
        """Have the assistant's briefing passed and signed now."""
        me = await self.me(phone)
        async with self._townspeople() as people:
            assistant = await people.uow.people.lock_assistant(me.person_id)
            assert assistant is not None
            await people.brief(assistant, phone.language)

    @asynccontextmanager
    async def _townspeople(self) -> AsyncIterator[Townspeople]:
        async with self.database.transaction() as uow:
            yield Townspeople(uow, self.house.content, self.clock())

    async def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of every table but those of what was said: inbox and dialogues."""
        async with self.database.reading() as uow:
            filled = (await uow.session.execute(_FILLED)).one()
            return {
                name: [tuple(row) for row in await uow.session.execute(rows)] if is_filled else []
                for (name, rows), is_filled in zip(_ROWS.items(), filled, strict=True)
            }

    async def audit_actions(self) -> list[str]:
        """Return every act in the journal, oldest first."""
        async with self.database.reading() as uow:
            return [record.action async for batch in uow.audit.stream() for record in batch]

    async def dismiss(self, phone: Phone, role: Role = Role.COORDINATOR) -> None:
        """Take every grant of the role from the person, who is told."""
        roles, admin_id = self.house.services.roles, await self.admin_id()
        me = await self.me(phone)
        for holder in await roles.holders(admin_id, role):
            if holder.person_id == me.person_id:
                await roles.dismiss(admin_id, holder.grant_id)
        await self.settle()

    async def appoint(self, phone: Phone, role: Role, district: str | None = None) -> None:
        """Give the person a role, by an admin who is not of the story."""
        me = await self.me(phone)
        admin_id = await self.admin_id()
        await self.house.services.roles.appoint(admin_id, me.person_id, role, district)
        await self.settle()

    async def admin_id(self) -> int:
        """Return an admin, one who has no phone if there is none, for what was before the story."""
        async with self._townspeople() as people:
            return await people.admin_id()

    async def introduce(self, phone: Phone, name: str) -> int:
        """Put what a person says of themselves into the database, all at once."""
        async with self._townspeople() as people:
            person = await people.introduce(phone.user, name, phone.language)
            return person.id


class OneEffectReceipt(Receipt):
    """The update in work: a second transaction of its own would be lost by a kill before it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "effects":
            assert value in (0, 1), "an update has taken effect in two transactions"
        super().__setattr__(name, value)


@cache
def shipped_content() -> Content:
    """Return the content pack as it is shipped, read once for all stories."""
    return load_content(CONTENT)


@cache
def shipped_texts() -> Translations:
    """Return the texts, read once for all stories; whatever is missing in them fails a story."""
    return Translations.load(LOCALES, shipped_content().region.zone, strict=True)


def without(*codes: str) -> Content:
    """Return the content pack as it is without these districts."""
    content = shipped_content()
    kept = tuple(each for each in content.territory.districts if each.code not in codes)
    territory = content.territory.model_copy(update={"districts": kept})
    return content.model_copy(update={"territory": territory})


def found_now(url: str) -> None:
    """Put the shipped territory and briefing into a migrated database, as a bot's first start."""

    async def put(engine: AsyncEngine) -> None:
        clock = SandboxClock(base=datetime(2020, 1, 1, tzinfo=UTC))
        await _house(Database(engine), clock)

    prepare_now(url, put)


@asynccontextmanager
async def open_town(
    database: Database,
    clock: SandboxClock,
    *,
    redis_url: str | None = None,
    content: Content | None = None,
    keeping: Keeping | None = None,
    archive: Archive | None = None,
    kind: Callable[..., Town] = Town,
    **telegram: Any,
) -> AsyncIterator[Town]:
    """Build the bot on the database, with dialogue state in Redis where there is one."""
    tg = Telegram(clock, **telegram)
    # Towns that share a database must not repeat numbers, as Telegram does not.
    tg.updates.next_id += next(_towns) * 10_000
    time = TownTime(clock)
    pace = Pace(now=time.now, sleep=time.sleep)
    metrics = Metrics()
    session = MeasuringSession(tg)
    bot = build_bot(tg.token, session, Requests(pace, metrics.call_made))
    house = await _house(database, clock, content, keeping)
    storage = _dialogue_state(database, clock, redis_url)
    app = build_app(
        house,
        bot,
        storage,
        clock,
        leadership(database.engine),
        metrics=metrics,
        limits=IntakeLimits(burst=10_000),
        archive=archive,
        pause=time.sleep,
    )
    listening = asyncio.create_task(app.intake.run())
    await asyncio.sleep(0)
    try:
        with patch.object(hearing, "Receipt", OneEffectReceipt):
            yield kind(tg, clock, database, app, time, listening)
            session.check()
    finally:
        listening.cancel()
        try:
            with suppress(asyncio.CancelledError):
                await listening
        finally:
            await storage.close()
            await bot.session.close()


async def _house(
    database: Database,
    clock: SandboxClock,
    content: Content | None = None,
    keeping: Keeping | None = None,
) -> House:
    return await build_house(
        database,
        clock,
        content or shipped_content(),
        shipped_texts(),
        Telegram(clock).bot.username,
        certificate_seed=CERTIFICATE_SEED,
        keeping=keeping,
    )


def _dialogue_state(database: Database, clock: SandboxClock, redis_url: str | None) -> BaseStorage:
    if redis_url is None:
        return DatabaseStorage(database, clock)
    return SharedStorage(redis_url, database, clock)
