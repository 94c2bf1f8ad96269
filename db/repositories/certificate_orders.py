"""Orders of certificates in bulk and the lines of their lists: one statement per method."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.briefings import BriefingPass
from db.models.certificate_orders import (
    CertificateOrder,
    CertificateOrderItem,
    ItemState,
    OrderState,
)
from db.models.people import Assistant, AssistantStatus

_UNCONFIRMED = (OrderState.DRAFT, OrderState.DROPPED)


@dataclass(frozen=True, slots=True)
class Named:
    """An assistant whom a service number names; the pass is the last one, if there is any."""

    person_id: int
    number: str
    district: str
    status: AssistantStatus
    briefed_until: datetime | None


class CertificateOrdersRepository:
    """Queries over ``certificate_orders`` and ``certificate_order_items``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, order: CertificateOrder) -> CertificateOrder:
        """Insert the order and return it with its id; its press is new."""
        self._session.add(order)
        await self._session.flush()
        return order

    async def add_items(self, items: Sequence[Mapping[str, Any]]) -> None:
        """Insert lines of lists, given by their columns."""
        if items:
            await self._session.execute(insert(CertificateOrderItem), items)

    async def find(self, order_id: int) -> CertificateOrder | None:
        """Return the order."""
        return await self._session.get(CertificateOrder, order_id)

    async def lock(self, order_id: int) -> CertificateOrder | None:
        """Return the order, locked until the transaction ends."""
        return await self._session.scalar(
            select(CertificateOrder).where(CertificateOrder.id == order_id).with_for_update()
        )

    async def lock_by_once(self, once: str) -> CertificateOrder | None:
        """Return the order that answers this question, locked until the transaction ends."""
        return await self._session.scalar(
            select(CertificateOrder).where(CertificateOrder.once == once).with_for_update()
        )

    async def forget_unconfirmed(self, person_id: int) -> None:
        """Delete the lists that the person sent and never confirmed."""
        await self._session.execute(
            delete(CertificateOrder).where(
                CertificateOrder.person_id == person_id, CertificateOrder.state.in_(_UNCONFIRMED)
            )
        )

    async def list_recent(self, limit: int) -> Sequence[CertificateOrder]:
        """Return the orders confirmed last, the newest first."""
        return (
            await self._session.scalars(
                select(CertificateOrder)
                .where(CertificateOrder.state.not_in(_UNCONFIRMED))
                .order_by(CertificateOrder.id.desc())
                .limit(limit)
            )
        ).all()

    async def list_running(self) -> Sequence[int]:
        """Return the ids of the orders at work, the oldest first."""
        return (
            await self._session.scalars(
                select(CertificateOrder.id)
                .where(CertificateOrder.state == OrderState.RUNNING)
                .order_by(CertificateOrder.id)
            )
        ).all()

    async def count_items(self, order_ids: Collection[int]) -> dict[tuple[int, ItemState], int]:
        """Count the lines of each order by where they stand; what is not there is none."""
        item = CertificateOrderItem
        rows = await self._session.execute(
            select(item.order_id, item.state, func.count())
            .where(item.order_id.in_(order_ids))
            .group_by(item.order_id, item.state)
        )
        return {(order_id, state): count for order_id, state, count in rows}

    async def find_waiting(self, order_id: int) -> CertificateOrderItem | None:
        """Return the first line that waits, in the order of the list."""
        item = CertificateOrderItem
        return await self._session.scalar(
            select(item)
            .where(item.order_id == order_id, item.state == ItemState.WAITING)
            .order_by(item.id)
            .limit(1)
        )

    async def list_refused(self, order_id: int, limit: int) -> Sequence[CertificateOrderItem]:
        """Return the lines refused, in the order of the list."""
        item = CertificateOrderItem
        return (
            await self._session.scalars(
                select(item)
                .where(item.order_id == order_id, item.state == ItemState.REFUSED)
                .order_by(item.id)
                .limit(limit)
            )
        ).all()

    async def list_person_ids(self, order_id: int) -> Sequence[int]:
        """Return everybody who stands in the order already."""
        item = CertificateOrderItem
        found = await self._session.scalars(
            select(item.person_id).where(item.order_id == order_id, item.person_id.is_not(None))
        )
        return [person_id for person_id in found if person_id is not None]

    async def list_named(self, numbers: Collection[str]) -> Sequence[Named]:
        """Return the assistants whom these service numbers name; a number unknown names nobody."""
        last = (
            select(func.max(BriefingPass.id))
            .where(BriefingPass.person_id == Assistant.person_id)
            .correlate(Assistant)
            .scalar_subquery()
        )
        rows = await self._session.execute(
            select(
                Assistant.person_id,
                Assistant.service_number,
                Assistant.district_code,
                Assistant.status,
                BriefingPass.valid_until,
            )
            .outerjoin(BriefingPass, BriefingPass.id == last)
            .where(Assistant.service_number.in_(numbers))
        )
        return [Named(*row) for row in rows]
