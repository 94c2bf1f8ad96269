"""From the first consent to an application sent. Each answer is kept at once, so that a lost
dialogue loses nothing: the next question is always derived from what is there."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import audit, notices
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError
from bot.services.invites import maker_may
from bot.services.people import set_language
from bot.services.wording import clean_name, name_key
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.people import (
    Application,
    ApplicationState,
    AssistantStatus,
    Consent,
)


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The text a person agrees to, as shown: version, language and SHA-256 of the words."""

    version: str
    language: str
    sha256: str


class RegistrationService:
    """What a recruit does on the way to an application."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def begin(self, person_id: int) -> None:
        """Open a draft, or go on with the one that is open.

        Raises:
            ConflictError: the person is an assistant already, or waits for a decision.
        """
        async with self._db.transaction() as uow:
            await open_draft(uow, person_id, self._clock())

    async def begin_in(self, person_id: int, language: str) -> None:
        """Keep a newcomer's language and open their draft.

        Raises:
            ConflictError: as for ``begin``.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            await set_language(uow, person_id, language, now)
            await open_draft(uow, person_id, now)

    async def open_invite(self, person_id: int, code: str) -> None:
        """Open a draft with the district of the invitation.

        Raises:
            InvalidInputError: the invitation is unknown, expired, withdrawn or used up, its
                maker may not invite any more, or its district is no longer served.
            ConflictError: the person is an assistant already, or waits for a decision.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            invite = await uow.invites.find_by_code(code)
            if invite is None:
                raise InvalidInputError("error-invite-unknown")
            if invite.revoked_at is not None or invite.expires_at <= now:
                raise InvalidInputError("error-invite-expired")
            if invite.uses >= invite.uses_limit:
                raise InvalidInputError("error-invite-used-up")
            if not await maker_may(uow, invite):
                raise InvalidInputError("error-invite-maker")
            await _require_open(uow, invite.district_code)
            draft = await open_draft(uow, person_id, now)
            draft.district_code = invite.district_code
            draft.invite_id = invite.id

    async def consent(self, person_id: int, text: ConsentText) -> None:
        """Keep the person's consent to this version; a second press changes nothing."""
        async with self._db.transaction() as uow:
            await uow.people.lock(person_id)
            row = await uow.people.find_row(person_id=person_id)
            if row is None or row.consent_version == text.version:
                return
            now = self._clock()
            await uow.people.add_consent(
                Consent(
                    person_id=person_id,
                    version=text.version,
                    language=text.language,
                    text_sha256=text.sha256,
                    given_at=now,
                )
            )
            await audit.record(
                uow,
                at=now,
                actor_id=person_id,
                action="consent.given",
                subject="person",
                subject_id=str(person_id),
                after={
                    "version": text.version,
                    "language": text.language,
                    "text_sha256": text.sha256,
                },
            )

    async def give_name(self, person_id: int, text: str) -> str:
        """Keep the full name; return it as kept. After the application is sent it stays.

        Raises:
            InvalidInputError: it does not look like a full name.
            ConflictError: the application is sent already, or consent is missing.
        """
        name = clean_name(text)
        async with self._db.transaction() as uow:
            person = await uow.people.lock(person_id)
            row = await uow.people.find_row(person_id=person_id)
            if person is None or row is None or row.consent_version is None:
                raise ConflictError("error-no-consent")
            drafting = (
                row.application is not None and row.application.state is ApplicationState.DRAFT
            )
            if person.full_name is not None and not drafting:
                raise ConflictError("error-name-settled")
            before = person.full_name
            person.full_name, person.name_key = name, name_key(name)
            await audit.record(
                uow,
                at=self._clock(),
                actor_id=person_id,
                action="person.name",
                subject="person",
                subject_id=str(person_id),
                personal={"before": before, "after": name},
                person_id=person_id,
            )
        return name

    async def choose_district(self, person_id: int, code: str) -> None:
        """Put the district into the draft; an invitation into another one is let go.

        Raises:
            ConflictError: there is no draft.
            InvalidInputError: there is no such district, or it is no longer served.
        """
        async with self._db.transaction() as uow:
            draft = await _lock_draft(uow, person_id)
            await _require_open(uow, code)
            if draft.district_code != code:
                draft.invite_id = None
            draft.district_code = code

    async def submit(self, person_id: int) -> None:
        """Send the application; the coordinators of the district are told.

        Raises:
            ConflictError: there is no draft, it is already sent, or an answer is missing.
            InvalidInputError: the district is no longer served.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            draft = await _lock_draft(uow, person_id)
            person = await uow.people.lock(person_id)
            if person is None or None in (person.full_name, person.phone, draft.district_code):
                raise ConflictError("error-application-incomplete")
            await _require_open(uow, draft.district_code)
            # The district was only filled in by the invitation: one that lapsed meanwhile
            # takes nothing from the person but the mark "invited".
            if draft.invite_id is not None and not await _spend(uow, draft.invite_id, now):
                draft.invite_id = None
            draft.state, draft.submitted_at = ApplicationState.PENDING, now
            await audit.record(
                uow,
                at=now,
                actor_id=person_id,
                action="application.submitted",
                subject="application",
                subject_id=str(draft.id),
                before={"state": ApplicationState.DRAFT},
                after={
                    "state": ApplicationState.PENDING,
                    "district": draft.district_code,
                    "invite": draft.invite_id,
                },
            )
            await _tell_deciders(uow, draft, now)

    async def withdraw(self, person_id: int) -> None:
        """Give up the draft or take back the application; one without either stays as it is."""
        async with self._db.transaction() as uow:
            await withdraw_open(uow, person_id, self._clock())


async def open_draft(uow: UnitOfWork, person_id: int, now: datetime) -> Application:
    """Return the person's draft, a new one if there is none.

    Raises:
        ConflictError: the person is an assistant already, or waits for a decision.
    """
    await uow.people.lock(person_id)
    assistant = await uow.people.lock_assistant(person_id)
    if assistant is not None and assistant.status is not AssistantStatus.DISMISSED:
        raise ConflictError("error-already-assistant")
    application = await uow.applications.lock_open(person_id)
    if application is None:
        return await uow.applications.add(
            Application(person_id=person_id, state=ApplicationState.DRAFT, created_at=now)
        )
    if application.state is ApplicationState.PENDING:
        raise ConflictError("error-application-waiting")
    return application


async def withdraw_open(uow: UnitOfWork, person_id: int, now: datetime) -> None:
    """Take back the person's draft or application that waits, if there is one."""
    application = await uow.applications.lock_open(person_id)
    if application is None:
        return
    before, application.state = application.state, ApplicationState.WITHDRAWN
    application.decided_at = now
    await audit.record(
        uow,
        at=now,
        actor_id=person_id,
        action="application.withdrawn",
        subject="application",
        subject_id=str(application.id),
        before={"state": before},
        after={"state": ApplicationState.WITHDRAWN},
    )


async def _lock_draft(uow: UnitOfWork, person_id: int) -> Application:
    application = await uow.applications.lock_open(person_id)
    if application is None:
        raise ConflictError("error-no-draft")
    if application.state is ApplicationState.PENDING:
        raise ConflictError("error-application-waiting")
    return application


async def _spend(uow: UnitOfWork, invite_id: int, now: datetime) -> bool:
    """Use the invitation once; tell whether it was still good."""
    invite = await uow.invites.find(invite_id)
    if invite is None or not await maker_may(uow, invite):
        return False
    return await uow.invites.spend(invite_id, now)


async def _require_open(uow: UnitOfWork, code: str | None) -> None:
    """Make sure that the district takes people in.

    Raises:
        InvalidInputError: there is no such district, or it is no longer served.
    """
    district = await uow.districts.find(code) if code is not None else None
    if district is None or district.retired_at is not None:
        raise InvalidInputError("error-district-unknown")


async def _tell_deciders(uow: UnitOfWork, application: Application, now: datetime) -> None:
    """Tell the district's coordinators; where there is none, the admins.

    Nobody decides on their own application, so nobody is told of it either.
    """
    assert application.district_code is not None  # noqa: S101 - checked by submit
    for role in (Role.COORDINATOR, Role.ADMIN):
        holders = await uow.grants.list_person_ids(role, application.district_code)
        deciders = [holder for holder in holders if holder != application.person_id]
        for person_id in deciders:
            notices.send(uow, person_id, "application-received", now, application_id=application.id)
        if deciders:
            return
