"""Notices about planned duties put into words; what has become untrue is dropped."""

from collections.abc import Mapping
from typing import Any

from bot.context import Context
from bot.handlers.activity.presses import OpenDay
from bot.handlers.roster_presses import ListRoster
from bot.screens import Button, Screen
from bot.services.errors import AppError
from bot.services.roster_cards import AssignmentCard, Outcome

Args = Mapping[str, Any]
# More lines than this are no help on a small screen; the list has all of them.
_LINES = 8


async def planned(ctx: Context, args: Args) -> Screen | None:
    """Tell the person of a duty planned for them."""
    card = await ctx.services.roster_records.own(ctx.me_id, args["assignment_id"])
    if card.outcome is not Outcome.AHEAD:
        return None
    return _told(ctx, "notice-assignment-planned", card)


async def cancelled(ctx: Context, args: Args) -> Screen | None:
    """Tell the person that a duty of theirs is cancelled."""
    card = await ctx.services.roster_records.own(ctx.me_id, args["assignment_id"])
    if card.outcome is not Outcome.CANCELLED or card.over:
        return None
    return _told(ctx, "notice-assignment-cancelled", card)


async def soon(ctx: Context, args: Args) -> Screen | None:
    """Remind the person of a duty that is about to begin, unless they are on it."""
    card = await ctx.services.roster_records.own(ctx.me_id, args["assignment_id"])
    if card.outcome is not Outcome.AHEAD:
        return None
    return _told(ctx, "notice-assignment-soon", card)


def _told(ctx: Context, key: str, card: AssignmentCard) -> Screen:
    text = ctx.t(key, start=card.starts_at, end=card.ends_at)
    return Screen(text, ((Button(ctx.t.plain("key-my-day"), OpenDay()),),))


async def morning(ctx: Context, args: Args) -> Screen | None:
    """Tell a coordinator who is to be on duty today."""
    try:
        note = await ctx.services.morning.to_send(ctx.me_id, args["digest_id"])
    except AppError:
        return None  # no longer this coordinator's
    if note is None:
        return None
    t = ctx.t
    lines = [t("morning-title", district=ctx.district(note.district), day=note.day)]
    lines += [
        t("morning-line", start=each.starts_at, end=each.ends_at, name=each.full_name)
        for each in note.duties[:_LINES]
    ]
    if note.duties[_LINES:]:
        lines.append(t("morning-rest", count=len(note.duties) - _LINES))
    return Screen(
        "\n".join(lines),
        ((Button(t.plain("roster-open"), ListRoster()),),),
        digest_of=note.id,
        silent=note.quiet,
    )


ROSTER_NOTICES = {
    "assignment-planned": planned,
    "assignment-cancelled": cancelled,
    "assignment-soon": soon,
    "morning": morning,
}
