"""From the first question to an application sent."""

from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.handlers.registration_screens import (
    NAME,
    PHONE,
    Agree,
    ChangeDistrict,
    ChangeName,
    ChooseDistrict,
    GiveUp,
    GoBack,
    SendApplication,
    Withdraw,
    consent_text,
    district_screen,
    name_screen,
    phone_screen,
    screen,
)
from bot.i18n import LANGUAGES
from bot.routes import Given, Routes
from bot.screens import Button, Screen
from bot.services.errors import InvalidInputError
from bot.services.people import TYPED_STEPS, Step
from bot.services.states import ApplicationState


def expected_now(ctx: Context) -> str | None:
    """Return the answer the person owes, by what the database holds."""
    if ctx.me.step not in TYPED_STEPS:
        return None
    return NAME if ctx.me.step is Step.NAME else PHONE


async def begin(ctx: Context) -> Screen:
    """Start or go on with an application."""
    await ctx.services.registration.begin(ctx.me_id)
    return screen(await ctx.refreshed())


async def agree(ctx: Context, press: Agree) -> Screen:
    """Keep the consent, if it is to the text that is in force now."""
    if press.version != ctx.house.content.consent.version or press.language not in LANGUAGES:
        raise InvalidInputError("error-consent-changed")
    await ctx.services.registration.consent(ctx.me_id, consent_text(ctx, press.language))
    return await home.home(await ctx.refreshed())


async def take_name(ctx: Context, _: dict[str, Any], given: Given) -> Screen:
    """Keep the name typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    await ctx.services.registration.give_name(ctx.me_id, given.text)
    return await home.home(await ctx.refreshed())


async def take_phone(ctx: Context, _: dict[str, Any], given: Given) -> Screen:
    """Keep the number of the person's own contact."""
    if given.contact is None:
        raise InvalidInputError("error-contact-wanted")
    if not given.contact.own:
        raise InvalidInputError("error-contact-foreign")
    phone = await ctx.services.people.change_phone(ctx.me_id, given.contact.phone)
    ctx = await ctx.refreshed()
    kept = Screen(ctx.t("registration-phone-kept", phone=phone), keys=home.menu_keys(ctx))
    return (await home.home(ctx)).after(kept)


async def ask_name_again(ctx: Context, _: ChangeName) -> Screen:
    """Ask for the name once more."""
    return name_screen(ctx) if ctx.me.applying else await home.home(ctx)


async def rename_by_key(ctx: Context) -> Screen:
    """Ask for the name once more, from the reply keyboard."""
    return name_screen(ctx) if ctx.me.applying else await home.home(ctx)


async def ask_district_again(ctx: Context, _: ChangeDistrict) -> Screen:
    """Ask for the district once more."""
    return district_screen(ctx) if ctx.me.applying else await home.home(ctx)


async def go_back(ctx: Context, _: GoBack) -> Screen:
    """Show the answers again; from the first choice of a district, the question before it."""
    return phone_screen(ctx) if ctx.me.step is Step.DISTRICT else await home.home(ctx)


async def choose_district(ctx: Context, press: ChooseDistrict) -> Screen:
    """Keep the district chosen."""
    await ctx.services.registration.choose_district(ctx.me_id, press.code)
    return await home.home(await ctx.refreshed())


async def send_application(ctx: Context, _: SendApplication) -> Screen:
    """Send the application."""
    await ctx.services.registration.submit(ctx.me_id)
    ctx = await ctx.refreshed()
    return home.menu(ctx).with_toast(ctx.t.plain("registration-sent-toast"))


async def give_up(ctx: Context, _: GiveUp) -> Screen:
    """Stop the registration; where only a newer text waits for consent, leave it for later."""
    if ctx.me.step is Step.CONSENT and ctx.me.consented_before and not ctx.me.applying:
        return home.menu(ctx)
    return await home.cancel(ctx)


async def withdraw(ctx: Context, _: Withdraw) -> Screen:
    """Take the application back."""
    await ctx.services.registration.withdraw(ctx.me_id)
    return (await home.home(await ctx.refreshed())).headed(ctx.t("cancelled"))


async def my_application(ctx: Context) -> Screen:
    """Show the application that waits, with a way to take it back.

    The key may be older than the decision, when its notice did not come: the bot was blocked.
    """
    application = ctx.me.application
    if application is None or application.state is not ApplicationState.PENDING:
        return await home.home(ctx)
    t = ctx.t
    return Screen(
        t(
            "application-mine",
            name=ctx.me.full_name or "",
            phone=ctx.me.phone or "",
            district=ctx.district(application.district),
            state=application.state,
        ),
        (
            (Button(t.plain("application-withdraw"), Withdraw(), style="danger"),),
            *home.menu_row(ctx),
        ),
    )


async def prompt_phone(ctx: Context, _: dict[str, Any]) -> Screen:
    """Ask for the number again, unless the application has gone its way meanwhile."""
    return phone_screen(ctx) if ctx.me.applying else await home.home(ctx)


async def prompt_name(ctx: Context, _: dict[str, Any]) -> Screen:
    """Ask for the name again, unless the application has gone its way meanwhile."""
    asked = ctx.me.applying or ctx.me.step is Step.NAME
    return name_screen(ctx) if asked else await home.home(ctx)


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.key("key-apply", begin)
    routes.key("key-my-application", my_application)
    routes.key("key-change-name", rename_by_key)
    routes.key("key-cancel", home.cancel)
    routes.press(Agree, agree)
    routes.press(ChooseDistrict, choose_district)
    routes.press(ChangeName, ask_name_again)
    routes.press(ChangeDistrict, ask_district_again)
    routes.press(GoBack, go_back)
    routes.press(SendApplication, send_application)
    routes.press(GiveUp, give_up)
    routes.press(Withdraw, withdraw)
    routes.answer(NAME, take_name, prompt=prompt_name)
    routes.answer(PHONE, take_phone, prompt=prompt_phone)
