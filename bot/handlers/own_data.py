"""One's own data: taken away as a file, and erased for good."""

import asyncio
import json

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import home
from bot.routes import Number, Routes
from bot.screens import Attachment, Button, Key, Rows, Screen


class GetOwnData(CallbackData, prefix="mydata"):
    """Send everything that is kept of oneself."""


class AskErase(CallbackData, prefix="eraseask"):
    """Say what an erasure means, and ask once more."""


class EraseMe(CallbackData, prefix="eraseme"):
    """Erase oneself for good; ``asked`` is the minute of the question."""

    asked: Number


def buttons(ctx: Context) -> Rows:
    """Return the rows under one's own data."""
    t = ctx.t
    return (
        (Button(t.plain("own-data-get"), GetOwnData()),),
        (Button(t.plain("erase-button"), AskErase(), style="danger"),),
    )


async def get_own_data(ctx: Context, _: GetOwnData) -> Screen:
    """Send a file of everything that is kept of the person."""
    collected = await ctx.services.own_data.collect(ctx.me_id)
    text = await asyncio.to_thread(json.dumps, collected, ensure_ascii=False, indent=2)
    return Screen(
        ctx.t("own-data-ready"),
        home.menu_row(ctx),
        attached=Attachment("my-data.json", text.encode()),
        aside=True,
    )


async def ask_erase(ctx: Context, _: AskErase | EraseMe) -> Screen:
    """Say what goes and what stays, with the button that does it."""
    asked = await ctx.services.erasure.ask(ctx.me_id)
    number = ctx.me.assistant.service_number if ctx.me.assistant else ""
    lines = [ctx.t("erase-goes"), ctx.t("erase-stays")]
    if number:
        lines.append(ctx.t("erase-number", number=number))
    lines.append(ctx.t("erase-ask"))
    yes = Button(ctx.t.plain("erase-yes"), EraseMe(asked=asked), style="danger")
    return Screen("\n\n".join(lines), ((yes,), *home.menu_row(ctx)))


async def erase_me(ctx: Context, press: EraseMe) -> Screen:
    """Erase the person, and say goodbye in their language, which is forgotten too."""
    await ctx.services.erasure.erase(ctx.me_id, press.asked)
    return Screen(ctx.t("erase-done"), keys=((Key("/start"),),))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    routes.press(GetOwnData, get_own_data, makes_file=True)
    routes.press(AskErase, ask_erase)
    routes.press(EraseMe, erase_me, redraw=ask_erase)
