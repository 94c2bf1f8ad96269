"""All that is kept of a person, for that person."""

from datetime import date, datetime
from typing import Any

from bot.services import audit
from bot.services.clock import Clock
from db.database import Database, UnitOfWork
from db.personal import Owner
from db.types import moment_text

OwnData = dict[str, Any]


class OwnDataService:
    """Reads everything that belongs to one person, and nothing of anybody else."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def collect(self, person_id: int) -> OwnData:
        """Return the person's rows by table, and what the journal says of them, as plain JSON.

        Moments are UTC. Of other people there is nothing, not even a number.
        """
        async with self._db.reading() as uow:
            person = await uow.people.find(person_id)
            telegram_id = person.telegram_id if person else None
            rows = await uow.personal.collect(Owner(person_id, telegram_id))
            return {
                "made_at": moment_text(self._clock()),
                **{
                    table: [{name: _plain(value) for name, value in row.items()} for row in found]
                    for table, found in rows.items()
                    if found
                },
                "journal": await _journal(uow, person_id),
            }


async def _journal(uow: UnitOfWork, person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "at": moment_text(each.at),
            "action": each.action,
            "by_oneself": each.actor_id == person_id,
            "words": await audit.unseal(uow, each) if each.person_id == person_id else None,
        }
        for each in await uow.personal.list_records(person_id)
    ]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value
