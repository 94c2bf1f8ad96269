"""The shift of an assistant: start, end, the live location, and what is said of its end."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.handlers.activity import attaching
from bot.handlers.shift_card import MINUTE, card_screen, line_words, listed_screen
from bot.handlers.shift_presses import (
    AskEnd,
    EndShift,
    ListOwn,
    LiveHelp,
    OpenOwn,
    StateEnd,
    Stay,
)
from bot.i18n import Markup
from bot.routes import Given, Routes, SharedLocation
from bot.screens import Button, Expected, Key, Keys, Rows, Screen
from bot.services.errors import ConflictError, InvalidInputError
from bot.services.geofence import Point, distance_m
from bot.services.people import OpenShift
from bot.services.shift_cards import ShiftCard
from bot.services.states import ShiftState

START, END, END_TIME = "shift-start", "shift-end", "shift-end-time"
# A second message of one act: the shift it ended is what the person means.
_JUST_NOW = timedelta(minutes=10)
# A place sent later, or from elsewhere, is of the shift's results.
_TWICE = timedelta(minutes=2)
_SAME_SPOT_M = 100.0


async def ask_start(ctx: Context) -> Screen:
    """Ask where the shift begins, if it can."""
    await ctx.services.shifts.check_start(ctx.me_id)
    region = ctx.house.content.region
    return Screen(
        ctx.t("shift-start-ask", police=region.police_phone, emergency=region.emergency_phone),
        keys=_place_keys(ctx, "key-start-no-location"),
        expects=Expected(START),
    )


async def _ask_start_again(ctx: Context, _: dict[str, Any]) -> Screen:
    return await ask_start(ctx)


def _place_keys(ctx: Context, without: str) -> Keys:
    t = ctx.t
    return (
        (Key(t.plain("key-send-location"), location=True, style="success"),),
        (Key(t.plain(without)),),
        (Key(t.plain("key-cancel")),),
    )


async def start_here(ctx: Context, _: dict[str, Any], given: Given) -> Screen:
    """Start the shift at the place sent."""
    if given.location is None:
        raise InvalidInputError("error-location-wanted")
    if given.location.forwarded:
        raise InvalidInputError("error-location-forwarded")
    screen = await _start(ctx, _point(given.location))
    if given.location.live:
        await ctx.services.tracks.note(ctx.me_id, _point(given.location), ctx.sent_at)
    return screen


async def start_nowhere(ctx: Context) -> Screen:
    """Start the shift without a place."""
    return await _start(ctx, None)


async def _start(ctx: Context, point: Point | None) -> Screen:
    shift = await ctx.services.shifts.start(ctx.me_id, point, ctx.sent_at)
    ctx = ctx.on_shift(OpenShift(shift.id, shift.started_at, card_message_id=None))
    said = Screen(ctx.t("shift-started", at=shift.started_at), keys=home.menu_keys(ctx))
    return card_screen(ctx, shift).after(said)


async def standing(ctx: Context) -> Screen:
    """Return the current screen, with the card of a shift whose start was never answered."""
    current = await home.home(ctx)
    if ctx.me.shift is None or ctx.me.shift.card_message_id is not None:
        return current
    shift = await ctx.services.shift_records.own_card(ctx.me_id, ctx.me.shift.id)
    return card_screen(ctx, shift).after(current)


def _point(location: SharedLocation) -> Point:
    return Point(location.latitude, location.longitude, location.accuracy_m)


async def ask_end(ctx: Context) -> Screen:
    """Ask where the open shift ends; one that closed by itself is asked when."""
    if ctx.me.shift is not None:
        return Screen(
            ctx.t("shift-end-ask", at=ctx.me.shift.started_at),
            keys=_place_keys(ctx, "key-end-no-location"),
            expects=Expected(END),
        )
    latest = await ctx.services.shift_records.latest(ctx.me_id)
    if latest is None:
        raise ConflictError("error-shift-none")
    if latest.state is ShiftState.UNCONFIRMED:
        return listed_screen(ctx, latest)
    raise ConflictError("error-shift-ended", at=latest.ended_at)


async def _ask_end_again(ctx: Context, _: dict[str, Any]) -> Screen:
    return await ask_end(ctx)


async def ask_end_from_card(ctx: Context, press: EndShift) -> Screen:
    """Ask where the shift ends, from its card, which stays."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, press.shift_id)
    if shift.state is ShiftState.CLOSED:
        raise ConflictError("error-shift-ended", at=shift.ended_at)
    if shift.state is ShiftState.UNCONFIRMED:
        return card_screen(ctx, shift)
    screen = await ask_end(ctx)
    return Screen(screen.text, keys=screen.keys, expects=screen.expects, aside=True)


async def end_here(ctx: Context, _: dict[str, Any], given: Given) -> Screen:
    """End the shift at the place sent; a place of somebody else is none."""
    if given.location is None:
        raise InvalidInputError("error-location-wanted")
    return await _end(ctx, None if given.location.forwarded else _point(given.location))


async def end_nowhere(ctx: Context) -> Screen:
    """End the shift without a place."""
    if ctx.me.shift is None:
        return await ask_end(ctx)
    return await _end(ctx, None)


async def _end(ctx: Context, point: Point | None) -> Screen:
    shift = await ctx.services.shifts.end(ctx.me_id, point, ctx.sent_at)
    ctx = ctx.on_shift(None)
    return _report(ctx, shift).after(Screen(_ended(ctx, shift), keys=home.menu_keys(ctx)))


def _ended(ctx: Context, shift: ShiftCard) -> str:
    if shift.state is ShiftState.UNCONFIRMED:
        return ctx.t("shift-ended-late", at=shift.started_at)
    if shift.too_long:
        return ctx.t("shift-ended-long", length=shift.credited)
    return ctx.t("shift-ended", length=shift.credited)


def _report(ctx: Context, shift: ShiftCard) -> Screen:
    card = card_screen(ctx, shift)
    return Screen(card.text, card.rows, card_of=shift.id, replaces=shift.card_message_id)


async def unasked_location(ctx: Context, location: SharedLocation) -> Screen:
    """Hear a location that nobody asked for: live, the second of two, or of some result."""
    if ctx.me.shift is not None:
        if location.live and not location.forwarded:
            await ctx.services.tracks.note(ctx.me_id, _point(location), ctx.sent_at)
            return _beside(ctx, ctx.t("shift-live-on"))
        if location.forwarded or await _is_the_start(ctx, ctx.me.shift, _point(location)):
            return _beside(ctx, ctx.t("shift-on-already", at=ctx.me.shift.started_at))
        return await attaching.take_place(ctx, location)
    if ctx.me.assistant is None:
        return (await home.home(ctx)).headed(ctx.t("unknown-input"))
    latest = await ctx.services.shift_records.latest(ctx.me_id)
    ended_at = latest and latest.ended_at
    if ended_at and _is_repeated(ctx, ended_at, _JUST_NOW):
        raise ConflictError("error-shift-ended", at=ended_at)
    return await ask_start(ctx)


def _beside(ctx: Context, line: Markup) -> Screen:
    """Return the menu under a line; whatever else is being asked stays asked."""
    return replace(home.menu(ctx).headed(line), leaves_question=True)


async def _is_the_start(ctx: Context, shift: OpenShift, point: Point) -> bool:
    """Tell whether a place is the second of the one by which the shift began."""
    if not _is_repeated(ctx, shift.started_at, _TWICE):
        return False
    began = (await ctx.services.shift_records.own_card(ctx.me_id, shift.id)).start_point
    if began is None:
        return False
    return distance_m(began.lat, began.lon, point.lat, point.lon) < _SAME_SPOT_M


def _is_repeated(ctx: Context, done_at: datetime, within: timedelta) -> bool:
    """Tell whether the message is the second of one act that was done at the moment."""
    return ctx.sent_at is not None and ctx.sent_at - done_at < within


async def moved(ctx: Context, location: SharedLocation) -> Screen | None:
    """Follow a live location; the card shows the way when it has grown."""
    if ctx.me.shift is None or location.forwarded:
        return None
    track = await ctx.services.tracks.note(ctx.me_id, _point(location), ctx.sent_at)
    if track is None or not track.grown:
        return None
    return _report(ctx, await ctx.services.shift_records.own_card(ctx.me_id, track.shift_id))


async def live_help(ctx: Context, press: LiveHelp) -> Screen:
    """Say how a live location is shared."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, press.shift_id)
    return card_screen(ctx, shift).with_toast(ctx.t.plain("shift-live-help-alert"), alert=True)


async def show_card(ctx: Context, press: EndShift) -> Screen:
    """Show the shift's card as it is now."""
    return card_screen(ctx, await ctx.services.shift_records.own_card(ctx.me_id, press.shift_id))


async def state_end(ctx: Context, press: StateEnd) -> Screen:
    """State the end that a button names."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, press.shift_id)
    end = shift.started_at + press.minutes * MINUTE
    return await _stated(ctx, await ctx.services.shifts.state_end(ctx.me_id, shift.id, end))


async def ask_end_time(ctx: Context, press: AskEnd) -> Screen:
    """Ask when the shift ended."""
    return await _ask_end_time(ctx, {"id": press.shift_id})


async def _ask_end_time(ctx: Context, data: dict[str, Any]) -> Screen:
    shift = await ctx.services.shift_records.own_card(ctx.me_id, data["id"])
    if shift.state is ShiftState.CLOSED:
        raise ConflictError("error-shift-ended", at=shift.ended_at)
    return Screen(
        ctx.t("shift-end-time-ask", at=shift.started_at),
        ((Button(ctx.t.plain("button-back"), OpenOwn(shift_id=shift.id)),),),
        expects=Expected(END_TIME, {"id": shift.id}),
        aside=True,
    )


async def state_typed_end(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """State the end typed."""
    stated = await ctx.services.shifts.state_typed_end(ctx.me_id, data["id"], given.text)
    return await _stated(ctx, stated)


async def _stated(ctx: Context, shift: ShiftCard) -> Screen:
    """Return what came of it, with the keys of somebody who is off duty."""
    ended = shift.ended_at or shift.started_at
    lines = [ctx.t("shift-end-stated", start=shift.started_at, end=ended, length=shift.credited)]
    if shift.outside:
        lines.append(ctx.t("shift-outside", count=shift.outside))
    return Screen("\n".join(lines), keys=home.menu_keys(await ctx.refreshed()))


async def stay(ctx: Context, press: Stay) -> Screen:
    """Go on with the shift."""
    shift = await ctx.services.shifts.stay(ctx.me_id, press.shift_id)
    return Screen(ctx.t("shift-stays", at=shift.ask_at or shift.started_at), home.menu_row(ctx))


async def my_shifts(ctx: Context) -> Screen:
    """Show the person's latest shifts."""
    return await turn_page(ctx, ListOwn())


async def turn_page(ctx: Context, press: ListOwn) -> Screen:
    """Show another page of the person's shifts."""
    page = await ctx.services.shift_records.own(ctx.me_id, press.page)
    rows: Rows = tuple(
        (Button(line_words(ctx, line), OpenOwn(shift_id=line.id)),) for line in page.items
    )
    turning = home.page_turner(ctx, page, lambda number: ListOwn(page=number))
    return Screen(ctx.t("shifts-own", count=page.total), (*rows, *turning, *home.menu_row(ctx)))


async def open_own(ctx: Context, press: OpenOwn | StateEnd | AskEnd | Stay) -> Screen:
    """Show one of the person's shifts."""
    return listed_screen(ctx, await ctx.services.shift_records.own_card(ctx.me_id, press.shift_id))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.standing = standing
    routes.key("key-start-shift", ask_start)
    routes.key("key-end-shift", ask_end)
    routes.key("key-start-no-location", start_nowhere)
    routes.key("key-end-no-location", end_nowhere)
    routes.key("key-my-shifts", my_shifts)
    routes.answer(START, start_here, prompt=_ask_start_again, takes_places=True)
    routes.answer(END, end_here, prompt=_ask_end_again, takes_places=True)
    routes.answer(END_TIME, state_typed_end, prompt=_ask_end_time)
    routes.location(unasked_location, moved)
    routes.press(EndShift, ask_end_from_card, redraw=show_card)
    routes.press(LiveHelp, live_help)
    routes.press(StateEnd, state_end, redraw=open_own)
    routes.press(AskEnd, ask_end_time, redraw=open_own)
    routes.press(Stay, stay, redraw=open_own)
    routes.press(ListOwn, turn_page)
    routes.press(OpenOwn, open_own)
