"""Invitations into a district."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import audit
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.rights import Reach, Right, allows, held_by, require, require_reach
from db.database import Database, UnitOfWork
from db.models.links import Invite

LIFETIMES = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
USES = (1, 10, 50)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class InviteCard:
    """An invitation as its makers see it; ``district`` is a code, ``expires_at`` is UTC."""

    id: int
    code: str
    district: str
    expires_at: datetime
    uses: int
    uses_limit: int


class InviteService:
    """What coordinators do with invitations."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def reach(self, actor_id: int) -> Reach:
        """Return where the actor may invite.

        Raises:
            AccessDeniedError: nowhere.
        """
        async with self._db.reading() as uow:
            return await require_reach(uow, actor_id, Right.MAKE_INVITES)

    async def check(self, actor_id: int, district: str) -> None:
        """Make sure that the actor may invite into the district.

        Raises:
            AccessDeniedError, NotFoundError: the actor does not invite into that district.
        """
        async with self._db.reading() as uow:
            await require(uow, actor_id, Right.MAKE_INVITES, district)

    async def good(self, actor_id: int) -> list[InviteCard]:
        """Return the latest invitations of the actor's districts that still work.

        Raises:
            AccessDeniedError: the actor invites nowhere.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.MAKE_INVITES)
            rows = await uow.invites.list_good(reach.codes, self._clock(), limit=_SHOWN)
            return [_card(invite) for invite in rows if await maker_may(uow, invite)]

    async def card(self, actor_id: int, invite_id: int) -> InviteCard:
        """Return one invitation that still works.

        Raises:
            AccessDeniedError: the actor invites nowhere.
            NotFoundError: no such invitation in the actor's districts.
        """
        async with self._db.reading() as uow:
            invite = await uow.invites.find(invite_id)
            if invite is None:
                await require_reach(uow, actor_id, Right.MAKE_INVITES)
                raise NotFoundError
            await require(uow, actor_id, Right.MAKE_INVITES, invite.district_code)
            if invite.revoked_at is not None:
                raise NotFoundError
            return _card(invite)

    async def make(
        self, actor_id: int, district: str, lifetime: timedelta, uses_limit: int, once_key: str
    ) -> InviteCard:
        """Make an invitation, or return the one that this key has made before.

        Raises:
            AccessDeniedError, NotFoundError: the actor does not invite into that district.
            InvalidInputError: the district, the lifetime or the limit is none of those offered.
        """
        if lifetime not in LIFETIMES or uses_limit not in USES:
            raise InvalidInputError("error-invite-terms")
        now = self._clock()
        async with self._db.transaction() as uow:
            await require(uow, actor_id, Right.MAKE_INVITES, district)
            found = await uow.districts.find(district)
            if found is None or found.retired_at is not None:
                raise InvalidInputError("error-district-unknown")
            made = await uow.invites.find_by_once_key(actor_id, once_key)
            if made is not None:
                return _card(made)
            invite = await uow.invites.add(
                Invite(
                    code=secrets.token_urlsafe(12),
                    once_key=once_key,
                    district_code=district,
                    created_by=actor_id,
                    created_at=now,
                    expires_at=now + lifetime,
                    uses_limit=uses_limit,
                    uses=0,
                )
            )
            await audit.record(
                uow,
                at=now,
                actor_id=actor_id,
                action="invite.made",
                subject="invite",
                subject_id=str(invite.id),
                after={
                    "district": district,
                    "expires_at": invite.expires_at.isoformat(),
                    "uses_limit": uses_limit,
                },
            )
            return _card(invite)

    async def withdraw(self, actor_id: int, invite_id: int) -> None:
        """Make the invitation useless from now on.

        Raises:
            AccessDeniedError, NotFoundError: it is none of the actor's districts'.
            ConflictError: it was withdrawn before.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            invite = await uow.invites.lock(invite_id)
            if invite is None:
                await require_reach(uow, actor_id, Right.MAKE_INVITES)
                raise NotFoundError
            await require(uow, actor_id, Right.MAKE_INVITES, invite.district_code)
            if invite.revoked_at is not None:
                raise ConflictError("error-invite-withdrawn", at=invite.revoked_at)
            invite.revoked_at = now
            await audit.record(
                uow,
                at=now,
                actor_id=actor_id,
                action="invite.withdrawn",
                subject="invite",
                subject_id=str(invite.id),
                before={"uses": invite.uses},
            )


async def maker_may(uow: UnitOfWork, invite: Invite) -> bool:
    """Tell whether whoever made the invitation may still invite into its district."""
    held = await held_by(uow, invite.created_by)
    return allows(held, Right.MAKE_INVITES, invite.district_code)


def _card(invite: Invite) -> InviteCard:
    return InviteCard(
        invite.id,
        invite.code,
        invite.district_code,
        invite.expires_at,
        invite.uses,
        invite.uses_limit,
    )
