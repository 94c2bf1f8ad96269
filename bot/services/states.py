"""The states and roles that screens speak of, so that nothing above services looks into ``db``."""

from db.models.activities import VOID, ActivityState, AttachmentKind
from db.models.certificate_orders import OrderState, Refusal
from db.models.digests import DigestKind
from db.models.grants import Role
from db.models.people import ApplicationState, AssistantStatus
from db.models.shifts import CorrectionState, Place, ShiftState

__all__ = [
    "VOID",
    "ActivityState",
    "ApplicationState",
    "AssistantStatus",
    "AttachmentKind",
    "CorrectionState",
    "DigestKind",
    "OrderState",
    "Place",
    "Refusal",
    "Role",
    "ShiftState",
]
