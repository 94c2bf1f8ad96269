"""What a scrape asks of the database is cheap, however much was settled before."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from db.database import Database

NOW = datetime(2026, 3, 1, 7, tzinfo=UTC)


async def plan_of(database: Database, question: str) -> str:
    """Return how the database means to answer, the tables being large in its imagination."""
    asked: list[tuple[str, Any]] = []

    def hear(_c: object, _cursor: object, sql: str, given: Any, _ctx: object, _m: bool) -> None:
        asked.append((sql, given))

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        async with database.reading() as uow:
            match question:
                case "waiting":
                    await uow.outbox.count_waiting(NOW)
                case "oldest":
                    await uow.outbox.oldest_due(NOW)
                case "unfinished":
                    await uow.inbox.count_unfinished()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    ((sql, given),) = asked
    explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    async with database.engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        found = await connection.exec_driver_sql(f"{explain} {sql}", given)
        return "\n".join(str(row) for row in found)


@pytest.mark.parametrize(
    ("question", "indexes"),
    [
        ("waiting", ["ix_outbox_due"]),
        ("oldest", ["ix_outbox_due", "ix_outbox_person_id"]),
        ("unfinished", ["ix_inbox_unfinished"]),
    ],
)
async def test_a_scrape_reads_indexes_of_what_is_open(
    database: Database, question: str, indexes: list[str]
) -> None:
    plan = await plan_of(database, question)

    for index in indexes if "SEARCH" in plan or "SCAN" in plan else indexes[:1]:
        # PostgreSQL, which goes by the size of the tables, may scan a small index within a large.
        assert index in plan, plan
