"""Certificates in bulk: an order is confirmed, watched, stopped and resumed by admins."""

from bot.services import audit
from bot.services.certificate_order_cards import (
    RESUMABLE,
    OrderCard,
    RefusedLines,
    card_of,
    cards_of,
    draw_anew,
    lock_order,
    must_see,
    refused_line,
)
from bot.services.clock import Clock
from bot.services.errors import ConflictError, NotFoundError
from bot.services.number_list import MOST_ENTRIES
from bot.services.rights import Right, require
from db.database import Database, UnitOfWork
from db.models.certificate_orders import CertificateOrder, OrderState

_RECENT = 5


class CertificateOrderService:
    """What admins do with orders. Each is the region's: any admin may look after any order."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def must_order(self, actor_id: int) -> None:
        """Refuse whoever may not order.

        Raises:
            AccessDeniedError, NotFoundError: the actor certifies nobody, or not everywhere.
        """
        async with self._db.reading() as uow:
            await require(uow, actor_id, Right.ISSUE_CERTIFICATES, None)

    async def start(self, actor_id: int, order_id: int) -> OrderCard:
        """Confirm the list: its certificates are issued from now on; once, however often pressed.

        Raises:
            AccessDeniedError, NotFoundError: it is not the actor's to order.
            ConflictError: nobody in it can get one, or it was given up.
        """
        async with self._db.transaction() as uow:
            order = await lock_order(uow, actor_id, order_id)
            card = await card_of(uow, order)
            if order.state is OrderState.DROPPED or not card.waiting + card.issued:
                raise ConflictError("error-order-nobody")
            if order.state is OrderState.DRAFT:
                await self._run(uow, order, actor_id, "certificate_order.started", card)
            return await card_of(uow, order)

    async def stop(self, actor_id: int, order_id: int) -> OrderCard:
        """Issue no more; what has been issued stands. Nothing if it has ended already.

        Raises:
            AccessDeniedError, NotFoundError: it is not the actor's to stop.
        """
        async with self._db.transaction() as uow:
            order = await lock_order(uow, actor_id, order_id)
            if order.state is OrderState.RUNNING:
                order.state, order.ended_at = OrderState.STOPPED, self._clock()
                await self._record(
                    uow, order, actor_id, "certificate_order.stopped", await card_of(uow, order)
                )
            return await card_of(uow, order)

    async def resume(self, actor_id: int, order_id: int) -> OrderCard:
        """Go on with an order that was stopped, by whatever; the actor has ordered it from now on.

        Raises:
            AccessDeniedError, NotFoundError: it is not the actor's to order.
        """
        async with self._db.transaction() as uow:
            order = await lock_order(uow, actor_id, order_id)
            card = await card_of(uow, order)
            if order.state in RESUMABLE and card.waiting:
                await self._run(uow, order, actor_id, "certificate_order.resumed", card)
            return await card_of(uow, order)

    async def card(self, actor_id: int, order_id: int) -> OrderCard:
        """Return an order.

        Raises:
            AccessDeniedError, NotFoundError: it is not the actor's to see.
        """
        async with self._db.reading() as uow:
            order = await must_see(uow, actor_id, await uow.certificate_orders.find(order_id))
            return await card_of(uow, order)

    async def told(self, person_id: int, order_id: int) -> OrderCard:
        """Return an order to who ordered it, who may have lost the right meanwhile.

        Raises:
            NotFoundError: somebody else has ordered it.
        """
        async with self._db.reading() as uow:
            order = await uow.certificate_orders.find(order_id)
            if order is None or order.person_id != person_id:
                raise NotFoundError
            return await card_of(uow, order)

    async def recent(self, actor_id: int) -> list[OrderCard]:
        """Return the orders confirmed last, the newest first.

        Raises:
            AccessDeniedError, NotFoundError: the actor certifies nobody, or not everywhere.
        """
        async with self._db.reading() as uow:
            await require(uow, actor_id, Right.ISSUE_CERTIFICATES, None)
            return await cards_of(uow, await uow.certificate_orders.list_recent(_RECENT))

    async def refused(self, actor_id: int, order_id: int) -> RefusedLines:
        """Return every line of the order that brings no certificate.

        Raises:
            AccessDeniedError, NotFoundError: it is not the actor's to see.
        """
        async with self._db.reading() as uow:
            order = await must_see(uow, actor_id, await uow.certificate_orders.find(order_id))
            items = await uow.certificate_orders.list_refused(order.id, MOST_ENTRIES)
            return RefusedLines(self._clock(), tuple(map(refused_line, items)))

    async def note_shown(self, order_id: int, mark: str, message_id: int) -> None:
        """Note which message shows the order now, and what it says.

        A message drawn while the order came to its end may say what was before: then it is drawn
        once more.
        """
        async with self._db.transaction(effect=False) as uow:
            order = await uow.certificate_orders.lock(order_id)
            if order is None:
                return
            order.message_id, order.shown = message_id, mark
            order.shown_at, order.telling = self._clock(), False
            ended = order.state is OrderState.DONE or order.state in RESUMABLE
            if ended and (await card_of(uow, order)).mark != mark:
                draw_anew(uow, order, self._clock())

    async def _run(
        self, uow: UnitOfWork, order: CertificateOrder, actor_id: int, action: str, card: OrderCard
    ) -> None:
        now = self._clock()
        if order.person_id != actor_id:
            # The message that shows it stands in another chat.
            order.person_id, order.message_id = actor_id, None
        order.state, order.started_at, order.ended_at = OrderState.RUNNING, now, None
        order.shown_at, order.telling = now, False
        await self._record(uow, order, actor_id, action, card)

    async def _record(
        self, uow: UnitOfWork, order: CertificateOrder, actor_id: int, action: str, card: OrderCard
    ) -> None:
        await audit.record(
            uow,
            at=self._clock(),
            actor_id=actor_id,
            action=action,
            subject="certificate_order",
            subject_id=order.id,
            after={"kind": order.kind.value, "issued": card.issued, "waiting": card.waiting},
        )
