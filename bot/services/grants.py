"""Giving and revoking one role, with its record in the journal."""

from datetime import datetime

from bot.services import audit
from db.database import UnitOfWork
from db.models.grants import Grant, Role


async def give(
    uow: UnitOfWork,
    *,
    person_id: int,
    role: Role,
    district: str | None,
    actor_id: int | None,
    now: datetime,
) -> bool:
    """Give the role in the scope; return whether it was new."""
    if await uow.grants.find(person_id, role, district) is not None:
        return False
    grant = await uow.grants.add(
        Grant(
            person_id=person_id,
            role=role,
            district_code=district,
            given_at=now,
            given_by=actor_id,
        )
    )
    await audit.record(
        uow,
        at=now,
        actor_id=actor_id,
        action="grant.given",
        subject="grant",
        subject_id=str(grant.id),
        after={"person": person_id, "role": role, "district": district},
    )
    return True


async def revoke(uow: UnitOfWork, grant: Grant, *, actor_id: int | None, now: datetime) -> None:
    """Take the role back; the row stays as history."""
    grant.revoked_at, grant.revoked_by = now, actor_id
    await audit.record(
        uow,
        at=now,
        actor_id=actor_id,
        action="grant.revoked",
        subject="grant",
        subject_id=str(grant.id),
        before={
            "person": grant.person_id,
            "role": grant.role,
            "district": grant.district_code,
        },
    )
