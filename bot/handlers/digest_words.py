"""A digest in words: its figures in a table or line by line, and a button for each thing."""

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import home
from bot.handlers.digest_presses import (
    LookAtPlace,
    OpenForgotten,
    OpenRecruit,
    OpenStuck,
    OpenToday,
    Remind,
    SetDigest,
)
from bot.handlers.digest_rows import FigureRow, figure_lines, figure_rows
from bot.handlers.roster_presses import OpenMissed
from bot.i18n import Markup, escape
from bot.screens import MOST_LINES, Button, Rows, Screen, in_column
from bot.services.digest_view import DigestView
from bot.services.rights import Right

# More buttons than this are no help; the next ones come up as these are settled.
_BUTTONS = 8
_NAMES = 5


def digest_screen(ctx: Context, digest: DigestView) -> Screen:
    """Return the digest as it reads now; one silent line when there is nothing to say."""
    last_row = _last_row(ctx, digest)
    if digest.nothing:
        text = "\n".join((_about(ctx, digest, "digest-nothing"), *_unheard(ctx, digest)))
        return Screen(text, last_row, silent=True, digest_of=digest.id)
    title = _about(ctx, digest, "digest-title")
    below = _below(ctx, digest)
    # A week or a month is over: what waits is settled in the digest of today.
    rows = () if digest.is_long else in_column(_exceptions(ctx, digest)[:_BUTTONS])
    return Screen(
        "\n".join((title, *figure_lines(ctx, digest, MOST_LINES - 1 - len(below)), *below)),
        (*rows, *last_row),
        rich=_rich(ctx, digest, title, figure_rows(ctx, digest), below),
        silent=digest.quiet,
        digest_of=digest.id,
    )


def _about(ctx: Context, digest: DigestView, key: str) -> Markup:
    """Return a text that names the district and the days."""
    return ctx.t(
        key,
        kind=digest.kind,
        district=ctx.district(digest.district),
        first=digest.span.first,
        last=digest.span.last,
    )


def _last_row(ctx: Context, digest: DigestView) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if digest.is_long:
        text = ctx.t.plain("digest-today-row", count=digest.exceptions)
        rows.append((Button(text, OpenToday(district=digest.district)),))
    ((menu,),) = home.menu_row(ctx)
    if not ctx.me.reach(Right.SET_DIGEST).covers(digest.district):
        return (*rows, (menu,))
    settings = Button(ctx.t.plain("digest-set-open"), SetDigest(district=digest.district))
    return (*rows, (settings, menu))


def _below(ctx: Context, digest: DigestView) -> list[Markup]:
    unheard = _unheard(ctx, digest)
    if digest.is_long:
        return unheard
    left = digest.exceptions
    settling = ctx.t("digest-left", count=left) if left else ctx.t("digest-settled")
    return [*unheard, _duty_line(ctx, digest), settling]


def _unheard(ctx: Context, digest: DigestView) -> list[Markup]:
    """Return a line for each time from which nothing came."""
    return [ctx.t("digest-unheard", since=since, until=until) for since, until in digest.unheard]


def _rich(
    ctx: Context, digest: DigestView, title: Markup, rows: list[FigureRow], below: list[Markup]
) -> Markup:
    """Return the digest as rich HTML: the figures stand in a table."""
    plain, kind = ctx.t.plain, digest.kind
    head = FigureRow(
        plain("digest-column-figure"),
        plain("digest-column-by", at=digest.made_at)
        if digest.is_partial
        else plain("digest-column-count", kind=kind),
        plain("digest-column-before", kind=kind),
        plain("digest-column-eve") if digest.tells_eve else "",
    )
    table = Markup().join(_table_row(row, "th" if row is head else "td") for row in (head, *rows))
    return Markup().join(
        (
            Markup(f"<h3>{title}</h3><table bordered striped>{table}</table>"),
            *(Markup(f"<p>{line}</p>") for line in below),
        )
    )


def _table_row(row: FigureRow, tag: str) -> Markup:
    label, *numbers = map(escape, (row.label, row.value, *filter(None, (row.eve,)), row.before))
    number = f'{tag} align="right"'
    cells = (f"<{tag}>{label}</{tag}>", *(f"<{number}>{each}</{tag}>" for each in numbers))
    return Markup(f"<tr>{''.join(cells)}</tr>")


def _duty_line(ctx: Context, digest: DigestView) -> Markup:
    names = ", ".join(line.full_name for line in digest.on_duty.first[:_NAMES])
    if digest.on_duty.total > _NAMES:
        return ctx.t("digest-duty-more", names=names, count=digest.on_duty.total - _NAMES)
    return ctx.t("digest-duty", names=names) if names else ctx.t("digest-duty-nobody")


def _exceptions(ctx: Context, digest: DigestView) -> list[Button]:
    """Return a button for each thing that waits, the most pressing first."""
    plain, key = ctx.t.plain, digest.id
    found: list[tuple[str, CallbackData]] = [
        (
            plain("digest-forgotten-row", name=shift.full_name, at=shift.started_at),
            OpenForgotten(digest_id=key, shift_id=shift.id),
        )
        for shift in digest.forgotten.first
    ]
    found += [
        (
            plain("digest-missed-row", name=duty.full_name, at=duty.starts_at),
            OpenMissed(digest_id=key, assignment_id=duty.id),
        )
        for duty in digest.missed
    ]
    found += [
        (
            plain("digest-recruit-row", name=each.full_name),
            OpenRecruit(digest_id=key, application_id=each.id),
        )
        for each in digest.applications.first
    ]
    found += [
        (
            plain(
                "digest-place-row",
                name=shift.full_name,
                place=shift.start_place,
                at=shift.started_at,
            ),
            LookAtPlace(digest_id=key, shift_id=shift.id),
        )
        for shift in digest.questionable
    ]
    found += [
        (
            plain("digest-stuck-row", name=each.full_name),
            OpenStuck(digest_id=key, attempt_id=each.id),
        )
        for each in digest.stuck
    ]
    found += [
        (
            plain("digest-slow-row", name=each.full_name),
            Remind(digest_id=key, person_id=each.id),
        )
        for each in digest.slow
    ]
    found += [
        (
            plain("digest-expiring-row", name=each.full_name, until=each.at),
            Remind(digest_id=key, person_id=each.id),
        )
        for each in digest.expiring
    ]
    return [Button(text, press) for text, press in found]
