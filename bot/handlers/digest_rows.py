"""The figures of a digest in words: rows of a table, or lines where there are no tables."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from bot.content import ActivityKind, find
from bot.context import Context
from bot.handlers.activity.words import big_kinds
from bot.i18n import Markup
from bot.services.digest_days import DAYS_BEFORE
from bot.services.digest_figures import Compared
from bot.services.digest_view import DigestView

# Of a month there are many, one or two of each: all of them stand in its table.
_CATEGORIES = 5


class FigureRow(NamedTuple):
    """One figure: what it is, how it stands, and what it is compared with.

    ``eve`` is of the whole day before, beside a day that goes on. ``is_part`` is one of what a
    kind in a row above is made of.
    """

    label: str
    value: str
    before: str
    eve: str = ""
    is_part: bool = False


def figure_lines(ctx: Context, digest: DigestView, room: int) -> list[Markup]:
    """Return the figures line by line, and last what is in brackets, in so much room if possible.

    As many categories as there is room for have a line of their own; where there is none for two
    lines, the most frequent one and the rest share one.
    """
    tried = (figure_rows(ctx, digest, few) for few in range(_CATEGORIES, 0, -1))
    fitting = next((rows for rows in tried if len(rows) < room), None)
    lines: list[Markup] = []
    for is_part, group in groupby(fitting or figure_rows(ctx, digest, 1), lambda row: row.is_part):
        told = [_line(ctx, digest, row) for row in group]
        lines += [Markup(" ").join(told)] if is_part and fitting is None else told
    if digest.tells_eve:
        return [
            *lines,
            ctx.t("digest-brackets-eve", partial=digest.is_partial, at=digest.made_at),
        ]
    return [*lines, ctx.t("digest-brackets", kind=digest.kind)]


def _line(ctx: Context, digest: DigestView, row: FigureRow) -> Markup:
    if digest.tells_eve:
        return ctx.t(
            "digest-line", label=row.label, value=row.value, eve=row.eve, before=row.before
        )
    return ctx.t("digest-line-long", label=row.label, value=row.value, before=row.before)


def figure_rows(ctx: Context, digest: DigestView, few: int = _CATEGORIES) -> list[FigureRow]:
    """Return the figures in words, few enough for a phone: what is done most, facts, and the rest.

    A day stands beside the whole day before and the mean of seven whole days, a week or month
    beside all of the one before. A kind that never occurred is left out, and of the categories of
    a kind all but the ``few`` most frequent are one row.
    """
    t, figures = ctx.t, digest.figures
    before = figures.worked_before / (1 if digest.is_long else DAYS_BEFORE)
    worked = FigureRow(
        t.plain("digest-hours"),
        t.duration(figures.worked),
        t.duration(before),
        t.duration(figures.worked_eve) if digest.tells_eve else "",
    )
    rows = [_row(ctx, digest, t.plain("digest-shifts"), figures.shifts), worked]
    big = big_kinds(ctx)
    for kind in ctx.house.content.activities:
        if kind.code in big or figures.categories(kind.code):
            rows += _kind_rows(ctx, digest, kind, few)
    rest = [code for code in figures.kinds if code not in big and not figures.categories(code)]
    for key, count in (
        ("digest-others", sum(map(figures.entries, rest), Compared())),
        ("digest-people", sum(map(figures.people, figures.kinds), Compared())),
    ):
        if count.count or count.before:
            rows.append(_row(ctx, digest, t.plain(key), count))
    return rows


def _kind_rows(
    ctx: Context, digest: DigestView, kind: ActivityKind, few: int
) -> Iterator[FigureRow]:
    entries = digest.figures.entries(kind.code)
    if not (entries.count or entries.before):
        return
    yield _row(ctx, digest, f"{kind.emoji} {kind.names[ctx.t.language]}", entries)
    told = [each for each in categories(ctx, digest, kind) if each[1].count]
    parts = [(ctx.t.plain("digest-category", category=name), count) for name, count in told[:few]]
    if told[few:]:
        rest = sum((count for _, count in told[few:]), Compared())
        parts.append((ctx.t.plain("digest-categories-rest"), rest))
    for label, count in parts:
        yield _row(ctx, digest, label, count)._replace(is_part=True)


def categories(ctx: Context, digest: DigestView, kind: ActivityKind) -> list[tuple[str, Compared]]:
    """Return the categories of a kind by their names, the most frequent first."""
    found = digest.figures.categories(kind.code).items()
    return [
        (code if known is None else known.names[ctx.t.language], count)
        for code, count in sorted(found, key=lambda each: (-each[1].count, each[0]))
        for known in (find(ctx.house.content.fact_categories, code),)
    ]


def _row(ctx: Context, digest: DigestView, label: str, count: Compared) -> FigureRow:
    before = count.before if digest.is_long else round(count.before / DAYS_BEFORE, 1)
    eve = ctx.t.number(count.eve) if digest.tells_eve else ""
    return FigureRow(label, ctx.t.number(count.count), ctx.t.number(before), eve)
