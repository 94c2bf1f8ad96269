"""An order of certificates in bulk as plain data, and who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services import notices
from bot.services.certificate_rules import Basis, kept_basis
from bot.services.errors import NotFoundError
from bot.services.rights import Right, require, require_reach
from db.database import UnitOfWork
from db.models.certificate_orders import (
    CertificateOrder,
    CertificateOrderItem,
    ItemState,
    OrderState,
    Refusal,
)
from db.models.certificates import CertificateKind

NOTICE = "certificate-order"
# What a small phone shows; the rest is in the file.
_REFUSED_SHOWN = 5
RESUMABLE = frozenset({OrderState.STOPPED, OrderState.FORBIDDEN, OrderState.KEYLESS})


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of the list that brings no certificate: its place in it, the number written, why."""

    line: int
    number: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class RefusedLines:
    """Every line refused until ``made_at``, in the order of the list."""

    made_at: datetime
    lines: tuple[RefusedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCard:
    """An order and how far it is; moments are UTC.

    Attributes:
        person_id: who ordered it.
        refused_first: the first lines refused, a few.
        message_id: the message in that person's chat that shows it.
        shown: what that message says, as ``mark`` did then.
    """

    id: int
    person_id: int
    kind: CertificateKind
    basis: Basis | None
    state: OrderState
    waiting: int
    issued: int
    refused: int
    refused_first: tuple[RefusedLine, ...]
    started_at: datetime | None
    message_id: int | None
    shown: str

    @property
    def mark(self) -> str:
        """What a message that shows this says, for comparing."""
        return f"{self.state}:{self.issued}:{self.refused}:{self.waiting}"

    @property
    def total(self) -> int:
        """How many people it is issued to, done and still to do."""
        return self.waiting + self.issued

    @property
    def resumable(self) -> bool:
        """Whether it stands still with something left to do."""
        return self.state in RESUMABLE and self.waiting > 0


async def cards_of(uow: UnitOfWork, orders: Sequence[CertificateOrder]) -> list[OrderCard]:
    """Return the orders as plain data."""
    counts = await uow.certificate_orders.count_items([order.id for order in orders])
    return [
        OrderCard(
            id=order.id,
            person_id=order.person_id,
            kind=order.kind,
            basis=kept_basis(order),
            state=order.state,
            waiting=counts.get((order.id, ItemState.WAITING), 0),
            issued=counts.get((order.id, ItemState.ISSUED), 0),
            refused=counts.get((order.id, ItemState.REFUSED), 0),
            refused_first=tuple(
                map(
                    refused_line,
                    await uow.certificate_orders.list_refused(order.id, _REFUSED_SHOWN),
                )
            ),
            started_at=order.started_at,
            message_id=order.message_id,
            shown=order.shown,
        )
        for order in orders
    ]


def refused_line(item: CertificateOrderItem) -> RefusedLine:
    """Return a refused line as plain data."""
    assert item.refusal is not None  # noqa: S101 - the database holds it
    return RefusedLine(item.line, item.number, item.refusal)


async def card_of(uow: UnitOfWork, order: CertificateOrder) -> OrderCard:
    """Return the order as plain data."""
    [card] = await cards_of(uow, [order])
    return card


async def must_see(
    uow: UnitOfWork, actor_id: int, order: CertificateOrder | None
) -> CertificateOrder:
    """Return the order to an admin of the region: it is about people of any district.

    Raises:
        AccessDeniedError: the actor certifies nobody.
        NotFoundError: there is no such order, or the actor certifies only some districts.
    """
    if order is None:
        await require_reach(uow, actor_id, Right.ISSUE_CERTIFICATES)
        raise NotFoundError
    await require(uow, actor_id, Right.ISSUE_CERTIFICATES, None)
    return order


async def lock_order(uow: UnitOfWork, actor_id: int, order_id: int) -> CertificateOrder:
    """Return the order to an admin of the region, locked until the transaction ends.

    Raises:
        AccessDeniedError, NotFoundError: see ``must_see``.
    """
    return await must_see(uow, actor_id, await uow.certificate_orders.lock(order_id))


def draw_anew(uow: UnitOfWork, order: CertificateOrder, now: datetime) -> None:
    """Have the message that shows the order drawn anew, in the caller's transaction.

    The holders' notices go in a lane behind this one.
    """
    notices.send(uow, order.person_id, NOTICE, now, order_id=order.id)
