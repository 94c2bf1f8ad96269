"""Photos, voices, documents and places: kept when they come, then asked what they belong to."""

from dataclasses import replace

from bot.context import Context
from bot.handlers import errors, home
from bot.handlers.activity.draft import Draft
from bot.handlers.activity.presses import (
    AskAttachment,
    Attach,
    ForgetAttachment,
    NewActivity,
    OpenEntry,
)
from bot.handlers.activity.words import entry_row
from bot.routes import Given, Routes, SharedLocation, SharedMedia
from bot.screens import Button, Screen
from bot.services.activity_answers import NOTE, read_words
from bot.services.attachments import Incoming
from bot.services.errors import ConflictError, InvalidInputError
from bot.services.states import ActivityState, AttachmentKind

_OFFERED = 4


async def take(ctx: Context, media: SharedMedia) -> Screen | None:
    """Keep what came beside any dialogue, and ask what it belongs to: once for an album.

    Raises:
        ConflictError: the person is on no shift.
    """
    if ctx.me.shift is None:
        raise ConflictError("error-attachment-no-shift")
    try:
        taken = await ctx.services.attachments.take(ctx.me_id, _file(media))
    except InvalidInputError as error:
        # Whatever else is being asked stays asked.
        return Screen(errors.refusal_line(ctx, error), leaves_question=True)
    if taken.asked:
        return None
    return await _ask(ctx, taken.id, taken.kind, captioned=bool(media.caption))


async def take_place(ctx: Context, location: SharedLocation) -> Screen:
    """Keep a place that answers no question, and ask what it belongs to."""
    taken = await ctx.services.attachments.take(ctx.me_id, _place(ctx, location))
    return await _ask(ctx, taken.id, taken.kind)


def _file(media: SharedMedia | None) -> Incoming:
    if media is None or media.incoming is None:
        raise InvalidInputError("error-attachment-kind")
    return media.incoming


def _place(ctx: Context, location: SharedLocation) -> Incoming:
    return Incoming(
        AttachmentKind.LOCATION,
        location.message_id,
        ctx.sent_at,
        lat=location.latitude,
        lon=location.longitude,
    )


async def _ask(
    ctx: Context, attachment_id: int, kind: AttachmentKind, *, captioned: bool = False
) -> Screen:
    t = ctx.t
    belonging = await ctx.services.attachments.find(ctx.me_id, attachment_id)
    entries = await ctx.services.entries.of_shift(ctx.me_id, belonging.shift_id)
    standing = [each for each in entries if each.state is not ActivityState.WITHDRAWN]
    rows = [
        (Button(entry_row(ctx, entry), Attach(attachment_id=attachment_id, activity_id=entry.id)),)
        for entry in reversed(standing[-_OFFERED:])
    ]
    new = NewActivity(attachment=attachment_id, shift=belonging.shift_id)
    rows.append((Button(t.plain("attachment-new"), new, style="primary"),))
    rows.append(
        (Button(t.plain("attachment-none"), ForgetAttachment(attachment_id=attachment_id)),)
    )
    lines = [t("attachment-ask", kind=kind)]
    if captioned:
        lines.append(t("attachment-caption"))
    if kind is AttachmentKind.PHOTO:
        lines.append(t("attachment-faces"))
    return Screen("\n".join(lines), tuple(rows), leaves_question=True)


async def ask_again(ctx: Context, press: AskAttachment | Attach | ForgetAttachment) -> Screen:
    """Ask once more what it belongs to; say so if that is settled."""
    waiting = await ctx.services.attachments.find(ctx.me_id, press.attachment_id)
    if waiting.activity_id is not None:
        return _settled(ctx, waiting.activity_id)
    return await _ask(ctx, waiting.id, waiting.kind)


def _settled(ctx: Context, activity_id: int) -> Screen:
    open_it = Button(ctx.t.plain("attachment-open"), OpenEntry(activity_id=activity_id))
    return Screen(
        ctx.t("attachment-settled"), ((open_it,), *home.menu_row(ctx)), leaves_question=True
    )


async def attach(ctx: Context, press: Attach) -> Screen:
    """Attach it, with all of its album, to the entry chosen.

    Raises:
        ConflictError: it belongs to another entry already.
    """
    taken = await ctx.services.attachments.find(ctx.me_id, press.attachment_id)
    if taken.activity_id not in (None, press.activity_id):
        raise ConflictError("error-attachment-assigned")
    count = await ctx.services.attachments.assign(ctx.me_id, press.attachment_id, press.activity_id)
    toast = ctx.t.plain("attachment-attached-toast", count=count)
    return _settled(ctx, press.activity_id).with_toast(toast)


async def forget(ctx: Context, press: ForgetAttachment) -> Screen:
    """Delete it: it belongs to nothing."""
    await ctx.services.attachments.forget(ctx.me_id, press.attachment_id)
    return Screen(ctx.t("attachment-forgotten"), home.menu_row(ctx), leaves_question=True)


async def attach_to_draft(ctx: Context, draft: Draft, given: Given) -> Draft | None:
    """Keep what came while a draft is open for that draft; ``None``: its album is in it already.

    Raises:
        ConflictError: the shift takes no results any more.
        InvalidInputError: it is of a kind or size that is not kept.
    """
    media, location = given.media, given.location
    if location is not None and not location.live and not location.forwarded:
        incoming = _place(ctx, location)
    else:
        incoming = _file(media)
    taken = await ctx.services.attachments.take(ctx.me_id, incoming, draft.shift_id)
    if taken.asked:
        return None
    return replace(draft, attachments=tuple(dict.fromkeys((*draft.attachments, taken.id))))


def captioned(ctx: Context, draft: Draft, caption: str) -> Draft:
    """Return the draft with a caption as its note, where it has none yet.

    Raises:
        InvalidInputError: it is too long for a note.
    """
    note = ctx.services.drafts.rules.kind(draft.kind).field(NOTE)
    if not caption or note is None or NOTE in draft.values:
        return draft
    return draft.answered(NOTE, read_words(note, caption))


def register(routes: Routes) -> None:
    """Put this part of the flow into the table."""
    routes.media(take)
    routes.press(Attach, attach, redraw=ask_again)
    routes.press(AskAttachment, ask_again)
    routes.press(ForgetAttachment, forget, redraw=ask_again)
