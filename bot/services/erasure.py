"""Erasing a person: what tells of them goes, what the service did stays under its number."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from bot.services import audit, notices
from bot.services.activity_fields import ActivityRules
from bot.services.clock import Clock
from bot.services.erasure_list import Erased, append
from bot.services.errors import ConflictError
from bot.services.grants import revoke
from bot.services.ownership import owner_of
from bot.services.registration import withdraw_open
from bot.services.roster_cards import cancel_coming
from db.database import Database, UnitOfWork
from db.models.erasures import Erasure
from db.models.grants import Role
from db.models.people import Assistant, AssistantStatus, Person
from db.models.shifts import ShiftState
from db.personal import Owner
from db.repositories.personal import Rewrite

log = structlog.get_logger(__name__)

_ANSWER_MINUTES = 15


@dataclass(frozen=True, slots=True)
class _Whom:
    person: Person
    assistant: Assistant | None

    @property
    def number(self) -> str | None:
        return self.assistant.service_number if self.assistant else None


def without_words(rules: ActivityRules) -> Rewrite:
    """Return what leaves of an entry its codes, numbers and answers of yes and no."""
    coded = {
        kind.code: {field.name for field in kind.fields if field.type != "text"}
        for kind in rules.kinds.values()
    }

    def rewrite(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Take out what was typed, and what a kind that left the pack may have typed."""
        return {
            name: value
            for name, value in fields.items()
            if name in coded.get(kind, ()) or isinstance(value, int | float)
        }

    return rewrite


class ErasureService:
    """What a person may ask of the data kept about them.

    Args:
        list_path: where the list of erasures is kept, beside the backups.
    """

    def __init__(
        self, db: Database, clock: Clock, rules: ActivityRules, list_path: Path | None
    ) -> None:
        self._db = db
        self._clock = clock
        self._rewrite = without_words(rules)
        self._list_path = list_path

    async def ask(self, person_id: int) -> int:
        """Return the minute of now, which the answer must name, when the person could be erased.

        Raises:
            ConflictError: the person is on a shift, or is the last admin.
        """
        async with self._db.reading() as uow:
            admins = await uow.grants.list_of_role(Role.ADMIN)
            row = await uow.people.find_row(person_id=person_id)
            on_shift = row is not None and row.open_shift is not None
            _check([grant.person_id for grant in admins], person_id, on_shift=on_shift)
        return _minute(self._clock())

    async def erase(self, person_id: int, asked: int) -> None:
        """Erase the person for good; coordinators are told which service number it was.

        Args:
            asked: what ``ask`` returned; an old button does not erase anybody.

        Raises:
            ConflictError: the question is old, the person is on a shift, or is the last admin.
        """
        if not 0 <= _minute(self._clock()) - asked <= _ANSWER_MINUTES:
            raise ConflictError("error-erase-late")
        now = self._clock()
        async with self._db.transaction() as uow:
            # In the order in which admins dismiss each other.
            admins = await uow.grants.lock_role(Role.ADMIN)
            whom = await _lock(uow, person_id)
            if whom is None:
                return
            shift = await uow.shifts.lock_open(person_id)
            _check([each.person_id for each in admins], person_id, on_shift=shift is not None)
            district = whom.assistant.district_code if whom.assistant else ""
            await _erase(uow, whom, self._rewrite, actor_id=person_id, now=now)
            await notices.send_to_coordinators(
                uow,
                district,
                "person-erased",
                now,
                about=person_id,
                number=whom.number or "",
            )
        log.info("person_erased", person_id=person_id)
        await self.write_list()

    async def write_list(self) -> None:
        """Bring the list beside the backups up to what the database knows."""
        if self._list_path is None:
            return
        async with self._db.reading() as uow:
            known = [
                Erased(each.person_id, each.met_at, each.erased_at)
                for each in await uow.personal.list_erasures()
            ]
            bot_id = await owner_of(uow)
        try:
            await asyncio.to_thread(append, self._list_path, bot_id, known)
        except OSError as error:
            # The person is erased all the same; the next run writes it.
            log.warning("erasure_list_not_written", reason=error.strerror)


def _minute(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


def _check(admins: Iterable[int], person_id: int, *, on_shift: bool) -> None:
    if on_shift:
        raise ConflictError("error-erase-on-shift")
    if list(admins) == [person_id]:
        raise ConflictError("error-last-admin")


async def erase_again(
    uow: UnitOfWork, rules: ActivityRules, erasures: Iterable[Erased], now: datetime
) -> int:
    """Erase whom an older backup brought back; return how many that were.

    A number that belongs to somebody else now, who first wrote at another moment, is let be.
    """
    rewrite, count = without_words(rules), 0
    for each in erasures:
        whom = await _lock(uow, each.person_id)
        if whom is None or whom.person.created_at != each.met_at:
            continue
        if await uow.personal.find_erasure(each.person_id) is not None:
            continue
        if whom.person.telegram_id is not None:
            # What waited when the backup was made: heard now, it would bring the account back.
            await uow.personal.forget_updates(whom.person.telegram_id, each.erased_at)
        await _erase(uow, whom, rewrite, actor_id=None, now=now, erased_at=each.erased_at)
        count += 1
    return count


async def _lock(uow: UnitOfWork, person_id: int) -> _Whom | None:
    person = await uow.people.lock(person_id)
    if person is None:
        return None
    return _Whom(person, await uow.people.lock_assistant(person_id))


async def _erase(
    uow: UnitOfWork,
    whom: _Whom,
    rewrite: Rewrite,
    *,
    actor_id: int | None,
    now: datetime,
    erased_at: datetime | None = None,
) -> None:
    person_id, number, met_at = whom.person.id, whom.number, whom.person.created_at
    owner = Owner(person_id, whom.person.telegram_id, number)
    shift = await uow.shifts.lock_open(person_id)
    if shift is not None:  # in a backup only
        shift.state, shift.ended_at = ShiftState.UNCONFIRMED, max(now, shift.started_at)
    await uow.files.ask_removal(await uow.personal.list_files(person_id), now)
    # The key of what the journal says of the person is among it.
    await uow.personal.erase(owner, rewrite=rewrite, now=now)
    if await uow.personal.find_erasure(person_id) is None:
        await uow.personal.add_erasure(
            Erasure(person_id=person_id, met_at=met_at, erased_at=erased_at or now)
        )
    for other in await uow.personal.list_given_up(person_id):
        await uow.personal.erase(other, rewrite=rewrite, now=now)
    # The journal comes last: its end is held until the commit.
    await _end_service(uow, person_id, actor_id, now)
    await audit.record(
        uow,
        at=now,
        actor_id=actor_id,
        action="person.erased",
        subject="person",
        subject_id=person_id,
    )


async def _end_service(
    uow: UnitOfWork, person_id: int, actor_id: int | None, now: datetime
) -> None:
    """Take back what is open: an application, roles, the status."""
    assistant = await uow.people.lock_assistant(person_id)
    await withdraw_open(uow, person_id, now)
    await cancel_coming(uow, person_id, actor_id=actor_id, now=now)
    for grant in await uow.grants.list_of_person(person_id):
        await revoke(uow, grant, actor_id=actor_id, now=now)
    if assistant is not None and assistant.status is not AssistantStatus.DISMISSED:
        before, assistant.status = assistant.status, AssistantStatus.DISMISSED
        assistant.status_at = now
        await audit.record(
            uow,
            at=now,
            actor_id=actor_id,
            action="assistant.dismissed",
            subject="person",
            subject_id=person_id,
            before={"status": before},
            after={"status": assistant.status},
        )
