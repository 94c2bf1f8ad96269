"""Rows of invented people: who they are, how they joined, where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bot.sample.briefed import BriefingMaker, Passed, signings
from bot.sample.cast import TRAINEES, Part, Story
from bot.sample.ledger import Ledger
from bot.sample.luck import pick, pick_weighted
from bot.sample.scene import Scene
from bot.services.service_number import format_number
from bot.services.wording import name_key
from db.models import Application, Assistant, Consent, DigestSettings, Grant, Person
from db.models.grants import Role
from db.models.people import ApplicationState, AssistantStatus

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_WOMEN = 0.45
_BLOCKED = 0.03
# How many hours ago a trainee was approved.
_TRAINEES_HOURS = {
    Story.READING: (110, 220),
    Story.PAUSED: (30, 60),
    Story.APPROVED: (3, 40),
}


@dataclass(frozen=True, slots=True)
class Member:
    """An assistant whose rows are there: what is needed to tell of their work."""

    person_id: int
    full_name: str
    language: str
    service_number: str
    district: str
    passes: Sequence[Passed]


class PeopleMaker:
    """Makes people of a scene.

    Args:
        now: the moment the history ends at.
        coordinators: who decides in each district.
    """

    def __init__(
        self, scene: Scene, ledger: Ledger, now: datetime, coordinators: Mapping[str, int]
    ) -> None:
        self._scene = scene
        self._ledger = ledger
        self._now = now
        self._coordinators = coordinators
        self._briefings = BriefingMaker(scene, ledger, now)

    def name(self, rng: Random) -> tuple[str, str]:
        """Return a language and a full name of that language."""
        scene = self._scene
        language = pick_weighted(rng, scene.languages, scene.languages_to)
        names = scene.words.names[language]
        woman = rng.random() < _WOMEN
        surname = pick(rng, names.surnames)[woman]
        return language, f"{surname} {pick(rng, names.women if woman else names.men)}"

    def coordinator(self, rng: Random, districts: Sequence[str], since: datetime) -> int:
        """Make a coordinator of the districts, who wants no digests, and return their id."""
        person_id, _, _ = self._person(rng, since - _DAY)
        for district in districts:
            self._grant(person_id, Role.COORDINATOR, district, given_at=since)
            self._ledger.add(
                DigestSettings,
                person_id=person_id,
                district_code=district,
                at_minute=20 * 60,
                days=0,
                quiet=False,
                weekly=False,
                monthly=False,
            )
        return person_id

    def applicant(self, rng: Random, district: str, state: ApplicationState) -> None:
        """Make somebody who wanted to be an assistant and is none."""
        hours = rng.uniform(3, 70) if state is ApplicationState.PENDING else rng.uniform(80, 400)
        asked_at = self._now - hours * _HOUR
        person_id, language, _ = self._person(rng, asked_at - 7 * _MINUTE)
        sent = None if state is ApplicationState.DRAFT else asked_at
        rejected = state is ApplicationState.REJECTED
        self._application(
            person_id,
            district,
            state,
            asked_at=asked_at,
            submitted_at=sent,
            decided_at=asked_at + 20 * _HOUR if rejected else None,
            decided_by=self._coordinators[district] if rejected else None,
            reason=pick(rng, self._scene.words.phrases[language].refused) if rejected else "",
        )

    def assistant(self, rng: Random, part: Part, sequence: int) -> Member:
        """Make an assistant, with the briefings that their work needs."""
        scene, now = self._scene, self._now
        opens = self._midnight(part.first_day)
        closes = min(self._midnight(part.last_day + _DAY), now)
        if part.story in TRAINEES:
            signed: list[datetime] = []
            approved_at = now - rng.uniform(*_TRAINEES_HOURS[part.story]) * _HOUR
        else:
            signed = signings(scene, part, rng, opens=opens, closes=closes, now=now)
            approved_at = signed[0] - rng.uniform(3, 40) * _HOUR
        asked_at = approved_at - rng.uniform(2, 50) * _HOUR
        person_id, language, name = self._person(rng, asked_at - 7 * _MINUTE)
        coordinator = self._coordinators[part.district]
        self._application(
            person_id,
            part.district,
            ApplicationState.APPROVED,
            asked_at=asked_at,
            submitted_at=asked_at,
            decided_at=approved_at,
            decided_by=coordinator,
            reason="",
        )
        number = format_number(scene.number_prefix, sequence)
        left_at = self._standing(
            rng,
            part,
            person_id=person_id,
            language=language,
            number=number,
            since=signed[0] if signed else approved_at,
        )
        self._grant(
            person_id,
            Role.ASSISTANT,
            part.district,
            given_at=approved_at,
            given_by=coordinator,
            revoked_at=left_at,
        )
        if not signed:
            self._briefings.under_way(rng, person_id, part.story, approved_at)
            return Member(person_id, name, language, number, part.district, ())
        passes = self._briefings.passed(rng, person_id, language, signed)
        return Member(person_id, name, language, number, part.district, passes)

    def _standing(
        self,
        rng: Random,
        part: Part,
        *,
        person_id: int,
        language: str,
        number: str,
        since: datetime,
    ) -> datetime | None:
        """Write the status; return when they left, if they did."""
        phrases = self._scene.words.phrases[language]
        status, reason, at = AssistantStatus.ACTIVE, "", since
        if part.story in TRAINEES:
            status = AssistantStatus.TRAINEE
        elif part.story in (Story.SUSPENDED, Story.DISMISSED):
            at = min(self._midnight(part.last_day + _DAY) + rng.uniform(9, 17) * _HOUR, self._now)
            status = AssistantStatus(part.story.value)
            gone = part.story is Story.DISMISSED
            reason = pick(rng, phrases.dismissed if gone else phrases.suspended)
        self._ledger.add(
            Assistant,
            person_id=person_id,
            service_number=number,
            district_code=part.district,
            status=status,
            status_reason=reason,
            status_at=at,
        )
        return at if status is AssistantStatus.DISMISSED else None

    def _person(self, rng: Random, created_at: datetime) -> tuple[int, str, str]:
        """Make somebody who has agreed and said their name; return id, language and name.

        They have no account of Telegram, so nobody is ever written to in vain.
        """
        person_id = self._ledger.number(Person)
        language, name = self.name(rng)
        self._ledger.add(
            Person,
            id=person_id,
            telegram_id=None,
            language=language,
            full_name=name,
            name_key=name_key(name),
            # Of no network: the numbers of Kazakhstan go on with 6 or 7.
            phone=f"+7000{person_id:07d}",
            blocked_at=created_at if rng.random() < _BLOCKED else None,
            created_at=created_at,
        )
        self._ledger.add(
            Consent,
            id=self._ledger.number(Consent),
            person_id=person_id,
            version=self._scene.consent_version,
            language=language,
            text_sha256=self._scene.consents[language],
            given_at=created_at + _MINUTE,
        )
        return person_id, language, name

    def _application(
        self,
        person_id: int,
        district: str,
        state: ApplicationState,
        *,
        asked_at: datetime,
        submitted_at: datetime | None,
        decided_at: datetime | None,
        decided_by: int | None,
        reason: str,
    ) -> None:
        self._ledger.add(
            Application,
            id=self._ledger.number(Application),
            person_id=person_id,
            district_code=district,
            invite_id=None,
            state=state,
            created_at=asked_at - 5 * _MINUTE,
            submitted_at=submitted_at,
            decided_at=decided_at,
            decided_by=decided_by,
            reason=reason,
        )

    def _grant(
        self,
        person_id: int,
        role: Role,
        district: str,
        *,
        given_at: datetime,
        given_by: int | None = None,
        revoked_at: datetime | None = None,
    ) -> None:
        self._ledger.add(
            Grant,
            id=self._ledger.number(Grant),
            person_id=person_id,
            role=role,
            district_code=district,
            given_at=given_at,
            given_by=given_by,
            revoked_at=revoked_at,
            revoked_by=None if revoked_at is None else given_by,
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._scene.zone).astimezone(UTC)
