"""Reading a whole content pack."""

from pathlib import Path

from bot.content.activities import Activities, ActivityKind
from bot.content.briefing import Briefing
from bot.content.briefing_loading import load_briefings
from bot.content.certificates import Certificates
from bot.content.choices import (
    Audience,
    Audiences,
    FactCategories,
    FactCategory,
    Operation,
    Operations,
    Topic,
    Topics,
)
from bot.content.consent import Consent
from bot.content.entry import Entry
from bot.content.handbook import Handbook
from bot.content.reading import ContentError, read_part
from bot.content.region import Region
from bot.content.shifts import ShiftSettings, Site, Sites, strangers
from bot.content.territory import Territory

_COUNTED = 2


class Content(Entry):
    """A whole content pack; the newest of `briefings` is the last."""

    region: Region
    territory: Territory
    consent: Consent
    shifts: ShiftSettings
    sites: tuple[Site, ...]
    activities: tuple[ActivityKind, ...]
    topics: tuple[Topic, ...]
    audiences: tuple[Audience, ...]
    fact_categories: tuple[FactCategory, ...]
    operations: tuple[Operation, ...]
    handbook: Handbook
    briefings: tuple[Briefing, ...]
    certificates: Certificates

    @property
    def current_briefing(self) -> Briefing:
        """The version everybody has to pass now."""
        return self.briefings[-1]

    @property
    def counted(self) -> tuple[ActivityKind, ...]:
        """The kinds counted one by one where there is little room: those that stand first."""
        return self.activities[:_COUNTED]

    def find_briefing(self, version: str) -> Briefing | None:
        """Return this version of the briefing, or None."""
        return next((found for found in self.briefings if found.version == version), None)


def load_content(directory: Path) -> Content:
    """Read and check the pack of a region.

    Raises:
        ContentError: something is missing or wrong; it lists all faults of all files.
    """
    faults: list[str] = []
    region = read_part(directory, "region.toml", Region, faults)
    territory = read_part(directory, "territory.toml", Territory, faults)
    consent = read_part(directory, "consent.toml", Consent, faults)
    shifts = read_part(directory, "shifts.toml", ShiftSettings, faults, check=ShiftSettings.faults)
    sites = read_part(
        directory,
        "sites.toml",
        Sites,
        faults,
        check=lambda sites: () if territory is None else strangers(sites, territory),
    )
    activities = read_part(
        directory, "activities.toml", Activities, faults, check=Activities.faults
    )
    topics = read_part(directory, "topics.toml", Topics, faults)
    audiences = read_part(directory, "audiences.toml", Audiences, faults)
    categories = read_part(directory, "fact_categories.toml", FactCategories, faults)
    operations = read_part(directory, "operations.toml", Operations, faults)
    handbook = read_part(directory, "handbook.toml", Handbook, faults, check=Handbook.faults)
    certificates = read_part(directory, "certificates.toml", Certificates, faults)
    briefings = load_briefings(directory, faults)
    if faults:
        raise ContentError(faults)
    # Without faults every part is there.
    return Content.model_validate(
        {
            "region": region,
            "territory": territory,
            "consent": consent,
            "shifts": shifts,
            "sites": sites and sites.sites,
            "activities": activities and activities.kinds,
            "topics": topics and topics.topics,
            "audiences": audiences and audiences.audiences,
            "fact_categories": categories and categories.categories,
            "operations": operations and operations.operations,
            "handbook": handbook,
            "briefings": briefings,
            "certificates": certificates,
        }
    )
