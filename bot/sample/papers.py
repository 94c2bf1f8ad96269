"""Rows of certificates: signed like real ones, so that they can be checked."""

from datetime import datetime, timedelta
from random import Random

from bot.sample.ledger import Ledger
from bot.sample.luck import pick
from bot.sample.people import Member
from bot.sample.scene import Scene
from bot.services.briefing_rules import valid_until
from bot.services.certificate_code import CertificateClaim
from bot.services.certificate_issuing import Signing
from bot.services.certificate_number import PLAIN_DIGITS, from_plain
from bot.services.shift_times import local_date
from db.models import Certificate
from db.models.certificates import CertificateKind

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MOMENT = timedelta(microseconds=1)
# Whose turn of stories brings which paper: (every how many, from which on).
_TURNS = {
    CertificateKind.BRIEFING: (3, 0),
    CertificateKind.THANKS: (5, 1),
    CertificateKind.TRAINING: (7, 2),
    CertificateKind.SERVICE: (7, 4),
}
_REVOKED_TURN = 6


class PaperMaker:
    """Issues certificates to invented people.

    Args:
        signing: signs codes; nothing is issued before its first day.
        admin_id: who issued them, where there is anybody.
    """

    def __init__(
        self, scene: Scene, ledger: Ledger, now: datetime, signing: Signing, admin_id: int | None
    ) -> None:
        self._scene = scene
        self._ledger = ledger
        self._now = now
        self._signing = signing
        self._admin_id = admin_id

    def papers(self, rng: Random, member: Member, turn: int) -> None:
        """Issue what the member's turn brings."""
        if not member.passes:
            return
        for kind, (every, first) in _TURNS.items():
            if turn % every == first % every:
                self.issue(rng, member, kind, revoked=turn == _REVOKED_TURN)

    def issue(
        self, rng: Random, member: Member, kind: CertificateKind, *, revoked: bool = False
    ) -> None:
        """Issue one certificate, of late or when the briefing was signed."""
        last = member.passes[-1]
        briefing = kind is CertificateKind.BRIEFING
        issued_at = last.signed_at + _HOUR if briefing else self._now - rng.uniform(1, 25) * _DAY
        zone = self._scene.zone
        issued_on = local_date(issued_at, zone)
        if issued_on < self._signing.first_day or issued_at > self._now:
            return
        until = last.valid_until if briefing else self._until(kind, issued_at)
        expires_on = None if until is None else local_date(until - _MOMENT, zone)
        number = from_plain(rng.randrange(10**PLAIN_DIGITS))
        code = self._signing.sign(
            CertificateClaim(
                number=number,
                kind=kind.value,
                issued_on=issued_on,
                expires_on=expires_on,
                service_number=member.service_number,
            )
        )
        reasons = self._scene.words.phrases[member.language].revoked
        basis = None if briefing else self._scene.words.basis[kind.value]
        self._ledger.add(
            Certificate,
            id=self._ledger.number(Certificate),
            number=number,
            once=f"sample-{number}",
            kind=kind,
            person_id=member.person_id,
            holder=member.full_name,
            service_number=member.service_number,
            basis_kk=basis and basis.kk,
            basis_ru=basis and basis.ru,
            issued_on=issued_on,
            expires_on=expires_on,
            code=code,
            qr=self._signing.address(number, code),
            issued_at=issued_at,
            issued_by=self._admin_id,
            replaces_id=None,
            revoked_at=min(issued_at + _DAY, self._now) if revoked else None,
            revoked_by=self._admin_id if revoked else None,
            revoked_reason=pick(rng, reasons) if revoked else "",
        )

    def _until(self, kind: CertificateKind, issued_at: datetime) -> datetime | None:
        months = self._scene.certificates.months.get(kind)
        return None if months is None else valid_until(issued_at, months, self._scene.zone)
