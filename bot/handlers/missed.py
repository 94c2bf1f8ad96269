"""Duties that nobody came to, settled from a digest."""

from bot.context import Context
from bot.handlers.assistants import OpenAssistant
from bot.handlers.digest import open_digest
from bot.handlers.digest_presses import OpenDigest
from bot.handlers.roster import assignment_text
from bot.handlers.roster_presses import NoteMissed, OpenMissed
from bot.routes import Routes
from bot.screens import Button, Screen
from bot.services.rights import Right
from bot.services.roster_cards import Outcome


async def open_missed(ctx: Context, press: OpenMissed) -> Screen:
    """Show the duty, whom to ask about it, and the way to take note of it."""
    card = await ctx.services.roster_records.card(ctx.me_id, press.assignment_id)
    buttons = [Button(ctx.t.plain("roster-person"), OpenAssistant(person_id=card.person_id))]
    if card.outcome is Outcome.MISSED and not card.noted:
        noting = NoteMissed(digest_id=press.digest_id, assignment_id=card.id)
        buttons.append(Button(ctx.t.plain("digest-missed-note"), noting, style="success"))
    back = (Button(ctx.t.plain("digest-back"), OpenDigest(digest_id=press.digest_id)),)
    return Screen(assignment_text(ctx, card), (tuple(buttons), back))


async def note(ctx: Context, press: NoteMissed) -> Screen:
    """Take note that nobody came, and go on with the digest."""
    await ctx.services.roster.note_missed(ctx.me_id, press.assignment_id)
    screen = await open_digest(ctx, OpenDigest(digest_id=press.digest_id))
    return screen.with_toast(ctx.t.plain("digest-done-toast"))


async def _redraw(ctx: Context, press: NoteMissed) -> Screen:
    return await open_digest(ctx, OpenDigest(digest_id=press.digest_id))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.press(OpenMissed, open_missed, right=Right.PLAN_DUTIES)
    routes.press(NoteMissed, note, right=Right.PLAN_DUTIES, redraw=_redraw)
