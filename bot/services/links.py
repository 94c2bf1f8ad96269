"""Links that work once: claiming the first admin's place, moving to a new account."""

import hashlib
import secrets
from datetime import datetime, timedelta

from bot.services import audit, notices
from bot.services.clock import Clock
from bot.services.errors import AccessDeniedError, ConflictError, InvalidInputError, NotFoundError
from bot.services.grants import give
from bot.services.registration import withdraw_open
from bot.services.rights import Right, require, require_reach
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.links import LinkPurpose, OneTimeLink
from db.models.people import ApplicationState, Person

RELINK_LIFETIME = timedelta(hours=24)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class LinkService:
    """Making and opening one-time links. A secret is shown once and kept as a hash."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def has_admin(self) -> bool:
        """Tell whether anybody is an admin."""
        async with self._db.reading() as uow:
            return bool(await uow.grants.list_holders(Role.ADMIN))

    async def make_claim(self) -> str | None:
        """Return the secret of a fresh claim link, or ``None`` when there is an admin already.

        A claim link made before and not opened stops working.
        """
        now = self._clock()
        secret = secrets.token_urlsafe(24)
        async with self._db.transaction() as uow:
            if await uow.grants.lock_role(Role.ADMIN):
                return None
            await uow.links.delete_unused(LinkPurpose.CLAIM_ADMIN)
            await uow.links.add(
                OneTimeLink(
                    purpose=LinkPurpose.CLAIM_ADMIN, secret_sha256=_digest(secret), created_at=now
                )
            )
        return secret

    async def ensure_admin(self, telegram_id: int) -> None:
        """Make the account an admin when there is none yet; named by settings."""
        now = self._clock()
        async with self._db.transaction() as uow:
            # Processes that start together wait for each other here.
            await uow.audit.lock_head()
            if await uow.grants.lock_role(Role.ADMIN):
                return
            person = await uow.people.find_by_telegram(telegram_id)
            if person is None:
                person = await uow.people.add(Person(telegram_id=telegram_id, created_at=now))
            await give(
                uow, person_id=person.id, role=Role.ADMIN, district=None, actor_id=None, now=now
            )

    async def claim(self, person_id: int, secret: str) -> None:
        """Make the person the first admin.

        Raises:
            InvalidInputError: there is no such link.
            ConflictError: it has been used, or there is an admin already.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            link = await _lock_link(uow, LinkPurpose.CLAIM_ADMIN, secret)
            if link.used_at is not None or await uow.grants.lock_role(Role.ADMIN):
                raise ConflictError("error-claim-used")
            link.used_at, link.used_by = now, person_id
            await give(
                uow,
                person_id=person_id,
                role=Role.ADMIN,
                district=None,
                actor_id=person_id,
                now=now,
            )

    async def make_relink(self, actor_id: int, person_id: int) -> str:
        """Return the secret of a link that moves the assistant to the account that opens it.

        Raises:
            AccessDeniedError: the actor re-links nowhere.
            NotFoundError: no such assistant in the actor's districts.
            ConflictError: it is the actor's own account, or the assistant was erased.
        """
        now = self._clock()
        secret = secrets.token_urlsafe(24)
        async with self._db.transaction() as uow:
            assistant = await uow.people.lock_assistant(person_id)
            if assistant is None:
                await require_reach(uow, actor_id, Right.RELINK_ACCOUNTS)
                raise NotFoundError
            await require(uow, actor_id, Right.RELINK_ACCOUNTS, assistant.district_code)
            if person_id == actor_id:
                raise ConflictError("error-own-card")
            if await uow.personal.find_erasure(person_id) is not None:
                raise ConflictError("error-erased")
            await uow.links.delete_unused(LinkPurpose.RELINK_ACCOUNT, person_id)
            await uow.links.add(
                OneTimeLink(
                    purpose=LinkPurpose.RELINK_ACCOUNT,
                    secret_sha256=_digest(secret),
                    person_id=person_id,
                    created_by=actor_id,
                    created_at=now,
                    expires_at=now + RELINK_LIFETIME,
                )
            )
            await audit.record(
                uow,
                at=now,
                actor_id=actor_id,
                action="relink.offered",
                subject="person",
                subject_id=str(person_id),
            )
        return secret

    async def relink(self, newcomer_id: int, secret: str) -> int:
        """Give the newcomer's account to the person the link is for; return that person's id.

        Whoever made the link must still have the right over the assistant's district.

        Raises:
            InvalidInputError: there is no such link, it expired, or its maker lost the right.
            ConflictError: it has been used, or the account belongs to another participant.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            link = await _lock_link(uow, LinkPurpose.RELINK_ACCOUNT, secret)
            if link.used_at is not None:
                raise ConflictError("error-link-used")
            if link.expires_at is None or link.expires_at <= now or link.person_id is None:
                raise InvalidInputError("error-link-expired")
            assistant = await uow.people.lock_assistant(link.person_id)
            if assistant is None or link.created_by is None:
                raise InvalidInputError("error-link-unknown")
            try:
                await require(uow, link.created_by, Right.RELINK_ACCOUNTS, assistant.district_code)
            except (AccessDeniedError, NotFoundError) as error:
                # Whoever opens the link never had a right to lose: to them it is just too old.
                raise InvalidInputError("error-link-expired") from error
            await _move_account(uow, newcomer_id, link.person_id, now)
            link.used_at, link.used_by = now, newcomer_id
            await audit.record(
                uow,
                at=now,
                actor_id=link.created_by,
                action="person.relinked",
                subject="person",
                subject_id=str(link.person_id),
                after={"from_person": newcomer_id},
            )
            await notices.send(
                uow, link.created_by, "account-relinked", now, person_id=link.person_id
            )
            return link.person_id


async def _move_account(uow: UnitOfWork, newcomer_id: int, person_id: int, now: datetime) -> None:
    """Take the account from the newcomer, who must be nobody yet, and give it to the person.

    What the newcomer had begun is given up, and their phone number is free: it is the person's
    own, who may want to register it now.
    """
    if newcomer_id == person_id:
        raise ConflictError("error-link-same-account")
    row = await uow.people.find_row(person_id=newcomer_id)
    person = await uow.people.lock(person_id)
    assert row is not None  # noqa: S101 - whoever opens a link has been met
    assert person is not None  # noqa: S101 - a foreign key holds it
    pending = row.application is not None and row.application.state is ApplicationState.PENDING
    if row.grants or row.assistant is not None or pending:
        raise ConflictError("error-link-account-taken")
    await withdraw_open(uow, newcomer_id, now)
    row.person.phone = None
    await uow.people.give_account(row.person, person)


async def _lock_link(uow: UnitOfWork, purpose: LinkPurpose, secret: str) -> OneTimeLink:
    link = await uow.links.lock_by_secret(_digest(secret))
    if link is None or link.purpose is not purpose:
        raise InvalidInputError("error-link-unknown")
    return link
