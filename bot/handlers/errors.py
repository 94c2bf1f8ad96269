"""The last line for every exception: refusals put into words, bugs apologised for."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.context import Context, House, context_for
from bot.i18n import LANGUAGES, Markup, Translator
from bot.screens import Screen
from bot.services.errors import AppError

log = structlog.get_logger(__name__)

# No 0/O and 1/I: the number is read out over the phone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_REFERENCE_LENGTH = 6


def refusal(ctx: Context, error: AppError) -> str:
    """Return a refusal in the person's language, plain, for a toast."""
    return ctx.t.plain(error.message, **error.values)  # type: ignore[arg-type]


def refusal_line(ctx: Context, error: AppError) -> Markup:
    """Return a refusal in the person's language as HTML, to stand above a screen."""
    return ctx.t("refused", reason=refusal(ctx, error))


def new_reference() -> str:
    """Return a short number that ties what a person saw to a line of the log."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_REFERENCE_LENGTH))


def apology(spoken: Sequence[Translator], reference: str, effected_at: datetime | None) -> Screen:
    """Return the words for what broke, which say whether the act was recorded."""
    texts, alerts = [], []
    for t in spoken:
        if effected_at is None:
            texts.append(t("bug", reference=reference))
            alerts.append(t.plain("bug-alert", reference=reference))
        else:
            texts.append(t("bug-saved", reference=reference, at=effected_at))
            alerts.append(t.plain("bug-saved-alert", reference=reference, at=effected_at))
    return Screen(Markup("\n\n").join(texts), toast="\n".join(alerts), alert=True)


async def languages_of(house: House, telegram_id: int, reference: str) -> list[Translator]:
    """Return the person's language, or all of them where the database is what failed."""
    try:
        return [context_for(house, await house.services.people.meet(telegram_id)).t]
    except Exception:
        log.exception("person_unknown", reference=reference)
        return [house.texts[language] for language in LANGUAGES]
