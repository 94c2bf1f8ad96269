"""A process is killed at each point of its way in turn: nothing is lost, nothing is done twice.

Points are statements, commits and calls to Telegram (`tests/breaking.py`); what stands after each
death is what another process finds. Every person hears how it ended.
"""

from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from bot.content import Content
from bot.intake.raw import lane_of
from bot.jobs.outbox import OutboxSender
from bot.services import audit
from bot.services.certificate_rules import CertificateKind
from bot.services.inbox import Arrived, InboxService
from bot.services.number_list import Entry
from bot.services.states import OrderState, Role
from bot.state import DatabaseStorage
from db import receipts
from db.models.inbox import UNFINISHED, InboxUpdate
from db.receipts import Receipt
from sandbox.model import Json
from tests.breaking import Kill, killing
from tests.briefings import QUESTIONS, small, with_briefings
from tests.flows.acts import Act, Heard, answering, approving, ending, saving, starting
from tests.flows.duty import on_shift, shifts_of
from tests.town import Town

pytestmark = [pytest.mark.own_trouble, pytest.mark.usefixtures("sound_in_the_end")]

MOST_POINTS = 100


@pytest.fixture
def content() -> Content:
    # A story needs as many answers as there are points.
    return with_briefings(small(tries=10, questions_drawn=QUESTIONS))


async def heard_by_one_who_is_killed(town: Town, update: Json, kill: Kill) -> None:
    with killing(town.database, town.app.bot, kill):
        inbox = InboxService(town.database, town.clock, "another")
        stored = await inbox.store([Arrived(update["update_id"], lane_of(update), update)])
        [taken] = stored.taken
        receipt = Receipt(taken.update_id, "another", taken.received_at, town.clock)
        with receipts.in_work(receipt):
            await town.feed(update)
    storage = town.app.listening.dispatcher.storage
    if isinstance(storage, DatabaseStorage):
        await storage.close()  # what it remembered has died with it


async def taken_over(town: Town, update: Json) -> None:
    """Let Telegram repeat the update, and a process take over what the dead one had begun."""
    await town.receive([update])
    await town.house.services.inbox.release_all()
    await town.app.intake._sweep()
    await town.app.intake.idle()
    await town.settle()


@pytest.mark.parametrize("begin", [starting, ending, answering, saving, approving])
async def test_a5_a6_wherever_a_process_dies_an_act_is_done_once_and_answered(
    town: Town, begin: Callable[[Town], Awaitable[Act]]
) -> None:
    act = await begin(town)
    for number in range(1, MOST_POINTS):
        await act.prepare()
        before, heard = await act.done(), Heard(town, act.phone)
        with town.held_back():
            await act.do()
        [update] = town.telegram.take_updates()
        kill = Kill(number)

        await heard_by_one_who_is_killed(town, update, kill)
        await taken_over(town, update)

        assert await act.done() == before + 1, f"point {number}"
        assert heard.words, f"point {number}"
        async with town.database.reading() as uow:
            row = await uow.session.get(InboxUpdate, update["update_id"])
        # It was marked with its effect: nobody tried it again, and was refused for it.
        assert row is not None
        assert row.effected_at is not None, f"point {number}"
        # A death is no bug: nobody hears an apology for what is done.
        assert not heard.says_nothing_saved(), f"point {number}: {heard.words}"
        assert not heard.says_saved(row.effected_at), f"point {number}: {heard.words}"
        assert act.noticed is None or act.noticed() == 1, f"point {number}"
        if not kill.struck:
            break

    assert 12 < number < MOST_POINTS - 1, "the kills met no way of an act, or no end of it"
    async with town.database.reading() as uow:
        unfinished = sa.select(sa.func.count()).where(InboxUpdate.state.in_(UNFINISHED))
        assert await uow.session.scalar(unfinished) == 0
    assert (await audit.verify(town.database)).problem is None


async def test_a5_a6_wherever_a_process_dies_a_text_answers_the_question_it_was_sent_to(
    town: Town,
) -> None:
    """The times of a correction are asked for, then why; each time killed one point later."""
    assistant = await on_shift(town)
    town.clock.tick(hours=2)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    for number in range(1, MOST_POINTS):
        await assistant.choose("shift-correct")
        with town.held_back():
            await assistant.send("15:00 - 16:30")
        [update] = town.telegram.take_updates()
        kill = Kill(number)

        await heard_by_one_who_is_killed(town, update, kill)
        await taken_over(town, update)
        await assistant.send("Забыл нажать")

        [shift] = await shifts_of(town, assistant)
        assert shift.waiting is not None, f"point {number}: {assistant.screen}"
        assert shift.waiting.reason == "Забыл нажать", f"point {number}"
        await assistant.choose("correction-withdraw")
        if not kill.struck:
            break

    assert 3 < number < MOST_POINTS - 1


async def test_c4_d2_wherever_a_process_dies_the_coordinator_has_the_digest_of_the_day(
    town: Town,
) -> None:
    """From Monday, 15:00; each day at 20:00 the process is killed one point later."""
    staff = [await town.coordinator(), await town.coordinator(name="Петрова Анна")]
    town.clock.tick(hours=5)
    digests, twice = town.house.services.digest_making, 0
    for number in range(1, MOST_POINTS):
        heard = [len(phone.inbox) for phone in staff]
        kill = Kill(number)

        with killing(town.database, town.app.bot, kill):
            await digests.run_due()
            await OutboxSender(town.house, town.app.bot).deliver_due()
        town.clock.tick(minutes=5)
        await digests.run_due()
        await town.settle()

        came = [len(phone.inbox) - before for phone, before in zip(staff, heard, strict=True)]
        assert set(came) <= {1, 2}, f"point {number}: {came}"
        # Only what was under way may come again: whether it arrived, nobody can know.
        assert sum(came) <= len(staff) + len(staff) * kill.struck, f"point {number}"
        twice += sum(came) - len(staff)
        if not kill.struck:
            break
        town.clock.tick(days=1, minutes=-5)

    assert 12 < number < MOST_POINTS - 1
    assert twice < number
    assert Role.COORDINATOR in (await town.me(staff[0])).roles


async def test_i6_c4_wherever_a_process_dies_each_line_of_a_list_brings_one_certificate(
    town: Town,
) -> None:
    actor_id, services = await town.admin_id(), town.house.services
    phones = [await town.briefed_assistant(), await town.briefed_assistant(name="Образцов Тимур")]
    standings = [(await town.me(phone)).assistant for phone in phones]
    entries = [Entry(line, each.service_number) for line, each in enumerate(standings, 1) if each]
    for number in range(1, MOST_POINTS):
        order = await services.certificate_order_lists.check(
            actor_id, CertificateKind.THANKS, None, f"key-of-point-{number}", entries
        )
        order = await services.certificate_orders.start(actor_id, order.id)
        heard = [len(phone.inbox) for phone in phones]
        kill = Kill(number)

        with killing(town.database, town.app.bot, kill):
            await services.certificate_order_work.run_due()
            await OutboxSender(town.house, town.app.bot).deliver_due()
        town.clock.tick(minutes=5)
        await services.certificate_order_work.run_due()
        await town.settle()

        card = await services.certificate_orders.card(actor_id, order.id)
        assert (card.state, card.issued) == (OrderState.DONE, 2), f"point {number}"
        came = [len(phone.inbox) - n for phone, n in zip(phones, heard, strict=True)]
        assert set(came) <= {1, 2}, f"point {number}: {came}"
        assert set(came) == {1} or kill.struck, f"point {number}: {came}"
        if not kill.struck:
            break

    assert 12 < number < MOST_POINTS - 1
    issued = (await town.dump())["certificates"]
    assert len(issued) == 2 * number
    assert (await town.audit_actions()).count("certificate.issued") == 2 * number
