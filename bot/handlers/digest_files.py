"""What comes ahead of the digest of a week or a month: its chart as a picture, and its table."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot import xlsx
from bot.charts import Bar, Chart, png
from bot.content import ActivityKind
from bot.context import Context
from bot.handlers.digest_rows import categories
from bot.screens import Attachment, Screen
from bot.services.digest_detail import Tally
from bot.services.digest_view import DigestView
from bot.services.errors import AppError
from bot.services.states import DigestKind

_HOUR = timedelta(hours=1)
_WIDTH = 18
_WIDTHS = (48, _WIDTH, _WIDTH)


async def chart_notice(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Draw the chart of a digest when it is sent; the digest below it makes the sound."""
    digest = await _told(ctx, args)
    if digest is None:
        return None
    picture = await asyncio.to_thread(png, chart(ctx, digest), ctx.t.number)
    caption = _caption(ctx, "digest-chart", digest)
    attached = Attachment(f"{_name(digest)}.png", picture, picture=True, caption=caption)
    return Screen("", attached=attached, silent=True)


async def table_notice(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Write the table of a digest when it is sent."""
    digest = await _told(ctx, args)
    if digest is None:
        return None
    table = await asyncio.to_thread(
        xlsx.workbook,
        sheets(ctx, digest),
        zone=ctx.house.content.region.zone,
        made_at=digest.made_at,
    )
    attached = Attachment(
        f"{_name(digest)}.xlsx",
        table,
        caption=_caption(ctx, "digest-file", digest),
        instead=ctx.t("file-refused"),
    )
    return Screen("", attached=attached, silent=True)


async def _told(ctx: Context, args: Mapping[str, Any]) -> DigestView | None:
    """Return the digest, unless there is nothing in it or it is no longer this coordinator's."""
    try:
        digest = await ctx.services.digests.to_send(ctx.me_id, args["digest_id"])
    except AppError:
        return None
    return None if digest is None or digest.figures.nothing else digest


def _caption(ctx: Context, key: str, digest: DigestView) -> str:
    span = digest.span
    return ctx.t(
        key,
        kind=digest.kind,
        district=ctx.district(digest.district),
        first=span.first,
        last=span.last,
    )


def _name(digest: DigestView) -> str:
    return f"{digest.district}_{digest.span.first}_{digest.span.last}"


def chart(ctx: Context, digest: DigestView) -> Chart:
    """Return the hours of each day."""
    t, span, figures = ctx.t, digest.span, digest.figures
    days = t.plain("digest-chart-days-row", first=span.first, last=span.last)
    total = t.plain(
        "digest-chart-total-row",
        kind=digest.kind,
        worked=figures.worked,
        before=figures.worked_before,
    )
    return Chart(
        t.plain("digest-chart-title", district=ctx.district(digest.district)),
        f"{days} · {total}",
        [
            Bar(_day(ctx, digest.kind, day), round(tally.worked / _HOUR, 1))
            for day, tally in digest.detail.days
        ],
    )


def _day(ctx: Context, kind: DigestKind, day: date) -> str:
    """Return what stands below a day: thirty-one have no place for their weekdays."""
    if kind is DigestKind.MONTHLY:
        return str(day.day)
    return ctx.t.plain("digest-chart-day", day=f"d{day.isoweekday()}", number=day.day)


def sheets(ctx: Context, digest: DigestView) -> list[xlsx.Sheet]:
    """Return the days by assistant, under service numbers only, by day, and facts by category."""
    plain, detail = ctx.t.plain, digest.detail
    return [
        _sheet(
            ctx,
            plain("digest-sheet-assistants"),
            plain("journal-column-service"),
            detail.assistants,
        ),
        _sheet(ctx, plain("digest-sheet-days"), plain("digest-sheet-day"), detail.days),
        *_category_sheets(ctx, digest),
    ]


def _sheet(
    ctx: Context, name: str, first: str, lines: Sequence[tuple[xlsx.Value, Tally]]
) -> xlsx.Sheet:
    plain = ctx.t.plain
    headings = [
        first,
        plain("digest-sheet-shifts"),
        plain("digest-sheet-hours"),
        *(kind.names[ctx.t.language] for kind in _kinds(ctx)),
        plain("digest-sheet-people"),
        plain("digest-sheet-other"),
    ]
    columns = [xlsx.Column(heading, _WIDTH) for heading in headings]
    total = (plain("digest-sheet-total"), sum((tally for _, tally in lines), Tally()))
    return xlsx.Sheet(name, columns, [_cells(ctx, *line) for line in (*lines, total)])


def _category_sheets(ctx: Context, digest: DigestView) -> list[xlsx.Sheet]:
    plain = ctx.t.plain
    headings = [
        plain("digest-sheet-category"),
        plain("digest-column-count", kind=digest.kind),
        plain("digest-sheet-before", kind=digest.kind),
    ]
    columns = [
        xlsx.Column(heading, width) for heading, width in zip(headings, _WIDTHS, strict=True)
    ]
    found: list[xlsx.Sheet] = []
    for each in _with_categories(ctx):
        rows: list[list[xlsx.Value]] = [
            [name, count.count, count.before] for name, count in categories(ctx, digest, each)
        ]
        if rows:
            found.append(xlsx.Sheet(each.names[ctx.t.language], columns, rows))
    return found


def _kinds(ctx: Context) -> list[ActivityKind]:
    """Return the kinds with a figure of their own, the same as in the digest."""
    counted = ctx.house.content.counted
    return [*counted, *(kind for kind in _with_categories(ctx) if kind not in counted)]


def _with_categories(ctx: Context) -> list[ActivityKind]:
    return [kind for kind in ctx.house.content.activities if kind.field("category")]


def _cells(ctx: Context, of: xlsx.Value, tally: Tally) -> list[xlsx.Value]:
    counts = [tally.entries_of(kind.code) for kind in _kinds(ctx)]
    others = tally.entries - sum(counts)
    return [of, tally.shifts, tally.worked, *counts, tally.people, others]
