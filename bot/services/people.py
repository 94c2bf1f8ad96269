"""Who is writing, and which step of registration comes next for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.services import audit
from bot.services.clock import Clock
from bot.services.errors import ConflictError
from bot.services.rights import Held, Reach, Right, reach_of
from bot.services.wording import clean_phone
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.people import Application, ApplicationState, AssistantStatus, Person
from db.repositories.people import PersonRow


class Step(StrEnum):
    """What the bot asks the person next; derived from what the database already holds."""

    LANGUAGE = "language"
    CONSENT = "consent"
    NAME = "name"
    PHONE = "phone"
    DISTRICT = "district"
    CONFIRM = "confirm"
    DONE = "done"


# The steps that a message (not a press) answers.
TYPED_STEPS = frozenset({Step.NAME, Step.PHONE})


@dataclass(frozen=True, slots=True)
class Standing:
    """What an assistant is: number, district code, status and why."""

    service_number: str
    district: str
    status: AssistantStatus
    reason: str


@dataclass(frozen=True, slots=True)
class LastApplication:
    """The person's latest application; ``district`` is a code or not chosen yet."""

    id: int
    state: ApplicationState
    district: str | None
    by_invite: bool
    reason: str


@dataclass(frozen=True, slots=True)
class LastPass:
    """The latest briefing the person has signed; moments are UTC."""

    pass_id: int
    version: str
    signed_at: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class OpenShift:
    """The shift the person is on; ``started_at`` is UTC."""

    id: int
    started_at: datetime
    card_message_id: int | None


@dataclass(frozen=True, slots=True)
class Me:
    """A person as the screens need them. Never a source of authority.

    ``consented`` to the text in force; ``consented_before`` to an older one only, so asked anew.
    """

    person_id: int
    telegram_id: int | None
    language: str | None
    full_name: str | None
    phone: str | None
    blocked: bool
    consented: bool
    consented_before: bool
    held: tuple[Held, ...]
    assistant: Standing | None
    application: LastApplication | None
    passed: LastPass | None
    shift: OpenShift | None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held anywhere."""
        return frozenset(held.role for held in self.held)

    @property
    def is_staff(self) -> bool:
        """Whether the person holds a role other than assistant."""
        return bool(self.roles - {Role.ASSISTANT})

    def reach(self, right: Right) -> Reach:
        """Where the person's roles give the right, for showing buttons only."""
        return reach_of(self.held, right)

    @property
    def applying(self) -> bool:
        """Whether a registration is in progress."""
        return self.application is not None and self.application.state is ApplicationState.DRAFT

    @property
    def serving(self) -> bool:
        """Whether the person is an assistant who has not been dismissed."""
        return self.assistant is not None and self.assistant.status is not AssistantStatus.DISMISSED

    @property
    def step(self) -> Step:
        """The next question, or ``DONE`` when nothing is asked."""
        if self.language is None:
            return Step.LANGUAGE
        if not (self.applying or self.is_staff or self.serving):
            return Step.DONE
        if not self.consented:
            return Step.CONSENT
        if self.full_name is None:
            return Step.NAME
        return self._applicant_step() if self.applying else Step.DONE

    def _applicant_step(self) -> Step:
        if self.phone is None:
            return Step.PHONE
        if self.application is None or self.application.district is None:
            return Step.DISTRICT
        return Step.CONFIRM


def describe(row: PersonRow, consent_version: str) -> Me:
    """Turn the rows of one person into plain data, by the consent in force."""
    person, assistant, application = row.person, row.assistant, row.application
    return Me(
        person_id=person.id,
        telegram_id=person.telegram_id,
        language=person.language,
        full_name=person.full_name,
        phone=person.phone,
        blocked=person.blocked_at is not None,
        consented=row.consent_version == consent_version,
        consented_before=row.consent_version not in (None, consent_version),
        held=tuple(Held(grant.role, grant.district_code) for grant in row.grants),
        assistant=None
        if assistant is None
        else Standing(
            assistant.service_number,
            assistant.district_code,
            assistant.status,
            assistant.status_reason,
        ),
        application=None if application is None else _last(application),
        passed=None
        if row.briefing_pass is None
        else LastPass(
            row.briefing_pass.id,
            row.briefing_pass.version,
            row.briefing_pass.signed_at,
            row.briefing_pass.valid_until,
        ),
        shift=None
        if row.open_shift is None
        else OpenShift(
            row.open_shift.id, row.open_shift.started_at, row.open_shift.card_message_id
        ),
    )


def _last(application: Application) -> LastApplication:
    return LastApplication(
        application.id,
        application.state,
        application.district_code,
        application.invite_id is not None,
        application.reason,
    )


class PeopleService:
    """Meeting people and keeping what they say of themselves.

    Args:
        consent_version: the version of the consent text in force; an older consent counts no more.
    """

    def __init__(self, db: Database, clock: Clock, consent_version: str) -> None:
        self._db = db
        self._clock = clock
        self._consent_version = consent_version

    async def meet(self, telegram_id: int) -> Me:
        """Return the person behind the account; a stranger becomes a person without a language."""
        async with self._db.reading() as uow:
            row = await uow.people.find_row(telegram_id=telegram_id)
        if row is None:
            async with self._db.transaction(effect=False) as uow:
                # Two first messages at once: the second finds the row of the first.
                if await uow.people.find_by_telegram(telegram_id) is None:
                    await uow.people.add(Person(telegram_id=telegram_id, created_at=self._clock()))
                row = await uow.people.find_row(telegram_id=telegram_id)
            assert row is not None  # noqa: S101 - just inserted in the same transaction
        return describe(row, self._consent_version)

    async def get(self, person_id: int) -> Me | None:
        """Return the person with this id."""
        async with self._db.reading() as uow:
            row = await uow.people.find_row(person_id=person_id)
        return None if row is None else describe(row, self._consent_version)

    async def get_all(self, person_ids: Collection[int]) -> dict[int, Me]:
        """Return these people by their ids."""
        async with self._db.reading() as uow:
            rows = await uow.people.list_rows(person_ids)
        return {row.person.id: describe(row, self._consent_version) for row in rows}

    async def choose_language(self, person_id: int, language: str) -> None:
        """Keep the language everything is said in to this person."""
        async with self._db.transaction() as uow:
            await set_language(uow, person_id, language, self._clock())

    async def change_phone(self, person_id: int, number: str) -> str:
        """Keep the person's own phone number; return it in its clean form.

        Raises:
            InvalidInputError: it is no phone number.
            ConflictError: somebody else registered with it, or consent is missing.
        """
        phone = clean_phone(number)
        async with self._db.transaction() as uow:
            person = await uow.people.lock(person_id)
            assert person is not None  # noqa: S101 - people are never deleted
            if not await uow.people.has_consented(person_id):
                raise ConflictError("error-no-consent")
            # Two who give one number at once wait for each other here, not at the unique index.
            await uow.audit.lock_head()
            other = await uow.people.find_by_phone(phone)
            if other is not None and other.id != person_id:
                raise ConflictError("error-phone-taken")
            await set_phone(uow, person, phone, self._clock())
        return phone

    async def note_blocked(self, telegram_id: int, *, blocked: bool) -> None:
        """Note that the person blocked the bot, or let it speak again."""
        async with self._db.transaction(effect=False) as uow:
            await uow.people.mark_blocked(telegram_id, self._clock() if blocked else None)


async def set_phone(uow: UnitOfWork, person: Person, phone: str | None, now: datetime) -> None:
    """Keep or forget the phone number of the person, whose row is locked."""
    if person.phone == phone:
        return
    before, person.phone = person.phone, phone
    await audit.record(
        uow,
        at=now,
        actor_id=person.id,
        action="person.phone",
        subject="person",
        subject_id=str(person.id),
        personal={"before": before, "after": phone},
        person_id=person.id,
    )


async def set_language(uow: UnitOfWork, person_id: int, language: str, now: datetime) -> None:
    """Keep the person's language, in the caller's transaction."""
    person = await uow.people.lock(person_id)
    assert person is not None  # noqa: S101 - people are never deleted
    if person.language == language:
        return
    before, person.language = person.language, language
    await audit.record(
        uow,
        at=now,
        actor_id=person_id,
        action="person.language",
        subject="person",
        subject_id=str(person_id),
        before={"language": before},
        after={"language": language},
    )
