"""Saving a draft: once however often it is pressed, after what is doubtful is settled."""

from dataclasses import replace

from bot.context import Context
from bot.handlers.activity.draft import Draft, open_drafts
from bot.handlers.activity.entry import entry_screen, saved_screen
from bot.handlers.activity.form import doubt_screen, draft_screen
from bot.handlers.activity.presses import SameOne, SaveActivity, SaveChanges
from bot.handlers.activity.recording import held_draft, redraw
from bot.routes import Routes
from bot.screens import Screen
from bot.services.activity import Doubt, Doubtful
from bot.services.errors import ConflictError


async def save(ctx: Context, press: SaveActivity) -> Screen:
    """Save the draft, once however often it is pressed."""
    draft = next((each for each in open_drafts(ctx) if each.key == press.key), None)
    if draft is None:
        return await _saved_before(ctx, press)
    sure = Doubt(press.sure & (Doubt.SAME | Doubt.OVERLAP))
    outcome = await ctx.services.activities.save(ctx.me_id, draft.entry, sure)
    if isinstance(outcome, Doubtful):
        return doubt_screen(ctx, draft, outcome, sure)
    text = "activity-saved-again-toast" if outcome.again else "activity-saved-toast"
    toast = ctx.t.plain(text, at=outcome.card.created_at)
    return replace(saved_screen(ctx, outcome.card), ends_draft=draft.identity).with_toast(toast)


async def _saved_before(ctx: Context, press: SaveActivity) -> Screen:
    """Answer a button of a draft that is not open: it was saved, or lost."""
    card = await ctx.services.activities.find_saved(ctx.me_id, press.key)
    if card is None:
        raise ConflictError("error-activity-lost")
    toast = ctx.t.plain("activity-saved-again-toast", at=card.created_at)
    return saved_screen(ctx, card).with_toast(toast)


async def same_one(ctx: Context, press: SameOne) -> Screen:
    """Save nothing: it is there already. What came with the draft belongs to that entry."""
    draft = held_draft(ctx, press.tag)
    for attachment_id in draft.attachments:
        await ctx.services.attachments.assign(ctx.me_id, attachment_id, press.activity_id)
    card = await ctx.services.entries.card(ctx.me_id, press.activity_id)
    screen = replace(entry_screen(ctx, card), ends_draft=draft.identity)
    return screen.with_toast(ctx.t.plain("activity-saved-again-toast", at=card.created_at))


async def save_changes(ctx: Context, press: SaveChanges) -> Screen:
    """Save the changes of an entry as its next version."""
    draft = _changes(ctx, press)
    if draft is None:
        card = await ctx.services.entries.card(ctx.me_id, press.activity_id)
        text = (
            "activity-saved-again-toast" if card.version > press.version else "entry-unsaved-toast"
        )
        return entry_screen(ctx, card).with_toast(ctx.t.plain(text, at=card.updated_at))
    changed = await ctx.services.entries.change(
        ctx.me_id, draft.entry_id, draft.version, draft.values
    )
    if draft.attachments:
        for attachment_id in draft.attachments:
            await ctx.services.attachments.assign(ctx.me_id, attachment_id, draft.entry_id)
        changed = replace(
            changed, card=await ctx.services.entries.card(ctx.me_id, draft.entry_id), same=False
        )
    text = "entry-same-toast" if changed.same else "activity-saved-toast"
    screen = replace(entry_screen(ctx, changed.card), ends_draft=draft.identity)
    return screen.with_toast(ctx.t.plain(text, at=changed.card.updated_at))


def _changes(ctx: Context, press: SaveChanges) -> Draft | None:
    drafts = open_drafts(ctx)
    return next((each for each in drafts if each.changes(press.activity_id, press.version)), None)


async def show_changed(ctx: Context, press: SaveChanges) -> Screen:
    """Show the changes as far as they are made, or the entry when they are lost."""
    draft = _changes(ctx, press)
    if draft is not None:
        card = await ctx.services.entries.card(ctx.me_id, press.activity_id)
        if card.version == press.version:
            return draft_screen(ctx, draft)
    return entry_screen(ctx, await ctx.services.entries.card(ctx.me_id, press.activity_id))


def register(routes: Routes) -> None:
    """Put this part of the flow into the table."""
    routes.press(SaveActivity, save, redraw=redraw)
    routes.press(SameOne, same_one, redraw=redraw)
    routes.press(SaveChanges, save_changes, redraw=show_changed)
