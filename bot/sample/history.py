"""All rows of one invented history, person by person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from bot.sample.briefed import Passed
from bot.sample.cast import SERVING, Part, Sizes, Story
from bot.sample.duties import DutyMaker
from bot.sample.ledger import Ledger
from bot.sample.papers import PaperMaker
from bot.sample.people import Member, PeopleMaker
from bot.sample.scene import Scene
from bot.sample.stays import stays
from bot.sample.work import WorkMaker
from bot.services.certificate_issuing import Signing
from bot.services.people import Me
from bot.services.shift_times import local_date
from db.models.certificates import CertificateKind
from db.models.people import ApplicationState

_DAY = timedelta(days=1)
_DISTRICTS_OF_A_COORDINATOR = 4
_ASSISTANTS_OF_AN_APPLICANT = 10
_APPLICATIONS = (
    ApplicationState.PENDING,
    ApplicationState.PENDING,
    ApplicationState.REJECTED,
    ApplicationState.PENDING,
    ApplicationState.WITHDRAWN,
    ApplicationState.DRAFT,
)
# Entries of a day of somebody the history is shown to.
_LEADS_PACE = 1.6


class History:
    """Makes rows into its ledger.

    Args:
        sequence: the first service number that is free.
        admin_id: who issued certificates, where there is anybody.
        coordinators: by district; ``add_coordinators`` makes those that lack.
    """

    def __init__(
        self,
        scene: Scene,
        sizes: Sizes,
        now: datetime,
        ledger: Ledger,
        *,
        sequence: int,
        signing: Signing,
        admin_id: int | None,
        coordinators: dict[str, int],
    ) -> None:
        self.ledger = ledger
        self._scene = scene
        self._sizes = sizes
        self._now = now
        self._sequence = sequence
        self._coordinators = coordinators
        self._people = PeopleMaker(scene, ledger, now, coordinators)
        self._work = WorkMaker(scene, ledger, now, coordinators)
        self._duties = DutyMaker(scene, ledger, now, coordinators)
        self._papers = PaperMaker(scene, ledger, now, signing, admin_id)

    def add_coordinators(self, districts: Sequence[str], since: datetime) -> None:
        """Make somebody for every few districts that nobody looks after."""
        for first in range(0, len(districts), _DISTRICTS_OF_A_COORDINATOR):
            group = districts[first : first + _DISTRICTS_OF_A_COORDINATOR]
            person_id = self._people.coordinator(self._rng("coordinator", first), group, since)
            self._coordinators.update(dict.fromkeys(group, person_id))

    def assistant(self, part: Part, quota: int) -> None:
        """Make an assistant with all their work."""
        rng = self._rng("assistant", part.number)
        member = self._people.assistant(rng, part, self._sequence + part.number)
        if member.passes and (quota or part.on_duty or part.early):
            shifts = stays(self._scene, part, quota, rng, self._now)
            self._work.work(rng, member, shifts, turn=part.turn)
        if part.story in SERVING:
            self._duties.ahead(member)
        self._papers.papers(rng, member, part.turn)

    def lead(self, me: Me) -> None:
        """Give somebody who is there already a past that ended yesterday."""
        if me.assistant is None or me.passed is None:
            return
        member = Member(
            me.person_id,
            me.full_name or "",
            me.language or self._scene.languages[0],
            me.assistant.service_number,
            me.assistant.district,
            [Passed(me.passed.pass_id, me.passed.signed_at, me.passed.valid_until)],
        )
        zone, rng = self._scene.zone, self._rng("lead", me.person_id)
        today, since = local_date(self._now, zone), local_date(me.passed.signed_at, zone) + _DAY
        part = Part(
            number=0,
            district=member.district,
            rank=0,
            story=Story.ORDINARY,
            first_day=max(since, today - self._sizes.days * _DAY),
            last_day=today - _DAY,
            on_duty=False,
            early=False,
            forgetful=False,
            vigour=1.0,
        )
        shifts = stays(self._scene, part, round(part.days * _LEADS_PACE), rng, self._now)
        worked = [number for number, shift in enumerate(shifts) if shift.entries]
        self._work.work(rng, member, shifts, returned=worked[-2] if worked[1:] else None)
        self._duties.ahead(member)
        for kind in (CertificateKind.BRIEFING, CertificateKind.THANKS):
            self._papers.issue(rng, member, kind)

    def applicants(self) -> None:
        """Make people who wait for a decision, and some who were refused or gave up."""
        count = -(-self._sizes.assistants // _ASSISTANTS_OF_AN_APPLICANT)
        states, districts = cycle(_APPLICATIONS), cycle(self._scene.wheel)
        for number, state, district in zip(range(count), states, districts, strict=False):
            self._people.applicant(self._rng("applicant", number), district, state)

    def _rng(self, what: str, number: int) -> Random:
        # By the numbers that are given out: a second history is another one.
        return Random(f"{self._sizes.seed} {what} {self._sequence} {number}")  # noqa: S311
