"""Working through orders of certificates: each on its own, so that a kill loses none."""

from datetime import timedelta

import structlog

from bot.services.certificate_issuing import (
    CertificateIssuer,
    KeyOutOfUseError,
    NoBriefingError,
    Order,
)
from bot.services.certificate_order_cards import draw_anew
from bot.services.certificate_rules import kept_basis
from bot.services.clock import Clock
from bot.services.errors import AccessDeniedError, NotFoundError
from bot.services.rights import Right, require
from db.database import Database, UnitOfWork
from db.faults import is_passing
from db.models.certificate_orders import (
    CertificateOrder,
    CertificateOrderItem,
    ItemState,
    OrderState,
    Refusal,
)
from db.models.people import Assistant, AssistantStatus

log = structlog.get_logger(__name__)

# As many as the holders' notices can be sent in a second, and few enough that a stop of the bot,
# which waits for the run, is not kept waiting.
_PER_RUN = 25
_TOLD_EVERY = timedelta(seconds=2)
_LAST_ATTEMPT = 3


class CertificateOrderWork:
    """What the timetable does about orders; each run asks the database what is left."""

    def __init__(self, db: Database, clock: Clock, issuer: CertificateIssuer) -> None:
        self._db = db
        self._clock = clock
        self._issuer = issuer

    async def run_due(self) -> None:
        """Issue some of what waits, each order in its turn."""
        async with self._db.reading() as uow:
            running = list(await uow.certificate_orders.list_running())
        left = _PER_RUN
        while running and left > 0:
            for order_id in list(running):
                left -= 1
                if not await self._step(order_id):
                    running.remove(order_id)

    async def _step(self, order_id: int) -> bool:
        """Settle the next line of the order; tell whether another may follow in this run."""
        try:
            async with self._db.transaction() as uow:
                order = await uow.certificate_orders.lock(order_id)
                if order is None or order.state is not OrderState.RUNNING:
                    return False
                item = await uow.certificate_orders.find_waiting(order_id)
                if item is None:
                    await self._end(uow, order, OrderState.DONE)
                    return False
                await self._settle(uow, order, item)
                await self._tell(uow, order)
                return True
        except Exception as error:
            if is_passing(error):
                # Not the line's own: it is tried again as often as it takes.
                log.warning(
                    "certificate_order_waits", order_id=order_id, reason=type(error).__name__
                )
                return False
            # A fault of one line must hold up neither those behind it nor other orders.
            log.exception("certificate_order_failed", order_id=order_id)
            await self._note_failure(order_id)
            return False

    async def _settle(
        self, uow: UnitOfWork, order: CertificateOrder, item: CertificateOrderItem
    ) -> None:
        """Issue the certificate of the line, or say why not, by the state of things now."""
        assert item.person_id is not None  # noqa: S101 - the database holds it
        assistant = await uow.people.lock_assistant(item.person_id)
        assert assistant is not None  # noqa: S101 - none vanish
        try:
            await require(uow, order.person_id, Right.ISSUE_CERTIFICATES, assistant.district_code)
            if assistant.status is AssistantStatus.DISMISSED:
                _refuse(item, Refusal.DISMISSED)
                return
            await self._issue(uow, order, item, assistant)
        except AccessDeniedError:
            await self._end(uow, order, OrderState.FORBIDDEN)
        except NotFoundError:
            _refuse(item, Refusal.UNKNOWN)
        except NoBriefingError:
            _refuse(item, Refusal.NO_BRIEFING)
        except KeyOutOfUseError:
            await self._end(uow, order, OrderState.KEYLESS)

    async def _issue(
        self,
        uow: UnitOfWork,
        order: CertificateOrder,
        item: CertificateOrderItem,
        assistant: Assistant,
    ) -> None:
        certificate = await self._issuer.issue(
            uow,
            assistant,
            Order(
                # Whatever happens, no line brings two.
                once=f"order-item-{item.id}",
                kind=order.kind,
                basis=kept_basis(order),
                actor_id=order.person_id,
                one_of_many=True,
            ),
            self._clock(),
        )
        item.state, item.certificate_id = ItemState.ISSUED, certificate.id

    async def _tell(self, uow: UnitOfWork, order: CertificateOrder) -> None:
        """Have the order's message drawn anew, unless it was a moment ago or is about to be."""
        now = self._clock()
        if order.state is not OrderState.RUNNING:
            return
        if not order.telling and now - (order.shown_at or now) >= _TOLD_EVERY:
            order.telling = True
            draw_anew(uow, order, now)

    async def _end(self, uow: UnitOfWork, order: CertificateOrder, state: OrderState) -> None:
        now = self._clock()
        order.state, order.ended_at = state, now
        draw_anew(uow, order, now)

    async def _note_failure(self, order_id: int) -> None:
        """Count the failure against the line; after some, the order goes on without it."""
        async with self._db.transaction() as uow:
            order = await uow.certificate_orders.lock(order_id)
            item = await uow.certificate_orders.find_waiting(order_id)
            if order is None or item is None:
                return
            item.attempts += 1
            if item.attempts >= _LAST_ATTEMPT:
                _refuse(item, Refusal.FAILED)


def _refuse(item: CertificateOrderItem, refusal: Refusal) -> None:
    item.state, item.refusal = ItemState.REFUSED, refusal
