"""Links that work once: becoming an admin by the operator's word, moving to a new account."""

import hashlib
import secrets
from datetime import datetime, timedelta

from bot.services import audit, notices
from bot.services.accounts import lock_movable, move_account
from bot.services.clock import Clock
from bot.services.errors import AccessDeniedError, ConflictError, InvalidInputError, NotFoundError
from bot.services.grants import give
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.links import LinkPurpose, OneTimeLink
from db.models.people import Person

# What stands before the secret in a link to the bot.
CLAIM_PREFIX, RELINK_PREFIX = "claim", "account"
CLAIM_LIFETIME = timedelta(hours=1)
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

        It works as long as there is no admin. One made before and not opened stops working.
        """
        async with self._db.transaction() as uow:
            if await uow.grants.lock_role(Role.ADMIN):
                return None
            secret, _ = await _add_claim(uow, self._clock(), expires_at=None)
        return secret

    async def offer_claim(self) -> str:
        """Return the secret of a claim link that works once within ``CLAIM_LIFETIME``.

        It works beside other admins too: the way back in for an operator whose only admin is lost,
        or never was. One made before and not opened stops working.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            secret, link_id = await _add_claim(uow, now, expires_at=now + CLAIM_LIFETIME)
            await audit.record(
                uow,
                at=now,
                actor_id=None,
                action="claim.offered",
                subject="link",
                subject_id=link_id,
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
        """Make the person an admin; other admins are told.

        Raises:
            InvalidInputError: there is no such link, or it expired.
            ConflictError: it has been used, the person is an admin already, or somebody is while
                the link is one for the first.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            link = await _lock_link(uow, LinkPurpose.CLAIM_ADMIN, secret)
            admins = await uow.grants.lock_role(Role.ADMIN)
            if link.used_at is not None or (link.expires_at is None and admins):
                raise ConflictError("error-claim-used")
            if link.expires_at is not None and link.expires_at <= now:
                raise InvalidInputError("error-link-expired")
            # Whoever moves the person's account meanwhile sees the role, or we see the move.
            await uow.people.lock(person_id)
            new = await give(
                uow,
                person_id=person_id,
                role=Role.ADMIN,
                district=None,
                actor_id=person_id,
                now=now,
            )
            if not new:
                raise ConflictError("error-already-admin")
            link.used_at, link.used_by = now, person_id
            for admin in admins:
                notices.send(uow, admin.person_id, "admin-claimed", now, person_id=person_id)

    async def make_relink(self, actor_id: int, person_id: int) -> str:
        """Return the secret of a link that moves the person to the account that opens it.

        Raises:
            AccessDeniedError: the actor re-links nowhere, or the person holds more than the
                actor could give.
            NotFoundError: no such person within the actor's reach.
            ConflictError: it is the actor's own account, or the person was erased.
        """
        now = self._clock()
        secret = secrets.token_urlsafe(24)
        async with self._db.transaction() as uow:
            await lock_movable(uow, actor_id, person_id)
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

        Whoever made the link must still have the right to. The account left behind is told, and
        so are the other admins when a role moved along.

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
            if link.created_by is None:
                raise InvalidInputError("error-link-unknown")
            try:
                person, staff = await lock_movable(uow, link.created_by, link.person_id)
            except (AccessDeniedError, NotFoundError) as error:
                # Whoever opens the link never had a right to lose: to them it is just too old.
                raise InvalidInputError("error-link-expired") from error
            link.used_at, link.used_by = now, newcomer_id
            await move_account(uow, newcomer_id, person, actor_id=link.created_by, now=now)
            admins = await uow.grants.list_person_ids(Role.ADMIN, None) if staff else ()
            for told in {link.created_by, *admins} - {person.id}:
                notices.send(uow, told, "account-relinked", now, person_id=person.id)
            return person.id


async def _add_claim(
    uow: UnitOfWork, now: datetime, *, expires_at: datetime | None
) -> tuple[str, int]:
    secret = secrets.token_urlsafe(24)
    await uow.links.delete_unused(LinkPurpose.CLAIM_ADMIN)
    link = await uow.links.add(
        OneTimeLink(
            purpose=LinkPurpose.CLAIM_ADMIN,
            secret_sha256=_digest(secret),
            created_at=now,
            expires_at=expires_at,
        )
    )
    return secret, link.id


async def _lock_link(uow: UnitOfWork, purpose: LinkPurpose, secret: str) -> OneTimeLink:
    link = await uow.links.lock_by_secret(_digest(secret))
    if link is None or link.purpose is not purpose:
        raise InvalidInputError("error-link-unknown")
    return link
