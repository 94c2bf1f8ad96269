"""The chain of the journal: the hash of a record, and the check that nothing was changed since.

A plain chain has two holes: a tail cut off, and everything stamped anew from some record on. A
checkpoint (count and hash of the last record) that was kept elsewhere closes both.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from db.database import Database
from db.repositories.audit import StoredRecord

GENESIS = "0" * 64
# One encoder for all: json.dumps would build another for every record.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Checkpoint:
    """What the journal was at some moment: how many records, and the hash of the last."""

    count: int
    head: str

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Return the checkpoint written as COUNT:HEAD.

        Raises:
            ValueError: the text is something else.
        """
        count, _, head = text.strip().partition(":")
        if not (count.isascii() and count.isdecimal() and len(head) == len(GENESIS)):
            raise ValueError("a checkpoint is COUNT:HEAD, a number and 64 hexadecimal digits")
        return cls(int(count), head.lower())

    def __str__(self) -> str:
        return f"{self.count}:{self.head}"


@dataclass(frozen=True)
class AuditReport:
    """What a check found: how far the chain is whole, and the first thing wrong after that."""

    count: int
    head: str
    first_bad_seq: int | None = None
    problem: str | None = None

    @property
    def checkpoint(self) -> Checkpoint:
        """What to keep elsewhere and to compare a later check with."""
        return Checkpoint(self.count, self.head)


def chain_hash(record: StoredRecord) -> str:
    """Return SHA-256, in hexadecimal digits, over every column of a record but `hash` itself.

    The columns are one JSON array.
    """
    return sha256(_JSON.encode(record[:-1]).encode()).hexdigest()


class _Walk:
    """The chain as far as it is whole; `problem` is what stopped it, at number `bad`."""

    def __init__(self, checkpoint: Checkpoint | None) -> None:
        self.count = 0
        self.head = GENESIS
        self.problem: str | None = None
        self.bad: int | None = None
        self._checkpoint = checkpoint

    def follow(self, records: Iterable[StoredRecord]) -> None:
        """Go on until the records end or one of them is wrong."""
        for record in records:
            problem = self._problem_of(record)
            if problem:
                self.stop(self.count + 1, problem)
                return
            self.count, self.head = record.seq, record.hash

    def _problem_of(self, record: StoredRecord) -> str | None:
        if record.seq != self.count + 1:
            return f"record {self.count + 1} is missing, {record.seq} stands in its place"
        if record.prev_hash != self.head:
            return f"record {record.seq} does not follow the one before it"
        if chain_hash(record) != record.hash:
            return f"record {record.seq} was changed"
        kept = self._checkpoint
        if kept is not None and kept.count == record.seq and kept.head != record.hash:
            return f"the first {kept.count} records are not those of the checkpoint"
        return None

    def end(self, count: int, head: str) -> None:
        """Compare the end with the head row and with the checkpoint."""
        kept = self._checkpoint
        if kept is not None and self.count < kept.count:
            self.stop(self.count + 1, f"the checkpoint knows {kept.count} records, the rest is cut")
        elif self.count < count:
            self.stop(self.count + 1, f"the head row knows {count} records, the rest is cut")
        elif self.count > count:
            self.stop(count + 1, f"the head row knows {count} records, others were added")
        elif self.head != head:
            self.stop(count, "the head row was changed")

    def stop(self, seq: int, problem: str) -> None:
        """Remember what is wrong, and at which number."""
        self.bad, self.problem = seq, problem

    def report(self) -> AuditReport:
        """Return what was found so far."""
        return AuditReport(self.count, self.head, self.bad, self.problem)


async def verify(database: Database, *, checkpoint: Checkpoint | None = None) -> AuditReport:
    """Read the whole journal and report the first thing that is wrong with it.

    Without a checkpoint two things cannot be seen: a tail cut off together with the head row, and
    a chain stamped anew.
    """
    walk = _Walk(checkpoint)
    async with database.reading() as uow:
        async for records in uow.audit.stream():
            walk.follow(records)
            if walk.problem:
                return walk.report()
        head = await uow.audit.find_head()
    if head is None:
        walk.stop(walk.count + 1, "the head row is missing")
    else:
        walk.end(head.count, head.hash)
    return walk.report()
