"""Dates, times, durations and numbers as each language writes them (CLDR through babel)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, cast
from zoneinfo import ZoneInfo

from babel import Locale, dates, lists, numbers, units

LANGUAGES: Final = ("kk", "ru", "en")
"""Every language of the bot, the state language first; also the order of falling back."""

# British English, because the whole country reads a clock of 24 hours and the day before the month.
LOCALES: Final[Mapping[str, str]] = {"kk": "kk_KZ", "ru": "ru_KZ", "en": "en_GB"}
_SKELETONS: Final[Mapping[str, str]] = {"short": "MMMEd", "medium": "yMMMEd", "month": "yMMMM"}
# CLDR has no long form of the Kazakh day, because its short form is already the whole word.
_SHORT_IS_WHOLE: Final = frozenset({("kk", "day")})


class Formats:
    """How one language writes what is not words; moments are shown in the region's zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self._zone = zone
        self._locale = Locale.parse(LOCALES[language])

    def date(self, day: date, width: str = "medium") -> str:
        """Write a day; an aware datetime gives its day in the region's zone.

        Width: `short` (weekday, no year), `medium` (weekday, year), `long` (no weekday, month in
        words), `full` (weekday, all in words), `month` (in words, with its year).

        Raises:
            ValueError: the width is unknown or the datetime is naive.
        """
        local = self._local(day) if isinstance(day, datetime) else day
        if width in _SKELETONS:
            # format_skeleton is annotated for moments; a skeleton without hours takes a bare day.
            moment = cast("datetime", local)
            text = dates.format_skeleton(_SKELETONS[width], moment, locale=self._locale)
        elif width in {"long", "full"}:
            text = dates.format_date(local, width, self._locale)
        else:
            raise ValueError(f"unknown width {width!r}")
        return _with_common_spaces(text)

    def time(self, moment: datetime) -> str:
        """Write the hour and minute of an aware datetime in the region's zone.

        Raises:
            ValueError: the datetime is naive.
        """
        return f"{self._local(moment):%H:%M}"

    def moment(self, moment: datetime, width: str = "medium") -> str:
        """Write day and time of an aware datetime in the region's zone; widths as in `date`.

        Raises:
            ValueError: the width is unknown or the datetime is naive.
        """
        return f"{self.date(moment, width)}, {self.time(moment)}"

    def duration(self, span: timedelta, width: str = "short", largest: str = "hour") -> str:
        """Write a span in whole minutes, seconds cut off: worked time is never rounded up.

        Width is `short` or `long`. Hours are not turned into days, as duty is counted in hours,
        unless `largest` is `day`.

        Raises:
            ValueError: the width or the largest unit is unknown.
        """
        if width not in {"short", "long"} or largest not in {"hour", "day"}:
            raise ValueError(f"unknown width {width!r} or largest unit {largest!r}")
        hours, minutes = divmod(abs(span) // timedelta(minutes=1), 60)
        days, hours = divmod(hours, 24) if largest == "day" else (0, hours)
        amounts = {"day": days, "hour": hours, "minute": minutes}
        parts = [self._unit(amount, unit, width) for unit, amount in amounts.items() if amount]
        if not parts:
            return self._unit(0, "minute", width)
        joined = self._listed(parts, width)
        return f"\N{MINUS SIGN}{joined}" if span < timedelta(0) else joined

    def number(self, number: float) -> str:
        """Write a number with the separators of the language."""
        return _with_common_spaces(numbers.format_decimal(number, locale=self._locale))

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("a naive datetime has no place on a clock")
        return moment.astimezone(self._zone)

    def _unit(self, amount: int, unit: str, width: str) -> str:
        if (self.language, unit) in _SHORT_IS_WHOLE:
            width = "short"
        return units.format_unit(amount, f"duration-{unit}", width, locale=self._locale)  # type: ignore[arg-type]

    def _listed(self, parts: list[str], width: str) -> str:
        style = "unit" if width == "long" else "unit-narrow"
        return lists.format_list(parts, style, self._locale)  # type: ignore[arg-type]


def _with_common_spaces(text: str) -> str:
    # The narrow no-break space of CLDR is missing from many fonts, also from those of old phones.
    return text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
