"""Faults put into the database in the middle of a story."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal
from unittest.mock import patch

from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from db.database import Database

_here: ContextVar[object] = ContextVar("_here", default=None)


@contextmanager
def _watching(
    database: Database,
    who: object,
    statement: Callable[..., None],
    commit: Callable[..., None],
) -> Iterator[None]:
    """Have somebody told of statements and commits during the block, where they count as theirs."""
    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    outside = _here.set(who)
    try:
        yield
    finally:
        _here.reset(outside)
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", commit)


class BrokenStatementError(Exception):
    """The fault put in."""


@dataclass
class Fault:
    """Fails the n-th statement or commit, or (n of 0) each statement that holds the words.

    Statements are counted where the fault was put in, and in tasks begun from there: what the bot
    does by the clock all the while, on a slow machine more often, must not move the count.
    """

    number: int = 0
    words: str = ""
    seen: int = 0

    def statement(self, *args: Any) -> None:
        """Meet a statement on its way to the database."""
        self.meet(str(args[2]))

    def commit(self, _connection: Any) -> None:
        """Meet a commit on its way to the database."""
        self.meet("COMMIT")

    def meet(self, statement: str) -> None:
        """Count the statement.

        Raises:
            BrokenStatementError: it is the one to fail.
        """
        if _here.get() is self:
            self.seen += 1
            if self.seen == self.number:
                raise BrokenStatementError(statement)
        if self.words and self.words in statement:
            raise BrokenStatementError(statement)


@contextmanager
def failing(database: Database, fault: Fault) -> Iterator[Fault]:
    """Have the fault in the database during the block."""
    with _watching(database, fault, fault.statement, fault.commit):
        yield fault


class KilledError(BaseException):
    """The process is gone at this point; no handler of errors may live on."""


@dataclass
class Kill:
    """Ends a process at the n-th point of its way, and lets it do nothing afterwards.

    A point is a statement or a commit on its way to the database, and a call to Telegram before
    it is made and after it was answered. Points are counted as those of a ``Fault`` are.
    """

    number: int
    seen: int = 0

    @property
    def struck(self) -> bool:
        """Whether the way was long enough."""
        return self.seen >= self.number

    def point(self, *_: Any) -> None:
        """Pass a point, or die.

        Raises:
            KilledError: this is where the process ends, or ended.
        """
        if _here.get() is self:
            self.seen += 1
            if self.seen >= self.number:
                raise KilledError


@contextmanager
def killing(database: Database, bot: Bot, kill: Kill) -> Iterator[None]:
    """Run the block as a process that is killed; go on after its death."""
    request = bot.session.make_request

    async def watched(*args: Any, **kwargs: Any) -> Any:
        kill.point()
        answer = await request(*args, **kwargs)
        kill.point()
        return answer

    try:
        with (
            _watching(database, kill, kill.point, kill.point),
            patch.object(bot.session, "make_request", watched),
        ):
            yield
    except* KilledError:
        pass


@dataclass
class Trouble:
    """Fails the n-th statement or commit, or the n-th call to Telegram, counted as by ``Fault``.

    Attributes:
        of: ``statement``; ``call``, before it is made; or ``answer``, of a call that was made.
        lasting: whether everything like it fails as well, as long as the block lasts: the same
            statement each time it comes, and every later call.
    """

    number: int
    of: Literal["statement", "call", "answer"]
    lasting: bool = False
    seen: int = 0
    met: str | None = None

    @property
    def struck(self) -> bool:
        """Whether the way was long enough."""
        return self.met is not None

    def statement(self, *args: Any) -> None:
        """Meet a statement on its way to the database."""
        self._meet(str(args[2]))

    def commit(self, _connection: Any) -> None:
        """Meet a commit on its way to the database."""
        # Where none succeeds nothing can be noted: that ends a process, and is no bug of an act.
        if not self.lasting:
            self._meet("COMMIT")

    def _meet(self, statement: str) -> None:
        if self.of != "statement" or _here.get() is not self:
            return
        self.seen += 1
        if self.seen == self.number:
            self.met = statement
        if self.seen == self.number or (self.lasting and self.met == statement):
            # Lasting, it is a bug; once, it is a database that was away for a moment.
            raise BrokenStatementError(statement) if self.lasting else _away(statement)

    def refuses_call(self) -> bool:
        """Count a call to Telegram; tell whether it is to fail."""
        if self.of == "statement" or _here.get() is not self:
            return False
        self.seen += 1
        if self.seen == self.number:
            self.met = "call"
        return self.seen == self.number or (self.lasting and self.struck)


@contextmanager
def losing_commit(database: Database, number: int) -> Iterator[list[int]]:
    """Have the n-th commit of the block done, and its answer lost; yield what is counted.

    Commits are counted as statements are by a ``Fault``.
    """
    dialect = database.engine.sync_engine.dialect
    commit, seen, who = dialect.do_commit, [0], object()

    def lost(connection: Any) -> None:
        commit(connection)
        if _here.get() is who:
            seen[0] += 1
            if seen[0] == number:
                raise dialect.loaded_dbapi.OperationalError("connection lost")

    outside = _here.set(who)
    try:
        with patch.object(dialect, "do_commit", lost):
            yield seen
    finally:
        _here.reset(outside)


def _away(statement: str) -> OperationalError:
    return OperationalError(statement, None, Exception("provoked"))


@contextmanager
def troubling(database: Database, bot: Bot, trouble: Trouble) -> Iterator[None]:
    """Have the trouble during the block."""
    request = bot.session.make_request

    async def troubled(bot: Bot, method: TelegramMethod[Any], *args: Any, **kwargs: Any) -> Any:
        fails = trouble.refuses_call()
        if fails and trouble.of == "call":
            raise TelegramNetworkError(method=method, message="provoked")
        answer = await request(bot, method, *args, **kwargs)
        if fails:
            raise TelegramNetworkError(method=method, message="provoked")
        return answer

    with (
        _watching(database, trouble, trouble.statement, trouble.commit),
        patch.object(bot.session, "make_request", troubled),
    ):
        yield
