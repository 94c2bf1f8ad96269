"""Where invented people live and by which rules: the content pack as the makers of rows need it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.content import Content, find
from bot.i18n import LANGUAGES
from bot.pack import activity_rules, briefing_rules, certificate_rules, fences, shift_rules
from bot.sample.words import SampleWords
from bot.services.activity_fields import ActivityRules
from bot.services.briefing_rules import BriefingRules
from bot.services.certificate_rules import CertificateRules
from bot.services.geofence import Fences
from bot.services.shift_times import ShiftRules


@dataclass(frozen=True, slots=True)
class Scene:
    """What does not differ from person to person.

    Attributes:
        wheel: districts in turn, each as often as its share; person ``n`` serves in ``n % len``.
        star: the district with the largest share, in which every kind of story is told.
        centres: latitude and longitude of each district, in degrees.
        kinds, kinds_to: codes of activity kinds, and their shares added up.
        languages, languages_to: the same of languages.
        consents: the fingerprint of the consent's text, by language.
    """

    zone: ZoneInfo
    number_prefix: str
    consent_version: str
    consents: Mapping[str, str]
    wheel: Sequence[str]
    star: str
    centres: Mapping[str, tuple[float, float]]
    fences: Fences
    shift_rules: ShiftRules
    activity_rules: ActivityRules
    briefing: BriefingRules
    certificates: CertificateRules
    kinds: Sequence[str]
    kinds_to: Sequence[int]
    languages: Sequence[str]
    languages_to: Sequence[int]
    words: SampleWords


def scene_of(content: Content, words: SampleWords) -> Scene:
    """Return the scene of a region; shares of what its pack does not have are left out."""
    centres = {each.code: (each.lat, each.lon) for each in content.territory.districts}
    shares = {code: share for code, share in words.shares.items() if code in centres}
    shares = shares or dict.fromkeys(centres, 1)
    kinds = {code: share for code, share in words.kinds.items() if find(content.activities, code)}
    kinds = kinds or {each.code: 1 for each in content.activities}
    return Scene(
        zone=content.region.zone,
        number_prefix=content.region.service_number_prefix,
        consent_version=content.consent.version,
        consents={
            language: hashlib.sha256(content.consent.text[language].encode()).hexdigest()
            for language in LANGUAGES
        },
        wheel=_wheel(shares),
        star=max(shares, key=lambda code: shares[code]),
        centres=centres,
        fences=fences(content),
        shift_rules=shift_rules(content),
        activity_rules=activity_rules(content),
        briefing=briefing_rules(content.current_briefing),
        certificates=certificate_rules(content),
        kinds=list(kinds),
        kinds_to=list(accumulate(kinds.values())),
        languages=list(words.languages),
        languages_to=list(accumulate(words.languages.values())),
        words=words,
    )


def _wheel(shares: Mapping[str, int]) -> list[str]:
    """Return each code as often as its share, as evenly spread as can be."""
    total = sum(shares.values())
    waiting = dict.fromkeys(shares, 0)
    wheel = []
    for _ in range(total):
        for code, share in shares.items():
            waiting[code] += share
        chosen = max(waiting, key=lambda code: waiting[code])
        waiting[chosen] -= total
        wheel.append(chosen)
    return wheel
