"""The buttons of a digest. Each names the digest, which it redraws, and what it settles in it."""

from aiogram.filters.callback_data import CallbackData

from bot.routes import Number


class OpenDigest(CallbackData, prefix="digest"):
    """Show a digest as it reads now."""

    digest_id: Number


class OpenToday(CallbackData, prefix="dgtoday"):
    """Show today's digest of a district."""

    district: str


class SetDigest(CallbackData, prefix="dgset"):
    """Show how the digest of a district comes."""

    district: str


class OpenForgotten(CallbackData, prefix="dgshift"):
    """Show a shift without a stated end."""

    digest_id: Number
    shift_id: Number


class SettleForgotten(CallbackData, prefix="dgend"):
    """State that the shift ended so many minutes after its start."""

    digest_id: Number
    shift_id: Number
    minutes: Number


class LookAtPlace(CallbackData, prefix="dgplace"):
    """Note that where the shift began needs nothing more."""

    digest_id: Number
    shift_id: Number


class OpenRecruit(CallbackData, prefix="dgapp"):
    """Show an application that waits."""

    digest_id: Number
    application_id: Number


class TakeOn(CallbackData, prefix="dgyes"):
    """Approve the application."""

    digest_id: Number
    application_id: Number


class OpenStuck(CallbackData, prefix="dgstuck"):
    """Show who failed every try at the quiz, by the last attempt."""

    digest_id: Number
    attempt_id: Number


class AllowTryNow(CallbackData, prefix="dgtry"):
    """End the pause after this attempt."""

    digest_id: Number
    attempt_id: Number


class Remind(CallbackData, prefix="dgremind"):
    """Remind a person of the briefing."""

    digest_id: Number
    person_id: Number
