"""Planned duties that nobody came to, as a digest tells of them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.services.digest_days import DAY
from bot.services.roster_cards import AssignmentCard, card_of
from bot.services.roster_times import MISSED_AFTER
from bot.services.shift_times import midnight
from db.database import UnitOfWork


async def list_missed(
    uow: UnitOfWork, district: str, day: date, now: datetime, zone: ZoneInfo
) -> list[AssignmentCard]:
    """Return the duties of the local day that nobody came to nor took note of, in order of time.

    Those of the day before are among them: what began after its digest would be told of nowhere.
    """
    since, until = midnight(day - DAY, zone), midnight(day + DAY, zone)
    rows = await uow.assignments.list_missed(district, since, min(until, now - MISSED_AFTER))
    return [card_of(row, now) for row in rows]
