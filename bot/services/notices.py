"""Notices to others: rows of the outbox, written with the fact they tell.

A notice holds a kind and ids, never text or personal data; it is put into words when it is
sent, in the language and by the state of things of that moment.
"""

from datetime import datetime

from db.database import UnitOfWork
from db.models.grants import Role
from db.models.outbox import Lane


def send(
    uow: UnitOfWork,
    to: int,
    kind: str,
    now: datetime,
    lane: Lane = Lane.NOTICE,
    /,
    **args: int | str | list[int],
) -> None:
    """Put a notice for the person ``to`` into the outbox, due now, in the caller's transaction."""
    uow.outbox.add(person_id=to, kind=kind, args=dict(args), now=now, lane=lane)


async def send_to_coordinators(
    uow: UnitOfWork,
    district: str,
    kind: str,
    now: datetime,
    /,
    *,
    about: int,
    **args: int | str,
) -> None:
    """Put a notice about a person for ``coordinators_for`` them."""
    for person_id in await coordinators_for(uow, district, about):
        send(uow, person_id, kind, now, **args)


async def coordinators_for(uow: UnitOfWork, district: str, about: int) -> list[int]:
    """Return the district's coordinators, or the admins where there is none.

    The person it is ``about`` is not among them.
    """
    for role in (Role.COORDINATOR, Role.ADMIN):
        holders = await uow.grants.list_person_ids(role, district)
        others = [holder for holder in holders if holder != about]
        if others:
            return others
    return []
