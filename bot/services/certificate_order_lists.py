"""The list of an order of certificates: who will get one, and who cannot and why."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.services.certificate_order_cards import OrderCard, card_of, lock_order
from bot.services.certificate_rules import Basis
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.number_list import MOST_ENTRIES, Entry
from bot.services.rights import Reach, Right, require_reach
from db.database import Database, UnitOfWork
from db.models.certificate_orders import CertificateOrder, ItemState, OrderState, Refusal
from db.models.certificates import CertificateKind
from db.models.people import AssistantStatus
from db.repositories.certificate_orders import Named

_ONCE = re.compile(r"[A-Za-z0-9_-]{8,40}", re.ASCII)
# Fewer than any database takes in one statement.
_AT_ONCE = 500


class CertificateOrderLists:
    """What admins do with a list before it is confirmed."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def check(
        self,
        actor_id: int,
        kind: CertificateKind,
        basis: Basis | None,
        once: str,
        entries: Sequence[Entry],
    ) -> OrderCard:
        """Add a list to the order that answers this question, and tell who will get what.

        The first list makes the order; nothing is issued before it is confirmed. The lists of the
        actor that never were are forgotten.

        Raises:
            InvalidInputError: the key has no form of ours, or the order grows too long.
            AccessDeniedError: the actor certifies nobody.
            NotFoundError: the order is somebody else's.
            ConflictError: it is confirmed already.
        """
        if not _ONCE.fullmatch(once):
            raise InvalidInputError("error-not-found")
        async with self._db.transaction() as uow:
            reach = await require_reach(uow, actor_id, Right.ISSUE_CERTIFICATES)
            order = await uow.certificate_orders.lock_by_once(once)
            if order is None:
                order = await self._draft(uow, actor_id, kind, basis, once)
            if order.person_id != actor_id or order.kind is not kind:
                raise NotFoundError
            if order.state is not OrderState.DRAFT:
                raise ConflictError("error-order-confirmed")
            await self._add(uow, order, entries, reach)
            return await card_of(uow, order)

    async def drop(self, actor_id: int, order_id: int) -> None:
        """Give up a list that was not confirmed; nothing if that has happened.

        Raises:
            AccessDeniedError, NotFoundError: it is not the actor's to decide.
            ConflictError: it is confirmed already.
        """
        async with self._db.transaction() as uow:
            order = await lock_order(uow, actor_id, order_id)
            if order.state not in (OrderState.DRAFT, OrderState.DROPPED):
                raise ConflictError("error-order-confirmed")
            order.state = OrderState.DROPPED

    async def _draft(
        self,
        uow: UnitOfWork,
        actor_id: int,
        kind: CertificateKind,
        basis: Basis | None,
        once: str,
    ) -> CertificateOrder:
        await uow.certificate_orders.forget_unconfirmed(actor_id)
        return await uow.certificate_orders.add(
            CertificateOrder(
                once=once,
                person_id=actor_id,
                kind=kind,
                basis_kk=basis and basis.kk,
                basis_ru=basis and basis.ru,
                state=OrderState.DRAFT,
                created_at=self._clock(),
            )
        )

    async def _add(
        self, uow: UnitOfWork, order: CertificateOrder, entries: Sequence[Entry], reach: Reach
    ) -> None:
        card = await card_of(uow, order)
        if card.waiting + card.refused + len(entries) > MOST_ENTRIES:
            raise InvalidInputError("error-list-long", limit=MOST_ENTRIES)
        numbers = sorted({entry.number for entry in entries if entry.refusal is None})
        named: dict[str, Named] = {}
        for first in range(0, len(numbers), _AT_ONCE):
            found = await uow.certificate_orders.list_named(numbers[first : first + _AT_ONCE])
            named |= {each.number: each for each in found if reach.covers(each.district)}
        listed = set(await uow.certificate_orders.list_person_ids(order.id))
        judged = _judged(entries, named, listed, lambda who: self._refusal(order.kind, who))
        await uow.certificate_orders.add_items([{"order_id": order.id, **each} for each in judged])

    def _refusal(self, kind: CertificateKind, named: Named) -> Refusal | None:
        if named.status is AssistantStatus.DISMISSED:
            return Refusal.DISMISSED
        until = named.briefed_until
        if kind is CertificateKind.BRIEFING and (until is None or until <= self._clock()):
            return Refusal.NO_BRIEFING
        return None


def _judged(
    entries: Sequence[Entry],
    named: Mapping[str, Named],
    listed: set[int],
    judge: Callable[[Named], Refusal | None],
) -> Iterator[dict[str, Any]]:
    """Yield the columns of each line; ``listed`` are those whom the order has already."""
    for entry in entries:
        who, refusal = named.get(entry.number), entry.refusal
        if refusal is None and who is None:
            refusal = Refusal.UNKNOWN
        elif refusal is None and who is not None:
            refusal = Refusal.DOUBLED if who.person_id in listed else judge(who)
            listed.add(who.person_id)
        yield {
            "line": entry.line,
            "number": entry.number,
            "person_id": None if who is None or refusal is not None else who.person_id,
            "state": ItemState.WAITING if refusal is None else ItemState.REFUSED,
            "refusal": refusal,
            "certificate_id": None,
            "attempts": 0,
        }
