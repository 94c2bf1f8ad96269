"""People who live in a town before the story begins, each put there by one transaction.

On their way the bot would have opened a dozen, and told others of each step. The rows are those
it writes; `tests/flows/test_townspeople.py` holds them to the rows of people who went the way.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.content import Content
from bot.pack import briefing_rules
from bot.services import audit
from bot.services.applications import NUMBER_SERIES
from bot.services.assistants import make_active
from bot.services.briefing_passes import record_signing
from bot.services.briefing_rules import BriefingRules, valid_until
from bot.services.grants import give
from bot.services.service_number import format_number
from bot.services.states import Role
from bot.services.wording import clean_phone, name_key
from db.database import UnitOfWork
from db.models.briefings import AttemptState, BriefingPass, BriefingProgress, QuizAttempt
from db.models.people import (
    Application,
    ApplicationState,
    Assistant,
    AssistantStatus,
    Consent,
    Person,
)
from sandbox.model import User

# An account without a phone in the town.
_OFFSTAGE_ADMIN = 1


def attempt_of(
    person_id: int, rules: BriefingRules, now: datetime, *, right: bool = True
) -> QuizAttempt:
    """Return an attempt at the quiz in which every answer was right, or every one wrong."""
    items = list(rules.questions.values())[: rules.drawn]
    return QuizAttempt(
        person_id=person_id,
        version=rules.version,
        state=AttemptState.PASSED if right else AttemptState.FAILED,
        questions=[{"code": each.code, "order": list(range(each.options))} for each in items],
        answers=[each.right if right else (each.right + 1) % each.options for each in items],
        score=len(items) if right else 0,
        started_at=now,
        finished_at=now,
    )


@dataclass(frozen=True, slots=True)
class Townspeople:
    """Writes what people have behind them at the moment ``now``."""

    uow: UnitOfWork
    content: Content
    now: datetime

    async def admin_id(self) -> int:
        """Return an admin of the whole region, one who is not of the story if there is none."""
        grants = await self.uow.grants.list_of_role(Role.ADMIN)
        if grants:
            return grants[0].person_id
        admin = Person(telegram_id=_OFFSTAGE_ADMIN, created_at=self.now)
        await self.uow.people.add(admin)
        await self.appoint(admin, Role.ADMIN, None, by=None)
        return admin.id

    async def introduce(self, user: User, name: str, language: str) -> Person:
        """Have a newcomer, or whoever is known by no more than an account, tell of themselves."""
        person = await self.uow.people.find_by_telegram(user.id)
        if person is None:
            person = Person(telegram_id=user.id, created_at=self.now)
        person.language = language
        person.full_name, person.name_key = name, name_key(name)
        person.phone = clean_phone(user.phone)
        await self.uow.people.add(person)
        self.uow.session.add(
            Consent(
                person_id=person.id,
                version=self.content.consent.version,
                language=language,
                text_sha256="0" * 64,
                given_at=self.now,
            )
        )
        return person

    async def appoint(
        self, person: Person, role: Role, district: str | None, *, by: int | None
    ) -> None:
        """Give the person a role."""
        await give(
            self.uow,
            person_id=person.id,
            role=role,
            district=district,
            actor_id=by,
            now=self.now,
        )

    async def apply(self, person: Person, district: str) -> Application:
        """Have the person apply; nobody has decided yet."""
        application = Application(
            person_id=person.id,
            district_code=district,
            state=ApplicationState.PENDING,
            created_at=self.now,
            submitted_at=self.now,
        )
        await self.uow.applications.add(application)
        await audit.record(
            self.uow,
            at=self.now,
            actor_id=person.id,
            action="application.submitted",
            subject="application",
            subject_id=str(application.id),
            before={"state": ApplicationState.DRAFT},
            after={"state": ApplicationState.PENDING, "district": district, "invite": None},
        )
        return application

    async def enrol(self, person: Person, district: str) -> Assistant:
        """Have the person apply and be taken on, as a trainee."""
        admin_id = await self.admin_id()
        application = await self.apply(person, district)
        application.state, application.decided_at = ApplicationState.APPROVED, self.now
        application.decided_by = admin_id
        sequence = await self.uow.counters.next(NUMBER_SERIES)
        assistant = Assistant(
            person_id=person.id,
            service_number=format_number(self.content.region.service_number_prefix, sequence),
            district_code=district,
            status=AssistantStatus.TRAINEE,
            status_at=self.now,
        )
        self.uow.session.add(assistant)
        await audit.record(
            self.uow,
            at=self.now,
            actor_id=admin_id,
            action="application.approved",
            subject="application",
            subject_id=str(application.id),
            before={"state": ApplicationState.PENDING},
            after={
                "state": ApplicationState.APPROVED,
                "person": person.id,
                "status": AssistantStatus.TRAINEE,
                "district": district,
                "number": assistant.service_number,
            },
        )
        await self.appoint(person, Role.ASSISTANT, district, by=admin_id)
        return assistant

    async def activate(self, assistant: Assistant) -> None:
        """Make a trainee active without a briefing."""
        await make_active(self.uow, assistant, self.now)

    async def brief(self, assistant: Assistant, language: str) -> None:
        """Have the briefing in force read, passed without a mistake, and signed."""
        rules, now = briefing_rules(self.content.current_briefing), self.now
        person_id = assistant.person_id
        progress = await self.uow.briefings.find_progress(person_id, rules.version)
        earlier = await self.uow.passes.find_last(person_id, rules.version)
        if progress is None:
            progress = BriefingProgress(person_id=person_id, version=rules.version)
            self.uow.session.add(progress)
        progress.modules_read, progress.opened_at = rules.modules, now
        progress.after_attempt_id = earlier.attempt_id if earlier else 0
        attempt = await self.uow.briefings.add_attempt(attempt_of(person_id, rules, now))
        signed = await self.uow.passes.add(
            BriefingPass(
                person_id=person_id,
                version=rules.version,
                attempt_id=attempt.id,
                language=language,
                undertaking_sha256=rules.undertakings[language],
                score=attempt.score,
                questions_count=len(attempt.questions),
                signed_at=now,
                valid_until=valid_until(now, rules.validity_months, self.content.region.zone),
            )
        )
        await record_signing(self.uow, signed)
        await make_active(self.uow, assistant, now)
