"""The questions of registration: one screen each, and their buttons."""

import hashlib

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.screens import Button, Expected, Key, Rows, Screen, in_column, in_pairs
from bot.services.people import Step
from bot.services.registration import ConsentText

NAME, PHONE = "registration-name", "registration-phone"


class Agree(CallbackData, prefix="agree"):
    """Consent to the processing of personal data, to the text of this version and language."""

    version: str
    language: str


class ChooseDistrict(CallbackData, prefix="district"):
    """Apply to this district."""

    code: str


class ChangeName(CallbackData, prefix="rename"):
    """Type the name again."""


class ChangeDistrict(CallbackData, prefix="redistrict"):
    """Choose the district again."""


class GoBack(CallbackData, prefix="regback"):
    """Go back from a question, keeping what was answered before."""


class SendApplication(CallbackData, prefix="apply"):
    """Send the application."""


class GiveUp(CallbackData, prefix="giveup"):
    """Stop the registration."""


class Withdraw(CallbackData, prefix="withdraw"):
    """Take the application back that was sent."""


def screen(ctx: Context) -> Screen:
    """Return the next question of the person's registration."""
    step = ctx.me.step
    if step is Step.CONSENT:
        return consent_screen(ctx)
    if step is Step.NAME:
        return name_screen(ctx)
    if step is Step.PHONE:
        return phone_screen(ctx)
    if step is Step.DISTRICT:
        return district_screen(ctx)
    return confirm_screen(ctx)


def consent_text(ctx: Context, language: str) -> ConsentText:
    """Return which text was shown in the language, with the hash of its words."""
    consent = ctx.house.content.consent
    words = consent.text[language]
    return ConsentText(consent.version, language, hashlib.sha256(words.encode()).hexdigest())


def consent_screen(ctx: Context) -> Screen:
    """Ask for consent; from those who agreed to an older text, say why again."""
    consent = ctx.house.content.consent
    t = ctx.t
    asked = Screen(
        t("registration-consent", text=consent.text[t.language], version=consent.version),
        in_column(
            [
                Button(
                    t.plain("registration-agree"),
                    Agree(version=consent.version, language=t.language),
                    style="success",
                ),
                Button(t.plain("registration-not-now"), GiveUp()),
            ]
        ),
    )
    return asked.headed(t("registration-consent-again")) if ctx.me.consented_before else asked


def name_screen(ctx: Context) -> Screen:
    """Ask for the full name."""
    return Screen(
        ctx.t("registration-name"),
        _ways_out(ctx, back=ctx.me.full_name is not None) if ctx.me.applying else (),
        expects=Expected(NAME),
    )


def _ways_out(ctx: Context, *, back: bool) -> Rows:
    cancel = Button(ctx.t.plain("button-cancel"), GiveUp())
    return ((Button(ctx.t.plain("button-back"), GoBack()), cancel),) if back else ((cancel,),)


def phone_screen(ctx: Context) -> Screen:
    """Ask for the person's own number by the contact key."""
    t = ctx.t
    return Screen(
        t("registration-phone", name=ctx.me.full_name or ""),
        keys=(
            (Key(t.plain("key-share-phone"), contact=True, style="success"),),
            (Key(t.plain("key-change-name")), Key(t.plain("key-cancel"))),
        ),
        expects=Expected(PHONE),
    )


def district_screen(ctx: Context) -> Screen:
    """Ask for the district."""
    buttons = [
        Button(district.names[ctx.t.language], ChooseDistrict(code=district.code))
        for district in ctx.house.districts.open
    ]
    return Screen(
        ctx.t("registration-district"),
        (*in_pairs(buttons), *_ways_out(ctx, back=True)),
    )


def confirm_screen(ctx: Context) -> Screen:
    """Show the answers before they are sent."""
    t, application = ctx.t, ctx.me.application
    return Screen(
        t(
            "registration-confirm",
            name=ctx.me.full_name or "",
            phone=ctx.me.phone or "",
            district=ctx.district(application.district) if application else "",
        ),
        (
            (Button(t.plain("registration-send"), SendApplication(), style="success"),),
            (
                Button(t.plain("registration-change-name"), ChangeName()),
                Button(t.plain("registration-change-district"), ChangeDistrict()),
            ),
            (Button(t.plain("button-cancel"), GiveUp()),),
        ),
    )
