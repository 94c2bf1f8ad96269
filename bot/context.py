"""What a handler is given: who writes, in which language, and the services."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.content import Briefing, Content
from bot.i18n import LANGUAGES, Translations, Translator
from bot.services.catalogue import Services
from bot.services.people import Me, OpenShift
from bot.services.territory import Districts

# To a newcomer whose phone speaks none of ours, the state language speaks.
FIRST_LANGUAGE = "kk"


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for everybody and built once.

    Attributes:
        bot_username: for links to the bot, without ``@``.
    """

    services: Services
    content: Content
    districts: Districts
    texts: Translations
    bot_username: str


@dataclass(frozen=True, slots=True)
class Context:
    """One update of one person.

    ``sent_at`` is when they sent their message, by Telegram's word; a press has no such moment.
    ``phone_language`` is the language their phone speaks, for who has not chosen one yet.
    ``remembered`` is what the open question holds, ``beneath`` what the draft beneath it does.
    """

    house: House
    me: Me
    t: Translator
    sent_at: datetime | None = None
    phone_language: str = FIRST_LANGUAGE
    remembered: Mapping[str, Any] = field(default_factory=dict)
    beneath: Mapping[str, Any] = field(default_factory=dict)

    @property
    def services(self) -> Services:
        """The use cases."""
        return self.house.services

    @property
    def me_id(self) -> int:
        """The acting person's id."""
        return self.me.person_id

    @property
    def briefing(self) -> Briefing:
        """The words of the briefing in force."""
        return self.house.content.current_briefing

    def district(self, code: str | None) -> str:
        """Return the district's name in the person's language; ``None`` is the whole region."""
        if code is None:
            return self.house.content.region.names[self.t.language]
        return self.house.districts.name(code, self.t.language)

    def link(self, payload: str) -> str:
        """Return the address that opens the bot with the payload."""
        return f"https://t.me/{self.house.bot_username}?start={payload}"

    async def refreshed(self) -> "Context":
        """Return the context as the database has it after a change."""
        return await self.become(self.me_id)

    def on_shift(self, shift: OpenShift | None) -> "Context":
        """Return the context after a change of nothing but the shift the person is on."""
        return replace(self, me=replace(self.me, shift=shift))

    async def become(self, person_id: int) -> "Context":
        """Return the context of the person who has taken over this account."""
        me = await self.services.people.get(person_id)
        assert me is not None  # noqa: S101 - people are never deleted
        return replace(self, me=me, t=self.house.texts[me.language or self.phone_language])


def context_for(
    house: House, me: Me, sent_at: datetime | None = None, language_code: str | None = None
) -> Context:
    """Return the context of a person as just loaded, and of the message they sent.

    Args:
        language_code: what their phone speaks, by Telegram's word, such as ``ru`` or ``en-GB``.
    """
    spoken = (language_code or "").partition("-")[0].lower()
    phone_language = spoken if spoken in LANGUAGES else FIRST_LANGUAGE
    return Context(house, me, house.texts[me.language or phone_language], sent_at, phone_language)
