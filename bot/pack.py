"""What services need of the content pack, as their own plain data."""

import hashlib
from datetime import timedelta

from bot.content import ActivityField, Briefing, Content
from bot.content.activities import OWN_CHOICES
from bot.i18n import LANGUAGES
from bot.services.activity_answers import FieldRule
from bot.services.activity_fields import ActivityRules, KindRule
from bot.services.briefing_rules import BriefingRules, QuizItem
from bot.services.certificate_number import start_payload
from bot.services.certificate_rules import Address, CertificateKind, CertificateRules
from bot.services.geofence import Fence, Fences
from bot.services.handbook import Searchable
from bot.services.roster_times import read_hours
from bot.services.shift_times import ShiftRules
from bot.services.territory import ServedDistrict


def served_districts(content: Content) -> list[ServedDistrict]:
    """Return the districts of the pack, in the order they are shown."""
    return [
        ServedDistrict(
            district.code,
            {language: district.names[language] for language in LANGUAGES},
            open=True,
        )
        for district in content.territory.districts
    ]


def shift_rules(content: Content) -> ShiftRules:
    """Return how long a shift may last."""
    settings = content.shifts
    return ShiftRules(
        longest=timedelta(hours=settings.longest_hours),
        close=timedelta(hours=settings.close_hours),
        again=timedelta(hours=settings.again_hours),
        likely=tuple(timedelta(hours=hours) for hours in settings.likely_hours),
        keep_positions=timedelta(days=settings.positions_days),
    )


def usual_hours(content: Content) -> list[tuple[int, int]]:
    """Return from when to when duties usually are, in minutes of the day."""
    return [read_hours(each) for each in content.shifts.duty_hours]


def fences(content: Content) -> Fences:
    """Return the fence of each district that has one, and the sites in it."""
    found: dict[str, list[Fence]] = {}
    for district in content.territory.districts:
        if district.fence_km is not None:
            fence = Fence(district.lat, district.lon, district.fence_km * 1000)
            found.setdefault(district.code, []).append(fence)
    for site in content.sites:
        names = {language: site.names[language] for language in LANGUAGES}
        fence = Fence(site.lat, site.lon, float(site.radius_m), names)
        found.setdefault(site.district, []).append(fence)
    return Fences(found)


def activity_rules(content: Content) -> ActivityRules:
    """Return what each kind of activity asks."""
    return ActivityRules(
        kinds={
            kind.code: KindRule(
                kind.code, tuple(_field(content, field) for field in kind.fields), kind.officer
            )
            for kind in content.activities
        },
        on_record=frozenset(each.code for each in content.audiences if each.officer),
        akimat=frozenset(each.code for each in content.fact_categories if each.akimat),
        zone=content.region.zone,
    )


def _field(content: Content, field: ActivityField) -> FieldRule:
    listed = {
        "topic": content.topics,
        "audience": content.audiences,
        "category": content.fact_categories,
        "operation": content.operations,
    }
    codes = OWN_CHOICES.get(field.name) or tuple(row.code for row in listed.get(field.name, ()))
    return FieldRule(field.name, field.type.value, field.required, codes)


def certificate_rules(content: Content) -> CertificateRules:
    """Return how long each kind of certificate holds."""
    texts = content.certificates
    months = {kind: texts.sheet(kind.value).valid_months for kind in CertificateKind}
    return CertificateRules(
        months={kind: each for kind, each in months.items() if each is not None},
        issued_on_pass=texts.issued_on_pass,
    )


def certificate_address(bot_username: str, public_url: str | None) -> Address:
    """Return what the QR code of a certificate opens: the public page, or the bot.

    Either way it holds the signed code, so that it can be checked without asking anybody.
    """

    def address(number: str, code: str) -> str:
        if public_url is not None:
            return f"{public_url}/c/{code}"
        # Telegram passes over what it does not know: a start parameter has no room for the code.
        return f"https://t.me/{bot_username}?start={start_payload(number)}&code={code}"

    return address


def searchables(content: Content) -> list[Searchable]:
    """Return the situations of the handbook as they are searched."""
    return [
        Searchable(
            situation.code,
            title={language: situation.title[language] for language in LANGUAGES},
            words={language: situation.words[language] for language in LANGUAGES},
            text={language: situation.text[language] for language in LANGUAGES},
        )
        for situation in content.handbook.situations
    ]


def briefing_rules(briefing: Briefing) -> BriefingRules:
    """Return a version of the briefing without its words."""
    return BriefingRules(
        version=briefing.version,
        sha256=briefing.sha256,
        reading=[
            {language: briefing.reading_time(module, language) for language in LANGUAGES}
            for module in briefing.modules
        ],
        questions={
            question.code: QuizItem(
                question.code, question.module, len(question.options), question.right_option
            )
            for question in briefing.questions
        },
        drawn=briefing.questions_drawn,
        pass_mark=briefing.pass_mark,
        tries=briefing.tries,
        pause=timedelta(hours=briefing.pause_hours),
        validity_months=briefing.validity_months,
        notice=timedelta(days=briefing.notice_days),
        undertakings={
            language: hashlib.sha256(briefing.undertaking[language].encode()).hexdigest()
            for language in LANGUAGES
        },
    )
