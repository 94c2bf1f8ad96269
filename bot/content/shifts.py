"""shifts.toml and sites.toml: how long a shift may believably last, and named places of duty."""

from typing import Annotated

from pydantic import Field

from bot.content.entry import Code, Entry, Names
from bot.content.reading import Faults
from bot.content.territory import Territory

_Hours = Annotated[int, Field(ge=1, le=24)]
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"


class ShiftSettings(Entry):
    """The hours after which a shift is asked about and closed, and the term of positions."""

    longest_hours: _Hours = Field(
        description="whole hours, 1 to 24: after so many the person is asked"
    )
    close_hours: _Hours = Field(
        description="whole hours, 1 to 24, more than longest_hours: nobody answered, so it closes"
    )
    again_hours: _Hours = Field(
        description='whole hours, 1 to 24: after "still on duty" the person is asked again'
    )
    likely_hours: Annotated[tuple[_Hours, ...], Field(min_length=1, max_length=3, strict=False)] = (
        Field(description="one to three lengths in whole hours, such as [2, 3, 4]")
    )
    duty_hours: Annotated[
        tuple[Annotated[str, Field(pattern=f"^{_CLOCK}-{_CLOCK}$")], ...],
        Field(max_length=8, strict=False),
    ] = Field(
        default=(), description='up to eight usual duties, such as ["18:00-22:00", "20:00-00:00"]'
    )
    positions_days: Annotated[int, Field(ge=1, le=366)] = Field(
        description="whole days, 1 to 366, after which positions are deleted"
    )

    def faults(self) -> Faults:
        """Return what is wrong between the fields."""
        if self.close_hours <= self.longest_hours:
            yield ("close_hours",), "must be more than longest_hours"


class Site(Entry):
    """A named place of duty, such as a park; it may lie outside the fence of its district."""

    names: Names = Field(description="names.kk, names.ru and names.en")
    district: Code = Field(description="the code of a district of territory.toml")
    lat: float = Field(ge=40.5, le=55.5, description="a latitude in Kazakhstan, 40.5 to 55.5")
    lon: float = Field(ge=46.4, le=87.4, description="a longitude in Kazakhstan, 46.4 to 87.4")
    radius_m: Annotated[int, Field(ge=20, le=50_000)] = Field(
        description="whole metres, 20 to 50000"
    )


class Sites(Entry):
    """sites.toml; a region may have none."""

    sites: Annotated[tuple[Site, ...], Field(strict=False)] = Field(
        default=(), description="[[sites]] blocks, or none"
    )


def strangers(sites: Sites, territory: Territory) -> Faults:
    """Return the sites whose district is not in the territory."""
    for row, site in enumerate(sites.sites):
        if territory.find(site.district) is None:
            yield ("sites", row, "district"), "must be the code of a district of territory.toml"
