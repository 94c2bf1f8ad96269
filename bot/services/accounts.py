"""Moving a person to another Telegram account: whose it is to do, and what goes along."""

from datetime import datetime

from bot.services import audit, notices
from bot.services.errors import ConflictError, NotFoundError
from bot.services.people import set_phone
from bot.services.registration import withdraw_open
from bot.services.rights import Right, require
from db.database import UnitOfWork
from db.models.grants import Role
from db.models.people import ApplicationState, Person


async def lock_movable(uow: UnitOfWork, actor_id: int, person_id: int) -> tuple[Person, bool]:
    """Return the person, locked, and whether they hold more than the role of an assistant.

    All that a person holds moves with the account: whoever moves a role must be able to give it.

    Raises:
        AccessDeniedError: the actor re-links nowhere, or may not appoint one who holds a role.
        NotFoundError: neither an assistant within the actor's reach nor anybody with a role.
        ConflictError: it is the actor's own account.
    """
    person = await uow.people.lock(person_id)
    assistant = await uow.people.lock_assistant(person_id)
    district = None if assistant is None else assistant.district_code
    await require(uow, actor_id, Right.RELINK_ACCOUNTS, district)
    if person_id == actor_id:
        raise ConflictError("error-own-card")
    grants = await uow.grants.list_of_person(person_id)
    staff = any(grant.role is not Role.ASSISTANT for grant in grants)
    if staff:
        await require(uow, actor_id, Right.APPOINT, None)
    if person is None or (assistant is None and not staff):
        raise NotFoundError
    return person, staff


async def move_account(
    uow: UnitOfWork, newcomer_id: int, person: Person, *, actor_id: int, now: datetime
) -> None:
    """Take the account from the newcomer, who must be nobody yet, and give it to the person.

    What the newcomer had begun is given up, and their phone number is free: it is the person's
    own, who may want to register it now. The account left behind belongs to a newcomer from now
    on, who is told: it may have been taken from somebody who still holds it.

    Raises:
        ConflictError: the account is the person's already, or another participant's.
    """
    if newcomer_id == person.id:
        raise ConflictError("error-link-same-account")
    row = await uow.people.find_row(person_id=newcomer_id)
    assert row is not None  # noqa: S101 - whoever opens a link has been met
    pending = row.application is not None and row.application.state is ApplicationState.PENDING
    if row.grants or row.assistant is not None or pending:
        raise ConflictError("error-link-account-taken")
    await withdraw_open(uow, newcomer_id, now)
    await set_phone(uow, row.person, None, now)
    before, blocked = person.telegram_id, person.blocked_at is not None
    await uow.people.give_account(row.person, person)
    ids = {"from_person": newcomer_id}
    if before is not None and person.language is not None and not blocked:
        left = await uow.people.add(Person(telegram_id=before, created_at=now))
        ids["left_as"] = left.id
        notices.send(uow, left.id, "account-moved", now, language=person.language)
    await audit.record(
        uow,
        at=now,
        actor_id=actor_id,
        action="person.relinked",
        subject="person",
        subject_id=person.id,
        after=ids,
        personal={"before": before, "after": person.telegram_id},
        person_id=person.id,
    )
