"""Who may do what, and where. The whole table is here.

Authority is read from the database inside the transaction of the act, for the district of
the object the act touches; that a button was shown proves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import structlog

from bot.services.errors import AccessDeniedError, NotFoundError
from db.database import UnitOfWork
from db.models.grants import Role

log = structlog.get_logger(__name__)


class Right(StrEnum):
    """An act that needs a role."""

    DECIDE_APPLICATIONS = "decide_applications"
    SEE_ASSISTANTS = "see_assistants"
    CHANGE_STATUS = "change_status"
    MOVE_ASSISTANTS = "move_assistants"
    RELINK_ACCOUNTS = "relink_accounts"
    MAKE_INVITES = "make_invites"
    APPOINT = "appoint"
    ISSUE_CERTIFICATES = "issue_certificates"
    SEE_CERTIFICATES = "see_certificates"
    SEE_DUTY = "see_duty"
    SETTLE_SHIFTS = "settle_shifts"
    PLAN_DUTIES = "plan_duties"
    SEE_DIGEST = "see_digest"
    SET_DIGEST = "set_digest"


# An admin may do in person what an admin could do by appointing a coordinator first; so a
# district without a coordinator is never a dead end for its recruits.
HOLDERS: dict[Right, frozenset[Role]] = {
    Right.DECIDE_APPLICATIONS: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.SEE_ASSISTANTS: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.CHANGE_STATUS: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.MOVE_ASSISTANTS: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.RELINK_ACCOUNTS: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.MAKE_INVITES: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.APPOINT: frozenset({Role.ADMIN}),
    Right.ISSUE_CERTIFICATES: frozenset({Role.ADMIN}),
    Right.SEE_CERTIFICATES: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.SEE_DUTY: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.SETTLE_SHIFTS: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.PLAN_DUTIES: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Right.SEE_DIGEST: frozenset({Role.COORDINATOR, Role.ADMIN}),
    # A digest comes to coordinators only, so only they say how.
    Right.SET_DIGEST: frozenset({Role.COORDINATOR}),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force. ``district`` is a code, or ``None`` for the whole region."""

    role: Role
    district: str | None


def allows(held: Iterable[Held], right: Right, district: str | None) -> bool:
    """Tell whether one of the roles covers the right in the district (``None``: everywhere)."""
    holders = HOLDERS[right]
    return any(h.role in holders and h.district in (None, district) for h in held)


@dataclass(frozen=True, slots=True)
class Reach:
    """The districts a right reaches: ``everywhere``, or just ``districts``."""

    everywhere: bool
    districts: frozenset[str]

    @property
    def codes(self) -> frozenset[str] | None:
        """The codes to ask the database for; ``None`` asks for all."""
        return None if self.everywhere else self.districts

    def covers(self, district: str | None) -> bool:
        """Tell whether the district is within reach."""
        return self.everywhere or (district is not None and district in self.districts)


def reach_of(held: Iterable[Held], right: Right) -> Reach:
    """Return where the roles give the right; an empty reach when nowhere."""
    holders = HOLDERS[right]
    scopes = [h.district for h in held if h.role in holders]
    return Reach(None in scopes, frozenset(code for code in scopes if code is not None))


async def held_by(uow: UnitOfWork, person_id: int) -> tuple[Held, ...]:
    """Read the person's roles in force now."""
    grants = await uow.grants.list_of_person(person_id)
    return tuple(Held(grant.role, grant.district_code) for grant in grants)


async def require_reach(uow: UnitOfWork, actor_id: int, right: Right) -> Reach:
    """Return where the actor has the right.

    Raises:
        AccessDeniedError: nowhere.
    """
    reach = reach_of(await held_by(uow, actor_id), right)
    if not reach.everywhere and not reach.districts:
        log.warning("access_refused", actor_id=actor_id, right=right.value)
        raise AccessDeniedError
    return reach


async def require(uow: UnitOfWork, actor_id: int, right: Right, district: str | None) -> None:
    """Check the right over something that belongs to the district (``None``: the region).

    Raises:
        AccessDeniedError: the actor has the right nowhere.
        NotFoundError: the actor has it, but not there; the answer must not tell that the
            thing exists.
    """
    reach = await require_reach(uow, actor_id, right)
    if not reach.covers(district):
        log.warning(
            "access_refused", actor_id=actor_id, right=right.value, district=district or "region"
        )
        raise NotFoundError
