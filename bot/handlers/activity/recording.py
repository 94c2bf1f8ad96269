"""Recording a result: a draft's fields one by one, whatever is pressed, written or sent."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.content import Content
from bot.context import Context
from bot.handlers import errors, home
from bot.handlers.activity.attaching import attach_to_draft, captioned
from bot.handlers.activity.draft import (
    ANSWER,
    FORM,
    Draft,
    asking,
    draft_key,
    first_field,
    new_draft,
    next_field,
    open_drafts,
    read_draft,
)
from bot.handlers.activity.entry import entry_screen
from bot.handlers.activity.form import draft_screen
from bot.handlers.activity.kinds import choose_beside, choose_kind, open_kinds
from bot.handlers.activity.presses import (
    AskField,
    BeginActivity,
    BeginBeside,
    CancelDraft,
    GoOnDraft,
    NewActivity,
    OpenForm,
    PickOffer,
    SameOne,
    SaveActivity,
    SkipField,
)
from bot.i18n import LANGUAGES
from bot.routes import Given, KeyHandler, Routes, SharedLocation
from bot.screens import Screen
from bot.services.activity_answers import NOTE
from bot.services.errors import ConflictError, InvalidInputError
from bot.services.geofence import Point


async def begin(ctx: Context, press: BeginActivity) -> Screen:
    """Begin a draft with what is the same as last time, or go on with the one begun."""
    begun = await ctx.services.drafts.begin(ctx.me_id, press.kind, press.shift or None)
    for held in open_drafts(ctx):
        if held.is_of(press.kind, begun.shift_id) and not press.attachment:
            return draft_screen(ctx, held).with_toast(ctx.t.plain("activity-begun-toast"))
    attachments: list[int] = []
    if press.attachment:
        attachments = await ctx.services.attachments.together(ctx.me_id, press.attachment)
    draft = new_draft(press.kind, begun, tuple(attachments))
    return await _show(ctx, draft, first_field(ctx.services.drafts.rules, draft))


async def begin_beside(ctx: Context, press: BeginBeside) -> Screen:
    """Begin a draft below the shift's card; pressed again, it is the same draft."""
    begun = await begin(ctx, BeginActivity(kind=press.kind, shift=press.shift_id))
    return replace(begun, aside=True)


async def _show(ctx: Context, draft: Draft, name: str, page: int = 0) -> Screen:
    return draft_screen(ctx, await asking(ctx, draft, name, page))


async def _go_on(ctx: Context, draft: Draft) -> Screen:
    return await _show(ctx, draft, next_field(ctx.services.drafts.rules, draft))


def held_draft(ctx: Context, tag: str) -> Draft:
    """Return the draft a button is of.

    Raises:
        ConflictError: it is lost.
    """
    for draft in open_drafts(ctx):
        if draft.tag == tag:
            return draft
    raise ConflictError("error-activity-lost")


async def redraw(
    ctx: Context,
    _: PickOffer
    | AskField
    | SkipField
    | OpenForm
    | GoOnDraft
    | CancelDraft
    | SaveActivity
    | SameOne,
) -> Screen:
    """Show the draft that is open, or ask for the kind again."""
    for draft in open_drafts(ctx):
        return draft_screen(ctx, draft)
    return await ask_again(ctx, ctx.remembered)


async def pick(ctx: Context, press: PickOffer) -> Screen:
    """Take an answer offered; a second tap on it finds the next field asked already."""
    draft = held_draft(ctx, press.tag)
    if press.field != draft.field or press.index >= len(draft.offers):
        return draft_screen(ctx, draft)
    return await _go_on(ctx, _answered(ctx, draft, press.field, draft.offers[press.index]))


def _answered(ctx: Context, draft: Draft, name: str, value: object) -> Draft:
    """Return the draft with an answer, without those it makes impossible."""
    draft = draft.answered(name, value)
    rules = ctx.services.drafts.rules
    for field in rules.kind(draft.kind).fields:
        held = draft.values.get(field.name)
        if field.type == "choice" and held and held not in rules.choices(field, draft.values):
            draft = draft.emptied(field.name)
    return draft


async def ask(ctx: Context, press: AskField) -> Screen:
    """Ask for a field, or turn the page of its answers."""
    draft = held_draft(ctx, press.tag)
    return await _show(ctx, draft, press.field, press.page)


async def skip(ctx: Context, press: SkipField) -> Screen:
    """Leave a field empty; one that must be filled is asked again."""
    draft = held_draft(ctx, press.tag)
    if press.field != draft.field:
        return draft_screen(ctx, draft)
    return await _go_on(ctx, draft.emptied(press.field))


async def go_on(ctx: Context, press: GoOnDraft) -> Screen:
    """Show the draft as it was left."""
    return draft_screen(ctx, held_draft(ctx, press.tag))


async def open_form(ctx: Context, press: OpenForm) -> Screen:
    """Show all of the draft."""
    return await _show(ctx, held_draft(ctx, press.tag), FORM)


async def cancel(ctx: Context, press: CancelDraft) -> Screen:
    """Give the draft up."""
    draft = held_draft(ctx, press.tag)
    if draft.entry_id:
        card = await ctx.services.entries.card(ctx.me_id, draft.entry_id)
        return replace(entry_screen(ctx, card), ends_draft=draft.identity)
    menu = await home.home(replace(ctx, remembered={}, beneath={}))
    return replace(menu.headed(ctx.t("cancelled")), ends_draft=draft.identity)


async def answer(ctx: Context, data: dict[str, Any], given: Given) -> Screen | None:
    """Take what was written or sent while the draft is open."""
    draft = read_draft(ctx, data)
    if draft is None:
        raise ConflictError("error-activity-lost")
    if given.location is not None and given.location.live:
        return await _followed(ctx, draft, given.location)
    if given.media is not None or given.location is not None:
        return await _attached(ctx, draft, given)
    if not given.text:
        raise InvalidInputError("error-text-wanted")
    kind = ctx.services.drafts.rules.kind(draft.kind)
    field = kind.field(draft.field) or kind.field(NOTE)
    if field is None:
        raise InvalidInputError("error-choose-button")
    value = await ctx.services.drafts.read(ctx.me_id, draft.shift_id, field, given.text)
    return await _go_on(ctx, _answered(ctx, draft, field.name, value))


async def _followed(ctx: Context, draft: Draft, location: SharedLocation) -> Screen:
    """Follow a live location shared while the draft is open; it is of the shift."""
    if location.forwarded:
        raise InvalidInputError("error-attachment-kind")
    point = Point(location.latitude, location.longitude, location.accuracy_m)
    await ctx.services.tracks.note(ctx.me_id, point, ctx.sent_at)
    return draft_screen(ctx, draft).headed(ctx.t("shift-live-on"))


async def _attached(ctx: Context, draft: Draft, given: Given) -> Screen | None:
    attached = await attach_to_draft(ctx, draft, given)
    if attached is None:
        return None
    try:
        captioned_draft = captioned(ctx, attached, given.media.caption if given.media else "")
    except InvalidInputError as error:
        # The file is kept all the same.
        return draft_screen(ctx, attached).headed(errors.refusal_line(ctx, error))
    return draft_screen(ctx, captioned_draft)


async def ask_again(ctx: Context, data: Mapping[str, Any]) -> Screen:
    """Show the draft once more, or ask for the kind if it is lost."""
    draft = read_draft(ctx, data)
    if draft is not None:
        return draft_screen(ctx, draft)
    return replace(await open_kinds(ctx), ends_draft=draft_key(data) or "")


async def choose_again(ctx: Context, press: BeginActivity) -> Screen:
    """Ask what was done, when the kind named is no kind any more."""
    return await choose_kind(ctx, NewActivity(attachment=press.attachment, shift=press.shift))


def _kind_keys(content: Content) -> dict[str, KeyHandler]:
    return {
        f"{kind.emoji} {kind.names[language]}": partial(_begin_by_key, kind.code)
        for kind in content.counted
        for language in LANGUAGES
    }


async def _begin_by_key(kind: str, ctx: Context) -> Screen:
    return await begin(ctx, BeginActivity(kind=kind))


def register(routes: Routes) -> None:
    """Put this part of the flow into the table."""
    routes.pack_keys = _kind_keys
    routes.press(BeginActivity, begin, redraw=choose_again)
    routes.press(BeginBeside, begin_beside, redraw=choose_beside)
    routes.press(PickOffer, pick, redraw=redraw)
    routes.press(AskField, ask, redraw=redraw)
    routes.press(SkipField, skip, redraw=redraw)
    routes.press(OpenForm, open_form, redraw=redraw)
    routes.press(GoOnDraft, go_on, redraw=redraw)
    routes.press(CancelDraft, cancel)
    routes.answer(ANSWER, answer, prompt=ask_again, takes_media=True, draft=draft_key)
