"""What is said of a certificate that was checked: the same words in the bot and on the page."""

from bot.content import Content
from bot.i18n import Translator
from bot.services.certificate_number import grouped
from bot.services.certificate_rules import Verification


def verdict_text(found: Verification, t: Translator, content: Content) -> str:
    """Return as HTML where it stands, what its paper must show, and what it does not prove."""
    lines: list[str] = [
        t("verification-verdict", verdict=found.verdict, day=found.revoked_on or "")
    ]
    if found.kind is not None and found.issued_on is not None:
        lines.append(
            t(
                "verification-paper",
                kind=content.certificates.sheet(found.kind.value).names[t.language],
                number=grouped(found.number),
                name=found.holder,
                service=found.service_number,
                day=found.issued_on,
            )
        )
    if found.expires_on is not None:
        lines.append(t("verification-until", day=found.expires_on))
    lines.append(t("verification-reminder", police=content.region.police_phone))
    return "\n".join(lines)
