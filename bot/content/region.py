"""region.toml: the region a bot serves."""

from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

from pydantic import BeforeValidator, Field, StringConstraints

from bot.content.entry import Code, Entry, Names

# The system's data may be years old, and an hour wrong: Kostanay's zone changed on 1 March 2024.
# The package `tzdata` is as new as the bot.
reset_tzpath(())


def _zone(value: object) -> ZoneInfo:
    # Looked up before it is opened: a zone's name is a path, and this one was typed by a person.
    if not isinstance(value, str) or value not in available_timezones():
        raise ValueError("no such time zone")
    return ZoneInfo(value)


_Phone = Annotated[str, StringConstraints(pattern=r"\A[0-9]{3}\z")]


class Region(Entry):
    """The region: its names, zone, the digits its service numbers begin with, whom to call."""

    code: Code = Field(description="a short code of small Latin letters, digits and hyphens")
    names: Names = Field(description="names.kk, names.ru and names.en")
    zone: Annotated[ZoneInfo, BeforeValidator(_zone)] = Field(
        description='a time zone of the tz database, such as "Asia/Qostanay"'
    )
    service_number_prefix: Annotated[str, StringConstraints(pattern=r"\A[0-9]{2}\z")] = Field(
        description="the two digits every service number begins with, in quotes"
    )
    police_phone: _Phone = Field(description="the three digits of the police, in quotes")
    emergency_phone: _Phone = Field(
        description="the three digits of the single emergency number, in quotes"
    )
