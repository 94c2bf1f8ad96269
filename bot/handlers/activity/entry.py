"""An entry that is saved: its card, its history, changing it, taking it back."""

from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.handlers.activity.draft import FORM, asking, draft_of, open_drafts
from bot.handlers.activity.form import draft_screen
from bot.handlers.activity.presses import (
    EditEntry,
    ListEntries,
    NewActivity,
    OpenEntry,
    ShowHistory,
    UndoEntry,
    WithdrawEntry,
)
from bot.handlers.activity.words import kind_name, value_lines, when
from bot.i18n import Markup
from bot.routes import Given, Routes
from bot.screens import MOST_LINES, Button, Expected, Rows, Screen
from bot.services.activity_cards import EntryCard, VersionCard
from bot.services.activity_entries import values_of
from bot.services.errors import ConflictError, InvalidInputError
from bot.services.states import ActivityState

WITHDRAWAL = "entry-withdrawal"


def entry_screen(ctx: Context, card: EntryCard) -> Screen:
    """Return an entry with what its author can do with it."""
    t = ctx.t
    back = (Button(t.plain("button-back"), ListEntries(shift_id=card.shift_id)),)
    rows: Rows = (back,)
    if card.state is not ActivityState.WITHDRAWN:
        rows = (
            (
                Button(t.plain("entry-edit"), EditEntry(activity_id=card.id)),
                Button(
                    t.plain("entry-withdraw"), WithdrawEntry(activity_id=card.id), style="danger"
                ),
            ),
            (_history_button(ctx, card),),
            back,
        )
    elif card.version > 1:
        rows = ((_history_button(ctx, card),), back)
    return Screen(Markup("\n").join(_lines(ctx, card)), rows)


def saved_screen(ctx: Context, card: EntryCard) -> Screen:
    """Return an entry just saved, with the ways to take it back, mend it, or go on."""
    if card.state is ActivityState.WITHDRAWN:
        return entry_screen(ctx, card)
    t = ctx.t
    again = NewActivity(shift=card.shift_id)
    rows: Rows = (
        (
            Button(t.plain("entry-undo"), UndoEntry(activity_id=card.id)),
            Button(t.plain("entry-edit"), EditEntry(activity_id=card.id)),
        ),
        (Button(t.plain("entry-another"), again),),
        *home.menu_row(ctx),
    )
    lines = [t("activity-saved", at=card.created_at), *_lines(ctx, card)]
    return Screen(Markup("\n").join(lines), rows)


def _history_button(ctx: Context, card: EntryCard) -> Button:
    return Button(ctx.t.plain("entry-history"), ShowHistory(activity_id=card.id))


def _lines(ctx: Context, card: EntryCard) -> list[str]:
    t = ctx.t
    lines: list[str] = [
        t("activity-title", name=kind_name(ctx, card.kind)),
        t("entry-state", state=card.state, at=card.begins_at),
        *value_lines(ctx, card.kind, values_of(card)),
    ]
    if card.attachments:
        lines.append(t("activity-attached", count=card.attachments))
    if card.overlaps:
        lines.append(t("entry-overlaps"))
    if card.outside:
        lines.append(t("entry-outside"))
    if card.reason:
        lines.append(t("entry-reason", reason=card.reason))
    return lines


async def open_entry(
    ctx: Context, press: OpenEntry | EditEntry | UndoEntry | WithdrawEntry
) -> Screen:
    """Show one of one's entries."""
    return entry_screen(ctx, await ctx.services.entries.card(ctx.me_id, press.activity_id))


async def edit(ctx: Context, press: EditEntry) -> Screen:
    """Open a draft of changes to the entry."""
    card = await ctx.services.entries.card(ctx.me_id, press.activity_id)
    if card.state is ActivityState.WITHDRAWN:
        raise ConflictError("error-entry-withdrawn", at=card.updated_at)
    ctx.services.drafts.rules.kind(card.kind)
    for held in open_drafts(ctx):
        if held.changes(card.id, card.version):
            return draft_screen(ctx, held)
    return draft_screen(ctx, await asking(ctx, draft_of(card), FORM))


async def undo(ctx: Context, press: UndoEntry) -> Screen:
    """Take an entry just saved back."""
    card = await ctx.services.entries.undo(ctx.me_id, press.activity_id)
    return entry_screen(ctx, card).with_toast(ctx.t.plain("entry-withdrawn-toast"))


async def ask_reason(ctx: Context, press: WithdrawEntry) -> Screen:
    """Ask why the entry is withdrawn."""
    return await _ask(ctx, {"id": press.activity_id})


async def _ask(ctx: Context, data: dict[str, Any]) -> Screen:
    card = await ctx.services.entries.card(ctx.me_id, data["id"])
    if card.state is ActivityState.WITHDRAWN:
        return entry_screen(ctx, card)
    return Screen(
        ctx.t("entry-withdraw-ask", name=kind_name(ctx, card.kind), at=card.begins_at),
        ((Button(ctx.t.plain("button-back"), OpenEntry(activity_id=card.id)),),),
        expects=Expected(WITHDRAWAL, {"id": card.id}),
    )


async def withdraw(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Withdraw the entry with the reason typed."""
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    card = await ctx.services.entries.withdraw(ctx.me_id, data["id"], given.text)
    return entry_screen(ctx, card).headed(ctx.t("entry-withdrawn"))


async def show_history(ctx: Context, press: ShowHistory) -> Screen:
    """Show the latest versions of an entry, the last one first, and what each of them changed."""
    versions = await ctx.services.entries.history(ctx.me_id, press.activity_id)
    told = [
        _version_lines(ctx, before, version)
        for before, version in zip([None, *versions], versions, strict=False)
    ]
    lines: list[str] = [ctx.t("entry-versions", count=len(versions)), *told.pop()]
    while told and len(lines) + len(told[-1]) + (len(told) > 1) <= MOST_LINES:
        lines += told.pop()
    if told:
        lines[MOST_LINES - 1 :] = [ctx.t("entry-versions-more", count=len(told))]
    back = (Button(ctx.t.plain("button-back"), OpenEntry(activity_id=press.activity_id)),)
    return Screen(Markup("\n").join(lines), (back,))


def _version_lines(ctx: Context, before: VersionCard | None, version: VersionCard) -> list[str]:
    t = ctx.t
    by = version.made_by or t.plain("entry-by-you")
    lines: list[str] = [
        t("entry-version", number=version.version, at=version.made_at, by=by, state=version.state)
    ]
    if version.reason:
        lines.append(t("entry-reason", reason=version.reason))
    if before is None:
        return lines
    if (before.begins_at, before.ends_at) != (version.begins_at, version.ends_at):
        lines.append(t("entry-was", field="period", value=when(ctx, before)))
    changed = {
        name: value for name, value in before.fields.items() if version.fields.get(name) != value
    }
    was = value_lines(ctx, before.kind, changed)
    added = [name for name in version.fields if name not in before.fields]
    lines += [t("entry-was-line", line=line) for line in was]
    lines += [t("entry-was-empty", field=name) for name in added]
    return lines


def register(routes: Routes) -> None:
    """Put this part of the flow into the table."""
    routes.press(OpenEntry, open_entry)
    routes.press(EditEntry, edit, redraw=open_entry)
    routes.press(UndoEntry, undo, redraw=open_entry)
    routes.press(WithdrawEntry, ask_reason, redraw=open_entry)
    routes.press(ShowHistory, show_history)
    routes.answer(WITHDRAWAL, withdraw, prompt=_ask)
