"""The invented people of the sandbox, brought into the service by its own use cases."""

import hashlib
import tomllib
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.content import Content
from bot.content.entry import Code, Entry, Name
from bot.services.applications import ApplicationCard
from bot.services.briefing_course import Asked, Unsigned
from bot.services.catalogue import Services
from bot.services.people import Me
from bot.services.registration import ConsentText
from bot.services.states import Role


class DemoPerson(Entry):
    """One invented person; ``name`` and ``district`` are missing where a role has none."""

    role: Literal["recruit", "applicant", "assistant", "coordinator", "admin"]
    first_name: Name
    name: Name | None = None
    language: Literal["kk", "ru", "en"]
    district: Code | None = None


class DemoPeople(Entry):
    """``demo.toml`` of a content pack."""

    people: Annotated[tuple[DemoPerson, ...], Field(strict=False, min_length=1)]


def read_people(path: Path) -> tuple[DemoPerson, ...]:
    """Return the people of the file.

    Raises:
        OSError, ValueError: it cannot be read, or is not such a file.
    """
    return DemoPeople.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).people


class Settlers:
    """Brings people in: each goes the way a real one would, only faster.

    Args:
        come: sets the services' clock to when people of a role come.
        wait: lets time go by on it, as reading takes its time.
    """

    def __init__(
        self,
        services: Services,
        content: Content,
        come: Callable[[str], None],
        wait: Callable[[timedelta], None],
    ) -> None:
        self._services = services
        self._content = content
        self._come = come
        self._wait = wait

    async def settle(self, people: Sequence[tuple[DemoPerson, int, str]]) -> None:
        """Bring in everybody but the recruits; each comes with their account and phone number.

        Admins come first, then coordinators, so that there is somebody to appoint and approve.
        """
        rank = ("admin", "coordinator", "assistant", "applicant")
        staff: dict[str, int] = {}
        for role in rank:
            for person, telegram_id, phone in people:
                if person.role == role:
                    self._come(role)
                    me = await self._introduce(person, telegram_id, phone)
                    await self._take_on(person, me, staff)
                    staff.setdefault(role, me.person_id)

    async def _introduce(self, person: DemoPerson, telegram_id: int, phone: str) -> Me:
        services = self._services
        if person.role == "admin":
            await services.links.ensure_admin(telegram_id)
        me = await services.people.meet(telegram_id)
        await services.people.choose_language(me.person_id, person.language)
        await services.registration.consent(me.person_id, self._consent(person.language))
        if person.role in ("assistant", "applicant"):
            await services.registration.begin(me.person_id)
        await services.registration.give_name(me.person_id, person.name or person.first_name)
        await services.people.change_phone(me.person_id, phone)
        return me

    async def _take_on(self, person: DemoPerson, me: Me, staff: dict[str, int]) -> None:
        services = self._services
        if person.role == "coordinator":
            await services.roles.appoint(
                staff["admin"], me.person_id, Role.COORDINATOR, person.district
            )
        if person.role not in ("assistant", "applicant") or person.district is None:
            return
        await services.registration.choose_district(me.person_id, person.district)
        await services.registration.submit(me.person_id)
        if person.role == "assistant":
            application = await self._application_of(me, staff["coordinator"])
            await services.applications.approve(staff["coordinator"], application.id)
            await self._brief(me, person.language)

    def _consent(self, language: str) -> ConsentText:
        consent = self._content.consent
        words = consent.text[language].encode()
        return ConsentText(consent.version, language, hashlib.sha256(words).hexdigest())

    async def _brief(self, me: Me, language: str) -> None:
        """Read every module, answer every question rightly, sign."""
        services, briefing = self._services, self._content.current_briefing
        await services.briefing.begin(me.person_id, briefing.version)
        for module in briefing.modules:
            self._wait(briefing.reading_time(module, language))
            await services.briefing.finish_module(
                me.person_id, briefing.version, module.number, language
            )
        await services.quiz.start(me.person_id, briefing.version)
        while isinstance(state := await services.briefing.state(me.person_id), Asked):
            shown = state.order.index(briefing.question(state.code).right_option)
            await services.quiz.answer(me.person_id, state.attempt_id, state.index, shown)
        if isinstance(state, Unsigned):
            await services.passes.sign(me.person_id, state.attempt_id, language)

    async def _application_of(self, me: Me, coordinator_id: int) -> ApplicationCard:
        waiting = await self._services.applications.waiting(coordinator_id, 0)
        return next(card for card in waiting.items if card.person_id == me.person_id)
