"""The journal: who did what, written in the transaction of the act itself."""

from datetime import datetime
from typing import Any

from bot.services import sealing
from bot.services.audit_chain import AuditReport, Checkpoint, chain_hash, verify
from db.database import UnitOfWork
from db.models.audit import AuditRecord
from db.repositories.audit import StoredRecord
from db.types import canonical_json, moment_text

__all__ = ["AuditReport", "Checkpoint", "record", "unseal", "verify"]


async def record(
    uow: UnitOfWork,
    *,
    at: datetime,
    actor_id: int | None,
    action: str,
    subject: str,
    subject_id: str | int,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
    person_id: int | None = None,
) -> int:
    """Append a record inside the caller's transaction and return its number.

    `before` and `after` hold ids, codes and moments only: whatever tells of a person (name, phone,
    a reason in free words) goes into `personal`, sealed under the key of `person_id`.
    `actor_id` is None for the system itself. When this fails the act fails with it. Call it after
    the caller's rows are locked: the end of the chain is held until the commit, and two writers
    who lock in different orders would wait for each other.

    Raises:
        ValueError: personal values without the person they tell of, or not plain JSON.
    """
    if personal is not None and person_id is None:
        raise ValueError("personal values need the person whose key seals them")
    head = await uow.audit.lock_head()
    seq = head.count + 1
    sealed = None
    if personal is not None and person_id is not None:
        key = await _key_of(uow, person_id, now=at)
        sealed = sealing.seal(key, personal, place=str(seq))
    stored = StoredRecord(
        seq=seq,
        at=moment_text(at),
        actor_id=actor_id,
        action=action,
        subject=subject,
        subject_id=str(subject_id),
        before=None if before is None else canonical_json(before),
        after=None if after is None else canonical_json(after),
        person_id=person_id,
        sealed=sealed,
        prev_hash=head.hash,
        hash="",
    )
    digest = chain_hash(stored)
    columns = stored._asdict() | {"at": at, "before": before, "after": after, "hash": digest}
    await uow.audit.append(columns)
    return seq


async def _key_of(uow: UnitOfWork, person_id: int, *, now: datetime) -> bytes:
    # Two writers cannot make two keys: both hold the end of the chain while they are here.
    key = await uow.audit.find_key(person_id)
    if key is None:
        key = sealing.new_key()
        await uow.audit.add_key(person_id, key, now=now)
    return key


async def unseal(uow: UnitOfWork, record: AuditRecord) -> dict[str, Any] | None:
    """Return the personal values of a record; None where it has none, or they were erased."""
    if record.sealed is None or record.person_id is None:
        return None
    key = await uow.audit.find_key(record.person_id)
    return None if key is None else sealing.unseal(key, record.sealed, place=str(record.seq))
