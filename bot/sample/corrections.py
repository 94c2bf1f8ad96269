"""Rows of corrections: what was asked for after a shift, and what a coordinator stated."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.sample.ledger import Ledger
from bot.sample.luck import pick, whole
from bot.sample.people import Member
from bot.sample.scene import Scene
from bot.sample.stays import Stay
from db.models import ShiftCorrection
from db.models.shifts import CorrectionState, ShiftState

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
# So many shifts are corrected; of the last days some requests still wait.
_CORRECTED = 0.04
_LATELY = timedelta(days=3)
_DECIDED = (
    CorrectionState.APPROVED,
    CorrectionState.APPROVED,
    CorrectionState.REJECTED,
    CorrectionState.WITHDRAWN,
)


class CorrectionWriter:
    """Writes the corrections of shifts."""

    def __init__(
        self, scene: Scene, ledger: Ledger, now: datetime, coordinators: Mapping[str, int]
    ) -> None:
        self._phrases = scene.words.phrases
        self._ledger = ledger
        self._now = now
        self._coordinators = coordinators

    def write(self, rng: Random, member: Member, shift_id: int, stay: Stay) -> None:
        """Write what was corrected in the shift, if anything was."""
        if stay.state is not ShiftState.CLOSED:
            return
        row = self._settled(rng, member, stay) if stay.closed_at else self._asked(rng, member, stay)
        if row is not None:
            self._ledger.add(
                ShiftCorrection,
                id=self._ledger.number(ShiftCorrection),
                shift_id=shift_id,
                old_started_at=stay.started_at,
                started_at=stay.started_at,
                **row,
            )

    def _settled(self, rng: Random, member: Member, stay: Stay) -> dict[str, Any]:
        """Return the end that a coordinator stated of a forgotten shift, without words."""
        assert stay.closed_at is not None  # noqa: S101 - the caller looks
        at = min(stay.closed_at + rng.uniform(1, 20) * _HOUR, self._now)
        coordinator = self._coordinators[member.district]
        return {
            "state": CorrectionState.APPROVED,
            "old_ended_at": stay.closed_at,
            "ended_at": stay.worked_until,
            "reason": "",
            "asked_at": at,
            "asked_by": coordinator,
            "decided_at": at,
            "decided_by": coordinator,
            "decision_reason": "",
        }

    def _asked(self, rng: Random, member: Member, stay: Stay) -> dict[str, Any] | None:
        """Return what the person asked for, and what was decided; seldom anything."""
        asked_at = stay.worked_until + rng.uniform(0.2, 8) * _HOUR
        if rng.random() >= _CORRECTED or asked_at > self._now:
            return None
        waits = self._now - asked_at < _LATELY
        state = CorrectionState.PENDING if waits else pick(rng, _DECIDED)
        other = stay.worked_until - whole(rng, 1, 30) * _MINUTE
        approved = state is CorrectionState.APPROVED
        own = state is CorrectionState.WITHDRAWN
        phrases = self._phrases[member.language]
        refused = pick(rng, phrases.rejected) if state is CorrectionState.REJECTED else ""
        decider = member.person_id if own else self._coordinators[member.district]
        return {
            "state": state,
            "old_ended_at": other if approved else stay.worked_until,
            "ended_at": stay.worked_until if approved else other,
            "reason": pick(rng, phrases.corrections),
            "asked_at": asked_at,
            "asked_by": member.person_id,
            "decided_at": None if waits else min(asked_at + 10 * _HOUR, self._now),
            "decided_by": None if waits else decider,
            "decision_reason": refused,
        }
