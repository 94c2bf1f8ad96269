"""Every table, imported here so that the metadata is whole whoever asks."""

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
from db.models.inbox import InboxState, InboxUpdate
from db.models.links import Counter, Invite, OneTimeLink
from db.models.operation import Absence, JobRun
from db.models.outbox import Lane, OutboxMessage, OutboxState
from db.models.people import Application, Assistant, Consent, Person
from db.models.shifts import Shift, ShiftCorrection, TrackPoint
from db.models.state import DialogState, MetaEntry

__all__ = [
    "Absence",
    "Activity",
    "ActivityVersion",
    "Application",
    "Assignment",
    "Assistant",
    "Attachment",
    "AuditHead",
    "AuditRecord",
    "Base",
    "BriefingPass",
    "BriefingProgress",
    "BriefingVersion",
    "Certificate",
    "CertificateKey",
    "CertificateOrder",
    "CertificateOrderItem",
    "Consent",
    "Counter",
    "DialogState",
    "Digest",
    "DigestMark",
    "DigestSettings",
    "District",
    "Erasure",
    "FileRemoval",
    "Grant",
    "InboxState",
    "InboxUpdate",
    "Invite",
    "JobRun",
    "Lane",
    "MetaEntry",
    "OneTimeLink",
    "OutboxMessage",
    "OutboxState",
    "Person",
    "PersonKey",
    "QuizAttempt",
    "Shift",
    "ShiftCorrection",
    "TrackPoint",
]
