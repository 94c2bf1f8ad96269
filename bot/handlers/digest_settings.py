"""How a coordinator wants digests: their time, of what, and whether they make a sound."""

from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers.digest_presses import OpenToday, SetDigest
from bot.routes import Given, Number, Routes
from bot.screens import Button, Expected, Screen, in_column, in_pairs
from bot.services.digest_days import Wishes
from bot.services.digest_settings import TIMES, WEEK
from bot.services.rights import Right

TIME = "digest-time"


class ComeAt(CallbackData, prefix="dgat"):
    """Have the digest come so many minutes after midnight."""

    district: str
    at_minute: Number


class AskTime(CallbackData, prefix="dgtime"):
    """Ask for another time than the usual ones."""

    district: str


class ComeOn(CallbackData, prefix="dgday"):
    """Have a digest of that day of the week (``on`` is 1), or none (0)."""

    district: str
    weekday: Number
    on: Number


class ComeQuietly(CallbackData, prefix="dgquiet"):
    """Have it come without a sound (``on`` is 1), or with one (0)."""

    district: str
    on: Number


class ComeWeekly(CallbackData, prefix="dgweek"):
    """Have a digest of each week (``on`` is 1), or none (0)."""

    district: str
    on: Number


class ComeMonthly(CallbackData, prefix="dgmonth"):
    """Have a digest of each month (``on`` is 1), or none (0)."""

    district: str
    on: Number


async def open_settings(ctx: Context, press: SetDigest) -> Screen:
    """Show how the digest comes."""
    wishes = await ctx.services.digest_settings.wishes(ctx.me_id, press.district)
    return settings_screen(ctx, press.district, wishes)


async def come_at(ctx: Context, press: ComeAt) -> Screen:
    """Have the digest come at another time."""
    wishes = await ctx.services.digest_settings.come_at(ctx.me_id, press.district, press.at_minute)
    return _saved(ctx, press.district, wishes)


async def ask_time(ctx: Context, press: AskTime) -> Screen:
    """Ask for a time to be typed."""
    return await _ask_time(ctx, {"district": press.district})


async def _ask_time(ctx: Context, data: dict[str, Any]) -> Screen:
    district = data["district"]
    await ctx.services.digest_settings.wishes(ctx.me_id, district)
    back = Button(ctx.t.plain("button-back"), SetDigest(district=district))
    text = ctx.t("digest-set-ask", district=ctx.district(district))
    return Screen(text, ((back,),), expects=Expected(TIME, {"district": district}))


async def take_time(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Have the digest come at the time typed."""
    wishes = await ctx.services.digest_settings.come_at_typed(
        ctx.me_id, data["district"], given.text
    )
    return settings_screen(ctx, data["district"], wishes)


async def come_on(ctx: Context, press: ComeOn) -> Screen:
    """Have a digest of a day of the week, or none."""
    wishes = await ctx.services.digest_settings.come_on(
        ctx.me_id, press.district, press.weekday, wanted=bool(press.on)
    )
    return _saved(ctx, press.district, wishes)


async def come_quietly(ctx: Context, press: ComeQuietly) -> Screen:
    """Have the digest come with a sound, or without."""
    wishes = await ctx.services.digest_settings.come_quietly(
        ctx.me_id, press.district, quiet=bool(press.on)
    )
    return _saved(ctx, press.district, wishes)


async def come_weekly(ctx: Context, press: ComeWeekly) -> Screen:
    """Have a digest of each week, or none."""
    wishes = await ctx.services.digest_settings.come_weekly(
        ctx.me_id, press.district, wanted=bool(press.on)
    )
    return _saved(ctx, press.district, wishes)


async def come_monthly(ctx: Context, press: ComeMonthly) -> Screen:
    """Have a digest of each month, or none."""
    wishes = await ctx.services.digest_settings.come_monthly(
        ctx.me_id, press.district, wanted=bool(press.on)
    )
    return _saved(ctx, press.district, wishes)


def _saved(ctx: Context, district: str, wishes: Wishes) -> Screen:
    return settings_screen(ctx, district, wishes).with_toast(ctx.t.plain("digest-set-toast"))


def settings_screen(ctx: Context, district: str, wishes: Wishes) -> Screen:
    """Return how the digest comes, each choice marked that holds now."""
    plain = ctx.t.plain
    times = [
        Button(
            plain("digest-set-time", at=_clock(minutes), chosen=minutes == wishes.at_minute),
            ComeAt(district=district, at_minute=minutes),
        )
        for minutes in TIMES
    ]
    another = wishes.at_minute not in TIMES
    times.append(
        Button(
            plain("digest-set-other", at=_clock(wishes.at_minute), chosen=another),
            AskTime(district=district),
        )
    )
    wanted = [bool(wishes.days >> weekday & 1) for weekday in WEEK]
    days = [
        Button(
            plain("digest-set-day", day=f"d{weekday + 1}", chosen=wanted[weekday]),
            ComeOn(district=district, weekday=weekday, on=int(not wanted[weekday])),
        )
        for weekday in WEEK
    ]
    quiet = Button(
        plain("digest-set-quiet", chosen=wishes.quiet),
        ComeQuietly(district=district, on=int(not wishes.quiet)),
    )
    weekly = Button(
        plain("digest-set-weekly", chosen=wishes.weekly),
        ComeWeekly(district=district, on=int(not wishes.weekly)),
    )
    monthly = Button(
        plain("digest-set-monthly", chosen=wishes.monthly),
        ComeMonthly(district=district, on=int(not wishes.monthly)),
    )
    back = Button(plain("digest-back"), OpenToday(district=district))
    text = ctx.t(
        "digest-set-never" if wishes.nothing else "digest-set",
        district=ctx.district(district),
        at=_clock(wishes.at_minute),
    )
    longer = in_column([weekly, monthly, back])
    return Screen(text, (*in_pairs(times), *in_pairs([*days, quiet]), *longer))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.SET_DIGEST
    routes.press(SetDigest, open_settings, right=right)
    routes.press(ComeAt, come_at, right=right)
    routes.press(AskTime, ask_time, right=right)
    routes.answer(TIME, take_time, prompt=_ask_time, right=right)
    routes.press(ComeOn, come_on, right=right)
    routes.press(ComeQuietly, come_quietly, right=right)
    routes.press(ComeWeekly, come_weekly, right=right)
    routes.press(ComeMonthly, come_monthly, right=right)
