"""The journal of briefings before coordinators and admins: choosing a part, and its file."""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from aiogram.filters.callback_data import CallbackData

from bot import xlsx
from bot.context import Context
from bot.handlers import home
from bot.handlers.assistants import ListAssistants
from bot.handlers.briefing_presses import OpenJournal
from bot.i18n import Translator
from bot.pdf import table
from bot.routes import Routes
from bot.screens import Attachment, Button, Rows, Screen
from bot.services.briefing_journal import Journal, JournalLine, Period
from bot.services.rights import Right

# What the columns of the paper take of its width, and what those of the sheet take in letters.
_COLUMNS = (
    ("name", 6.0, 34),
    ("service", 3.0, 16),
    ("district", 5.0, 24),
    ("version", 2.4, 12),
    ("score", 2.2, 12),
    ("signed", 3.4, 18),
    ("until", 2.8, 14),
)


class Form(StrEnum):
    """What the file is: on paper in Kazakh and Russian, or a table in the reader's language."""

    PDF = "pdf"
    XLSX = "xlsx"


class GetJournal(CallbackData, prefix="journalget"):
    """Send a part of the journal."""

    period: Period
    form: Form


async def open_journal(ctx: Context, _: OpenJournal | GetJournal) -> Screen:
    """Offer the parts of the journal that are not empty."""
    counts = await ctx.services.briefing_journal.counts(ctx.me_id)
    rows: Rows = tuple(
        tuple(
            Button(
                ctx.t.plain("journal-get", period=period, form=form.upper(), count=count),
                GetJournal(period=period, form=form),
            )
            for form in Form
        )
        for period, count in counts.items()
        if count
    )
    back = (Button(ctx.t.plain("button-back"), ListAssistants()),)
    text = ctx.t("journal") if rows else ctx.t("journal-empty")
    return Screen(text, (*rows, back, *home.menu_row(ctx)))


async def get_journal(ctx: Context, press: GetJournal) -> Screen:
    """Send a part of the journal as a file, the choice below it."""
    journal = await ctx.services.briefing_journal.read(ctx.me_id, press.period)
    if press.form is Form.PDF:
        content = await asyncio.to_thread(table.render, _paper(ctx, journal))
    else:
        content = await asyncio.to_thread(_sheet(ctx, journal))
    name = f"briefings_{journal.first}_{journal.last}.{press.form}"
    screen = await open_journal(ctx, press)
    return Screen(
        screen.text, screen.rows, attached=Attachment(name, content, instead=ctx.t("file-refused"))
    )


def _paper(ctx: Context, journal: Journal) -> table.Table:
    """Return the journal as it is printed, in Kazakh and Russian."""
    kk, ru = ctx.house.texts["kk"], ctx.house.texts["ru"]
    headings = [[t.plain(f"journal-column-{name}") for t in (kk, ru)] for name, _, _ in _COLUMNS]
    shares = [share for _, share, _ in _COLUMNS]
    columns = [
        table.Column(heading, share) for heading, share in zip(headings, shares, strict=True)
    ]
    texts = {(line.version, line.language): line.undertaking_sha256 for line in journal.lines}
    signed = [
        f"{version} · {language}: SHA-256 {digest}"
        for (version, language), digest in sorted(texts.items())
    ]
    return table.Table(
        titles=[
            " · ".join(t.plain("journal-title") for t in (kk, ru)),
            *(_scope(ctx, t, journal) for t in (kk, ru)),
        ],
        columns=[table.Column(["№"], 1), *columns],
        rows=[[str(number), *_printed(ctx, line)] for number, line in enumerate(journal.lines, 1)],
        foot=[
            " / ".join(t.plain("journal-texts") for t in (kk, ru)),
            *signed,
            " / ".join(t.plain("journal-responsible") for t in (kk, ru)) + ": " + "_" * 40,
        ],
    )


def _scope(ctx: Context, t: Translator, journal: Journal) -> str:
    """Return the days and the districts the part is about."""
    if journal.districts is None:
        places = ctx.house.content.region.names[t.language]
    else:
        names = (ctx.house.districts.name(code, t.language) for code in journal.districts)
        places = ", ".join(sorted(names))
    return t.plain("journal-scope-row", first=journal.first, last=journal.last, places=places)


def _printed(ctx: Context, line: JournalLine) -> list[str]:
    zone = ctx.house.content.region.zone
    district = " / ".join(ctx.house.districts.name(line.district, each) for each in ("kk", "ru"))
    return [
        line.full_name,
        line.service_number,
        district,
        f"{line.version} · {line.language}",
        f"{line.score} / {line.asked}",
        f"{line.signed_at.astimezone(zone):%d.%m.%Y %H:%M}",
        f"{line.valid_until.astimezone(zone):%d.%m.%Y}",
    ]


def _sheet(ctx: Context, journal: Journal) -> Callable[[], bytes]:
    """Return what makes the table, in the reader's language, with the whole hash of each text."""
    t = ctx.t
    columns = [xlsx.Column(t.plain(f"journal-column-{name}"), width) for name, _, width in _COLUMNS]
    columns += [
        xlsx.Column(t.plain("journal-column-language"), 10),
        xlsx.Column(t.plain("journal-column-hash"), 66),
    ]
    rows: list[list[xlsx.Value]] = [
        [
            line.full_name,
            line.service_number,
            ctx.district(line.district),
            line.version,
            f"{line.score} / {line.asked}",
            line.signed_at,
            line.valid_until,
            line.language,
            line.undertaking_sha256,
        ]
        for line in journal.lines
    ]
    zone = ctx.house.content.region.zone
    name, made_at = t.plain("journal-title"), journal.made_at
    return partial(xlsx.table, name, columns, rows, zone=zone, made_at=made_at)


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.SEE_ASSISTANTS
    routes.press(OpenJournal, open_journal, right=right)
    routes.press(GetJournal, get_journal, right=right, redraw=open_journal, makes_file=True)
