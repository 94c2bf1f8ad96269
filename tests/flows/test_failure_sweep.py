"""Each statement and each call to Telegram of an act fails in turn: once, and again and again.

Goal of `faults.md` §4: every n of a write path, and no invariant broken.
"""

from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.content import Content
from bot.services import audit
from db.models.inbox import UNFINISHED, InboxState, InboxUpdate
from sandbox.model import Json
from tests.breaking import BrokenStatementError, Trouble, losing_commit, troubling
from tests.briefings import QUESTIONS, small, with_briefings
from tests.flows.acts import Act, Heard, answering, approving, ending, saving, starting
from tests.town import Town

pytestmark = [pytest.mark.own_trouble, pytest.mark.usefixtures("sound_in_the_end")]

MOST = 60
BEGIN = [starting, ending, answering, saving, approving]
Begin = Callable[[Town], Awaitable[Act]]


@pytest.fixture
def content() -> Content:
    # A story needs as many answers as there are points.
    return with_briefings(small(tries=10, questions_drawn=QUESTIONS))


async def held(town: Town, act: Act) -> Json:
    await act.prepare()
    with town.held_back():
        await act.do()
    [update] = town.telegram.take_updates()
    return update


async def in_inbox(town: Town, update: Json) -> InboxUpdate:
    async with town.database.reading() as uow:
        row = await uow.session.get(InboxUpdate, update["update_id"])
    assert row is not None
    return row


def assert_told(act: Act, heard: Heard, row: InboxUpdate, where: str) -> None:
    """The person is told what came of it; whoever else is to know, once, and only if it is done."""
    at, words = row.effected_at, f"{where}: {heard.words}"
    assert heard.words, where
    assert heard.says_nothing_saved() == (at is None), words
    # Where only the answer broke: they hear that it is saved, and not that it is not.
    assert row.state is InboxState.DONE or at is None or heard.says_saved(at), words
    assert act.noticed is None or act.noticed() == (at is not None), where


async def is_sound(town: Town) -> None:
    async with town.database.reading() as uow:
        unfinished = sa.select(sa.func.count()).where(InboxUpdate.state.in_(UNFINISHED))
        assert await uow.session.scalar(unfinished) == 0
    assert (await audit.verify(town.database)).problem is None


@pytest.mark.parametrize("of", ["statement", "call", "answer"])
@pytest.mark.parametrize("begin", BEGIN)
async def test_b4_c12_what_fails_once_is_mended_without_a_trace(
    town: Town, begin: Begin, of: str
) -> None:
    act = await begin(town)
    for number in range(1, MOST):
        update = await held(town, act)
        before, heard = await act.done(), Heard(town, act.phone)
        trouble = Trouble(number, of)  # type: ignore[arg-type]

        with capture_logs(), troubling(town.database, town.app.bot, trouble):
            await receive_again_and_again(town, update)
        await town.settle()

        assert await act.done() == before + 1, f"{of} {number}"
        row = await in_inbox(town, update)
        assert_told(act, heard, row, f"{of} {number}")
        assert (row.state, bool(row.effected_at)) == (InboxState.DONE, True), f"{of} {number}"
        if not trouble.struck:
            break

    assert 2 <= number < MOST - 1, "the sweep met no way of an act, or no end of it"
    await is_sound(town)


@pytest.mark.parametrize("begin", BEGIN)
async def test_b4_what_a_commit_has_done_is_found_where_its_answer_was_lost(
    town: Town, begin: Begin
) -> None:
    act = await begin(town)
    for number in range(1, MOST):
        update = await held(town, act)
        before, heard = await act.done(), Heard(town, act.phone)

        with capture_logs(), losing_commit(town.database, number) as seen:
            await receive_again_and_again(town, update)
            # What a lost answer has left here is nobody's, and is taken again at once.
            await town.app.intake._sweep()
            await town.app.intake.idle()
        await town.settle()

        assert await act.done() == before + 1, f"commit {number}"
        row = await in_inbox(town, update)
        assert_told(act, heard, row, f"commit {number}")
        assert (row.state, bool(row.effected_at)) == (InboxState.DONE, True), f"commit {number}"
        assert not heard.says_refused(), f"commit {number}: {heard.words}"
        if seen[0] < number:
            break

    assert 3 <= number < MOST - 1, "the sweep met no way of an act, or no end of it"
    await is_sound(town)


async def receive_again_and_again(town: Town, update: Json) -> None:
    """Hand the update over as Telegram does: again, when it could not be stored."""
    for _ in range(2):
        try:
            await town.receive([update])
        except sa.exc.OperationalError:
            continue
        return


@pytest.mark.parametrize("begin", BEGIN)
async def test_b4_what_fails_again_and_again_is_done_whole_or_not_at_all(
    town: Town, begin: Begin
) -> None:
    act = await begin(town)
    for number in range(1, MOST):
        update = await held(town, act)
        before, heard = await act.done(), Heard(town, act.phone)
        journal = len(await town.audit_actions())
        trouble = Trouble(number, "statement", lasting=True)

        with capture_logs(), troubling(town.database, town.app.bot, trouble):
            try:
                await town.receive([update])
            except BrokenStatementError:
                continue  # Telegram hears of it, and repeats the update
        await town.settle()

        done, stored = await act.done() - before, await in_inbox(town, update)
        assert done == bool(stored.effected_at), f"statement {number}"
        # An act without its record does not happen, nor a record without its act.
        assert (len(await town.audit_actions()) > journal) == bool(done) or act.leaves_no_record
        assert_told(act, heard, stored, f"statement {number}")
        if not trouble.struck:
            break

    assert 2 <= number < MOST - 1, "the sweep met no way of an act, or no end of it"
    await is_sound(town)


@pytest.mark.parametrize("begin", BEGIN)
async def test_c12_an_act_is_told_in_the_end_when_telegram_takes_nothing(
    town: Town, begin: Begin
) -> None:
    act = await begin(town)
    for number in range(1, MOST):
        update = await held(town, act)
        before, heard = await act.done(), Heard(town, act.phone)
        trouble = Trouble(number, "call", lasting=True)

        with capture_logs(), troubling(town.database, town.app.bot, trouble):
            await town.receive([update])
        town.clock.tick(minutes=1)
        await town.settle()

        assert await act.done() == before + 1, f"call {number}"
        assert_told(act, heard, await in_inbox(town, update), f"call {number}")
        if not trouble.struck:
            break

    assert 2 <= number < MOST - 1
    await is_sound(town)
