"""The kinds of results: the big ones, those used lately, and the rest on request."""

from dataclasses import replace
from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.handlers.activity.draft import open_drafts
from bot.handlers.activity.presses import (
    BeginActivity,
    BeginBeside,
    GoOnDraft,
    NewActivity,
    RecordResult,
)
from bot.handlers.activity.words import big_kinds, kind_name
from bot.routes import Given, Routes
from bot.screens import Button, Expected, Rows, Screen, in_column, in_pairs
from bot.services.errors import InvalidInputError

KINDS = "activity-kind"
_LATELY = 4


async def open_kinds(ctx: Context) -> Screen:
    """Ask what was done."""
    return await choose_kind(ctx, NewActivity())


async def choose_kind(ctx: Context, press: NewActivity) -> Screen:
    """Ask what was done: the first kinds big, those used lately, and the rest on request."""
    lately = await ctx.services.drafts.recent_kinds(ctx.me_id, press.shift or None)
    codes = [kind.code for kind in ctx.house.content.activities]
    big = big_kinds(ctx)
    rest = codes[len(big) :]
    rest.sort(key=lambda code: lately.index(code) if code in lately else len(lately))
    used = [code for code in rest if code in lately][:_LATELY]

    def button(code: str, *, large: bool = False) -> Button:
        begin = BeginActivity(kind=code, attachment=press.attachment, shift=press.shift)
        return Button(kind_name(ctx, code), begin, style="primary" if large else None)

    expected = Expected(KINDS, {"kinds": press.model_dump()})
    if press.more:
        back = NewActivity(attachment=press.attachment, shift=press.shift)
        rows = (
            *in_pairs([button(code) for code in rest]),
            (Button(ctx.t.plain("button-back"), back),),
        )
        return Screen(ctx.t("activity-kinds"), rows, expects=expected)
    more = NewActivity(attachment=press.attachment, shift=press.shift, more=1)
    rows = (
        *_begun(ctx),
        *((button(code, large=True),) for code in big),
        *in_pairs([button(code) for code in used]),
        (Button(ctx.t.plain("activity-more"), more),),
        *home.menu_row(ctx),
    )
    return Screen(ctx.t("activity-kinds"), rows, expects=expected)


def _begun(ctx: Context) -> Rows:
    """Return the ways back to drafts that are open."""
    return in_column(
        [
            Button(
                ctx.t.plain("activity-go-on", name=kind_name(ctx, held.kind)),
                GoOnDraft(tag=held.tag),
                style="success",
            )
            for held in open_drafts(ctx)
        ]
    )


async def choose_beside(ctx: Context, press: RecordResult | BeginBeside) -> Screen:
    """Ask what was done, from the shift's card, which stays."""
    return replace(await choose_kind(ctx, NewActivity(shift=press.shift_id)), aside=True)


async def _kind_wanted(ctx: Context, _: dict[str, Any], __: Given) -> Screen:  # noqa: ARG001
    raise InvalidInputError("error-choose-button")


async def _kinds_again(ctx: Context, data: dict[str, Any]) -> Screen:
    return await choose_kind(ctx, NewActivity(**data["kinds"]))


def register(routes: Routes) -> None:
    """Put this part of the flow into the table."""
    routes.key("key-result", open_kinds)
    routes.press(NewActivity, choose_kind)
    routes.press(RecordResult, choose_beside)
    routes.answer(KINDS, _kind_wanted, prompt=_kinds_again)
