"""region.toml: the region a bot serves."""

import re
from datetime import time
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


def _clock(value: object) -> time:
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("no such time")
    return time(int(match[1]), int(match[2]))


_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_Time = Annotated[time, BeforeValidator(_clock)]
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
    quiet_from: _Time = Field(
        default=time(22), description='a time of the clock in quotes, such as "22:00"'
    )
    quiet_until: _Time = Field(
        default=time(8), description='a time of the clock in quotes, such as "08:00"'
    )
