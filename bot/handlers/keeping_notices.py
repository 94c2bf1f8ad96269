"""Notices about what is kept, and what is not: an erasure, a backup that failed, an absence."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from bot.context import Context
from bot.handlers import home
from bot.screens import Screen
from bot.services.states import Role


async def person_erased(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Tell who looks after the district that an assistant is no more, by the service number."""
    number = args["number"]
    text = ctx.t("notice-erased", number=number) if number else ctx.t("notice-erased-other")
    return Screen(text, home.menu_row(ctx))


async def backup_failed(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Tell an admin that the backup of a day was not made, and what can be done."""
    day = date.fromisoformat(args["day"])
    if args["why"] == "full":
        return Screen(ctx.t("notice-backup-full", day=day), home.menu_row(ctx))
    return Screen(ctx.t("notice-backup-failed", day=day), home.menu_row(ctx))


async def absence(ctx: Context, args: Mapping[str, Any]) -> Screen | None:
    """Tell from which time nothing that people sent has come, and what to do about it."""
    if not ctx.me.roles & {Role.COORDINATOR, Role.ADMIN}:
        return None
    lost = await ctx.services.presence.find(args["absence_id"])
    if lost is None:
        return None
    text = ctx.t("notice-absence", since=lost.began_at, until=lost.ended_at)
    return Screen(text, home.menu_row(ctx))


KEEPING_NOTICES: dict[str, Callable[[Context, Mapping[str, Any]], Awaitable[Screen | None]]] = {
    "person-erased": person_erased,
    "backup-failed": backup_failed,
    "absence": absence,
}
