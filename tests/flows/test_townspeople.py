"""People who are put into a town at once have the same behind them as those who went the way."""

from typing import Any

import sqlalchemy as sa

from db.models import Base
from db.models.audit import AuditRecord
from db.models.briefings import BriefingPass, BriefingProgress, QuizAttempt
from db.models.grants import Grant
from db.models.people import Application, Assistant
from tests.flows import briefed
from tests.phone import Phone
from tests.town import Town

_MODELS: tuple[type[Base], ...] = (
    Application,
    Assistant,
    Grant,
    BriefingProgress,
    QuizAttempt,
    BriefingPass,
)
# What no two people have in common: numbers, moments, and what the quiz asked them.
_OWN = ("id", "person_id", "attempt_id", "service_number", "questions", "answers")


async def test_an_assistant_who_is_put_there_is_like_one_who_went_the_way(town: Town) -> None:
    coordinator = await town.coordinator()
    walked = await town.applicant()
    await coordinator.choose("application-approve")
    await briefed.pass_all(town, walked)

    placed = await town.briefed_assistant(name="Образцова Дана")

    assert await _behind(town, placed) == await _behind(town, walked)


async def _behind(town: Town, phone: Phone) -> dict[str, Any]:
    me = await town.me(phone)
    assert me.application is not None
    async with town.database.reading() as uow:
        rows: dict[str, Any] = {}
        for model in _MODELS:
            found = await uow.session.scalars(
                sa.select(model).where(model.__table__.c.person_id == me.person_id)
            )
            rows[model.__name__] = [_shared(each) for each in found]
        records = await uow.session.scalars(sa.select(AuditRecord).order_by(AuditRecord.seq))
        rows["journal"] = [
            (each.action, sorted(each.before or {}), sorted(each.after or {}))
            for each in records
            if (each.subject, each.subject_id)
            in (("person", str(me.person_id)), ("application", str(me.application.id)))
            or (each.after or {}).get("person") == me.person_id
        ]
    return rows


def _shared(row: Base) -> dict[str, Any]:
    return {
        column.key: getattr(row, column.key)
        for column in row.__table__.columns
        if column.key not in _OWN and not column.key.endswith(("_at", "_by", "_until"))
    }
