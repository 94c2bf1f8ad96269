"""What is personal: whose the rows of each table are, and what is left of them after an erasure.

One table for giving people their data and for erasing them, so that neither forgets what the other
knows. A test holds every table and every column of words, places and accounts to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from db.models.activities import Activity, ActivityVersion, Attachment
from db.models.assignments import Assignment
from db.models.audit import AuditHead, AuditRecord, PersonKey
from db.models.base import Base
from db.models.briefings import BriefingPass, BriefingProgress, BriefingVersion, QuizAttempt
from db.models.certificate_orders import CertificateOrder, CertificateOrderItem
from db.models.certificates import Certificate, CertificateKey
from db.models.digests import Digest, DigestMark, DigestSettings
from db.models.districts import District
from db.models.erasures import Erasure, FileRemoval
from db.models.grants import Grant
from db.models.inbox import InboxUpdate
from db.models.links import Counter, Invite, OneTimeLink
from db.models.operation import Absence, JobRun
from db.models.outbox import OutboxMessage
from db.models.people import Application, Assistant, Consent, Person
from db.models.shifts import Shift, ShiftCorrection, TrackPoint
from db.models.state import DialogState, MetaEntry


@dataclass(frozen=True, slots=True)
class Owner:
    """The person; ``number`` is what stands in place of the name afterwards."""

    person_id: int
    telegram_id: int | None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """How the rows of one table belong to people.

    Attributes:
        owned: which rows are the owner's.
        goes: whether the rows are deleted.
        clears: what the columns hold afterwards, of rows that stay.
        rewrites: columns whose words are taken out, codes and numbers staying.
        stays: columns of words that tell of nobody: codes, numbers, hashes.
        untold: columns that are not given out: secrets, and doings of the house.
    """

    owned: Callable[[Owner], ColumnElement[bool]]
    goes: bool = False
    clears: Mapping[str, object] = field(default_factory=dict)
    rewrites: frozenset[str] = frozenset()
    stays: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()


class _Number:
    """Stands for the service number of the person."""


NUMBER = _Number()


def _by(column: sa.orm.InstrumentedAttribute[int]) -> Callable[[Owner], ColumnElement[bool]]:
    return lambda owner: column == owner.person_id


def _of_shift(column: sa.orm.InstrumentedAttribute[int]) -> Callable[[Owner], ColumnElement[bool]]:
    return lambda owner: column.in_(sa.select(Shift.id).where(Shift.person_id == owner.person_id))


def _of_entry(owner: Owner) -> ColumnElement[bool]:
    own = sa.select(Activity.id).where(Activity.person_id == owner.person_id)
    return ActivityVersion.activity_id.in_(own)


def _of_chat(owner: Owner) -> ColumnElement[bool]:
    # A key holds the chat and the person, which are one number in a private chat.
    if owner.telegram_id is None:
        return sa.false()
    return DialogState.key.contains(f":{owner.telegram_id}:{owner.telegram_id}:", autoescape=True)


def _heard(owner: Owner) -> ColumnElement[bool]:
    # One that is answered tells of nobody, as will the one in work, which asks for the erasure.
    return sa.and_(InboxUpdate.lane == owner.telegram_id, InboxUpdate.settled_at.is_not(None))


PERSONAL: dict[type[Base], Personal] = {
    Person: Personal(
        _by(Person.id),
        clears={
            "telegram_id": None,
            "language": None,
            "full_name": NUMBER,
            "name_key": None,
            "phone": None,
            "blocked_at": None,
        },
        untold=frozenset({"name_key"}),
    ),
    Consent: Personal(
        _by(Consent.person_id), stays=frozenset({"version", "language", "text_sha256"})
    ),
    Assistant: Personal(
        _by(Assistant.person_id),
        clears={"status_reason": ""},
        stays=frozenset({"service_number", "district_code"}),
    ),
    Application: Personal(
        _by(Application.person_id), clears={"reason": ""}, stays=frozenset({"district_code"})
    ),
    Grant: Personal(_by(Grant.person_id), stays=frozenset({"district_code"})),
    BriefingProgress: Personal(_by(BriefingProgress.person_id), stays=frozenset({"version"})),
    QuizAttempt: Personal(
        _by(QuizAttempt.person_id), stays=frozenset({"version", "questions", "answers"})
    ),
    BriefingPass: Personal(
        _by(BriefingPass.person_id),
        stays=frozenset({"version", "language", "undertaking_sha256", "notified_version"}),
    ),
    Shift: Personal(
        _by(Shift.person_id),
        clears=dict.fromkeys(
            (
                *("start_lat", "start_lon", "start_accuracy_m"),
                *("end_lat", "end_lon", "end_accuracy_m", "card_message_id"),
            )
        ),
        stays=frozenset({"district_code", "track_m"}),
    ),
    Assignment: Personal(_by(Assignment.person_id), stays=frozenset({"district_code"})),
    ShiftCorrection: Personal(
        _of_shift(ShiftCorrection.shift_id), clears={"reason": "", "decision_reason": ""}
    ),
    TrackPoint: Personal(_of_shift(TrackPoint.shift_id), goes=True),
    Activity: Personal(
        _by(Activity.person_id),
        rewrites=frozenset({"fields"}),
        stays=frozenset({"district_code", "kind", "category", "once_key"}),
        untold=frozenset({"once_key"}),
    ),
    ActivityVersion: Personal(
        _of_entry,
        clears={"reason": ""},
        rewrites=frozenset({"fields"}),
        stays=frozenset({"kind"}),
    ),
    Attachment: Personal(_by(Attachment.person_id), goes=True),
    Certificate: Personal(
        _by(Certificate.person_id),
        clears={
            "holder": Certificate.service_number,
            "basis_kk": None,
            "basis_ru": None,
            "revoked_reason": "",
        },
        stays=frozenset({"number", "once", "service_number", "code", "qr"}),
        untold=frozenset({"once"}),
    ),
    CertificateOrder: Personal(
        _by(CertificateOrder.person_id),
        clears={"basis_kk": None, "basis_ru": None, "message_id": None},
        stays=frozenset({"once", "shown"}),
        untold=frozenset({"once"}),
    ),
    CertificateOrderItem: Personal(
        lambda owner: CertificateOrderItem.person_id == owner.person_id,
        stays=frozenset({"number"}),
    ),
    Invite: Personal(
        _by(Invite.created_by),
        stays=frozenset({"code", "once_key", "district_code"}),
        untold=frozenset({"once_key"}),
    ),
    OneTimeLink: Personal(
        lambda owner: OneTimeLink.person_id == owner.person_id,
        stays=frozenset({"secret_sha256"}),
        untold=frozenset({"secret_sha256"}),
    ),
    DigestSettings: Personal(_by(DigestSettings.person_id), goes=True),
    Digest: Personal(
        _by(Digest.person_id),
        clears={"message_id": None},
        stays=frozenset({"district_code", "figures"}),
    ),
    DigestMark: Personal(_by(DigestMark.person_id)),
    OutboxMessage: Personal(_by(OutboxMessage.person_id), goes=True, untold=frozenset({"args"})),
    InboxUpdate: Personal(
        _heard, goes=True, untold=frozenset({"payload", "taken_by", "reference", "error"})
    ),
    DialogState: Personal(_of_chat, goes=True),
    PersonKey: Personal(_by(PersonKey.person_id), goes=True, untold=frozenset({"key"})),
    Erasure: Personal(_by(Erasure.person_id)),
}

# The journal is sealed: erasing the key erases its words, and it is given out opened.
IMPERSONAL: frozenset[type[Base]] = frozenset(
    {
        Absence,
        AuditHead,
        AuditRecord,
        BriefingVersion,
        CertificateKey,
        Counter,
        District,
        FileRemoval,
        JobRun,
        MetaEntry,
    }
)


def table_of(model: type[Base]) -> sa.Table:
    """Return the table of a model."""
    return Base.metadata.tables[model.__tablename__]


def told_columns(model: type[Base], personal: Personal) -> list[sa.Column[Any]]:
    """Return the columns given out to their owner: no secrets, and nobody else's number."""
    owner = {"person_id", "id"}
    return [
        column
        for column in table_of(model).columns
        if column.name not in personal.untold
        and (
            column.name in owner
            or not any(key.column.table.name == "people" for key in column.foreign_keys)
        )
    ]
