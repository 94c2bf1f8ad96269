"""One's own day: the shift, its entries, this month and the last."""

import asyncio
from calendar import monthrange
from collections.abc import Sequence
from datetime import timedelta

from bot.charts import Bar, Chart, png
from bot.context import Context
from bot.handlers import home
from bot.handlers.activity.presses import (
    AskAttachment,
    ListEntries,
    ListReturned,
    NewActivity,
    OpenDay,
    OpenEntry,
    ShowMonth,
)
from bot.handlers.activity.words import entry_row
from bot.handlers.certificate_presses import ListCertificates
from bot.handlers.roster_presses import ListOwnDuties
from bot.handlers.shift_presses import ListOwn, OpenOwn
from bot.i18n import Markup
from bot.routes import Routes
from bot.screens import MOST_LINES, Attachment, Button, Rows, Screen, line_count
from bot.services.activity_cards import EntryLine
from bot.services.my_day import MonthFigures, MyDay
from bot.services.states import VOID, ActivityState, ShiftState

_ENTRIES_SHOWN = 4
_DUTIES_SHOWN = 10
_HOUR = timedelta(hours=1)


async def open_day(ctx: Context) -> Screen:
    """Show one's own day."""
    return day_screen(ctx, await ctx.services.my_day.look(ctx.me_id))


async def show_day(ctx: Context, _: OpenDay) -> Screen:
    """Show one's own day from a button."""
    return await open_day(ctx)


def day_screen(ctx: Context, day: MyDay) -> Screen:
    """Return the day with everything one touch further."""
    t = ctx.t
    lines: list[str] = [t("day-title", day=day.today), _shift_line(ctx, day)]
    lines += [
        t("day-duty", start=duty.starts_at, end=duty.ends_at, more=len(day.duties) - 1)
        for duty in day.duties[:1]
    ]
    if day.entries:
        lines.append(_sum_line(ctx, day.entries))
    lines += _month_lines(ctx, "day-this-month", day.this_month)
    below: list[str] = []
    if ctx.me.passed is not None:
        below.append(t("day-briefing", until=ctx.me.passed.valid_until))
    # Where all there can be is there, the states of the last month give way.
    room = MOST_LINES - line_count(lines) - line_count(below)
    lines += [*_month_lines(ctx, "day-last-month", day.last_month)[:room], *below]
    return Screen(Markup("\n").join(lines), (*_rows(ctx, day), *home.menu_row(ctx)))


def _shift_line(ctx: Context, day: MyDay) -> Markup:
    shift = day.shift
    if shift is None:
        return ctx.t("day-no-shift")
    if shift.ended_at is None:
        return ctx.t("day-on-shift", at=shift.started_at)
    if shift.state is ShiftState.UNCONFIRMED:
        return ctx.t("day-unconfirmed", at=shift.started_at)
    length = shift.ended_at - shift.started_at
    return ctx.t("day-shift", start=shift.started_at, end=shift.ended_at, length=length)


def _sum_line(ctx: Context, entries: Sequence[EntryLine]) -> Markup:
    standing = [each for each in entries if each.state not in VOID]
    people = sum(each.people_reached for each in standing)
    return ctx.t("day-entries", count=len(standing), people_total=people)


def _month_lines(ctx: Context, text: str, month: MonthFigures) -> list[str]:
    t = ctx.t
    lines: list[str] = [t(text, count=month.shifts, worked=month.worked)]
    if month.unconfirmed:
        lines.append(t("day-month-unconfirmed", count=month.unconfirmed))
    if not month.entries:
        return lines
    big = ctx.house.content.counted
    counts = {kind.code: month.by_kind.get(kind.code) for kind in big}
    parts = [f"{kind.emoji} {sums.entries}" for kind in big if (sums := counts[kind.code])]
    others = month.entries - sum(sums.entries for sums in counts.values() if sums)
    if others:
        parts.append(t.plain("day-others", count=others))
    lines.append(t("day-month-results", kinds=" · ".join(parts), people_total=month.people_reached))
    states = [
        t.plain("day-state", state=state, count=month.by_state[state])
        for state in ActivityState
        if state in month.by_state
    ]
    lines.append(t("day-states", states=", ".join(states)))
    return lines


def _rows(ctx: Context, day: MyDay) -> Rows:
    t = ctx.t
    rows: list[tuple[Button, ...]] = []
    if day.returned:
        text = t.plain("day-returned", count=day.returned)
        rows.append((Button(text, ListReturned(), style="primary"),))
    if day.waiting:
        text = t.plain("day-waiting", count=len(day.waiting))
        rows.append((Button(text, AskAttachment(attachment_id=day.waiting[0])),))
    rows += _entry_rows(ctx, list(day.entries)[-_ENTRIES_SHOWN:])
    if day.duties[1:]:
        text = t.plain("day-duties", count=len(day.duties))
        rows.append((Button(text, ListOwnDuties()),))
    if day.shift is not None:
        all_of_it = Button(t.plain("day-all-entries"), ListEntries(shift_id=day.shift.id))
        add = Button(t.plain("key-result"), NewActivity(shift=day.shift.id))
        rows.append((all_of_it, add))
    rows.append(
        (Button(t.plain("day-my-shifts"), ListOwn()), Button(t.plain("day-hours"), ShowMonth()))
    )
    certificates = t.plain("day-certificates", count=day.certificates)
    rows.append((Button(certificates, ListCertificates(person_id=ctx.me_id)),))
    return tuple(rows)


def _entry_rows(ctx: Context, entries: list[EntryLine]) -> list[tuple[Button, ...]]:
    return [(Button(entry_row(ctx, entry), OpenEntry(activity_id=entry.id)),) for entry in entries]


async def list_entries(ctx: Context, press: ListEntries) -> Screen:
    """Show the entries of one of one's shifts."""
    shift = await ctx.services.shift_records.own_card(ctx.me_id, press.shift_id)
    entries = await ctx.services.entries.of_shift(ctx.me_id, shift.id)
    lines = [ctx.t("entries-title", at=shift.started_at), _sum_line(ctx, entries)]
    rows = [
        *_entry_rows(ctx, entries),
        (Button(ctx.t.plain("key-result"), NewActivity(shift=shift.id)),),
        (Button(ctx.t.plain("button-back"), OpenOwn(shift_id=shift.id)),),
    ]
    return Screen("\n".join(lines), tuple(rows))


async def list_duties(ctx: Context, _: ListOwnDuties) -> Screen:
    """Show the next duties planned for oneself."""
    duties = (await ctx.services.my_day.look(ctx.me_id)).duties
    lines = [ctx.t("own-duties", count=len(duties))]
    lines += [
        ctx.t("own-duties-line", start=each.starts_at, end=each.ends_at)
        for each in duties[:_DUTIES_SHOWN]
    ]
    if duties[_DUTIES_SHOWN:]:
        lines.append(ctx.t("own-duties-more", count=len(duties) - _DUTIES_SHOWN))
    back = (Button(ctx.t.plain("button-back"), OpenDay()),)
    return Screen("\n".join(lines), (back,))


async def list_returned(ctx: Context, press: ListReturned) -> Screen:
    """Show a page of one's entries that came back."""
    page = await ctx.services.entries.returned(ctx.me_id, press.page)
    turning = home.page_turner(ctx, page, lambda number: ListReturned(page=number))
    back = (Button(ctx.t.plain("button-back"), OpenDay()),)
    rows = (*_entry_rows(ctx, list(page.items)), *turning, back)
    return Screen(ctx.t("entries-returned", count=page.total), rows)


async def draw_month(ctx: Context, _: ShowMonth) -> Screen:
    """Draw the hours of each day of this month above one's own day."""
    day = await ctx.services.my_day.look(ctx.me_id)
    first = day.this_month.first
    days = [
        first.replace(day=number) for number in range(1, monthrange(first.year, first.month)[1] + 1)
    ]
    chart = Chart(
        ctx.t.plain("day-chart-title"),
        ctx.t.plain("day-chart-total", worked=day.this_month.worked),
        [
            Bar(
                str(each.day),
                round(day.this_month.by_day.get(each, timedelta()) / _HOUR, 1),
                marked=each == day.today,
            )
            for each in days
        ],
    )
    picture = await asyncio.to_thread(png, chart, ctx.t.number)
    screen = day_screen(ctx, day)
    attached = Attachment(f"{first:%Y-%m}.png", picture, picture=True)
    return Screen(screen.text, screen.rows, attached=attached)


def register(routes: Routes) -> None:
    """Put this part of the flow into the table."""
    routes.key("key-my-day", open_day)
    routes.press(OpenDay, show_day)
    routes.press(ShowMonth, draw_month, makes_file=True)
    routes.press(ListEntries, list_entries)
    routes.press(ListReturned, list_returned)
    routes.press(ListOwnDuties, list_duties)
