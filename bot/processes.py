"""The kinds of process: one that does everything, many at a webhook, one for the timetable."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import aclosing, asynccontextmanager

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from aiogram.utils.token import extract_bot_id

from bot.app import App, build_bot, build_requests, opened
from bot.config import Settings
from bot.dispatcher import ALLOWED_UPDATES
from bot.intake import Polling, WebhookWatch
from bot.metrics import Metrics
from bot.retry import Requests, TokenWithdrawnError
from bot.services.clock import system_clock
from bot.services.links import CLAIM_PREFIX
from bot.start_error import StartError
from bot.web import PATH, WebhookDoor, site

log = structlog.get_logger(__name__)

_LAST_WORK_S = 10


@asynccontextmanager
async def hearing(app: App) -> AsyncIterator[None]:
    """Have what is received heard while the block runs; it is ended when the hearing fails.

    Whoever is still at work at the end is let finish, as the database is closed next. What is not
    finished by then is given back.
    """
    try:
        async with asyncio.TaskGroup() as group:
            running = group.create_task(app.intake.run(), name="hearing")
            try:
                yield
            finally:
                await app.intake.finish(_LAST_WORK_S)
                running.cancel()
    finally:
        await app.intake.release()


@asynccontextmanager
async def keeping_time(app: App) -> AsyncIterator[None]:
    """Keep the timetable while the block runs, whenever no other process does."""
    async with asyncio.TaskGroup() as group:
        running = group.create_task(app.leading.run(), name="leading")
        try:
            yield
        finally:
            running.cancel()
            # A shutdown of the timetable cancels the jobs that run, so it comes last.
            await app.leading.stop()
            app.sender.stop()
            await app.in_flight.settled(_LAST_WORK_S)
            app.leading.shut_down()


async def poll(app: App, requests: Requests) -> None:
    """Hear updates by long polling until cancelled.

    Raises:
        StartError: Telegram knows the bot's token no more.
    """
    await _until_withdrawn(requests, _poll(app))


async def _until_withdrawn(requests: Requests, serving: Awaitable[object]) -> None:
    try:
        await requests.until_withdrawn(serving)
    except TokenWithdrawnError as error:
        log.critical("token_withdrawn")
        raise StartError("BOT_TOKEN: Telegram does not know this token any more") from error


async def _poll(app: App) -> None:
    polling = Polling(
        app.bot, app.intake, ALLOWED_UPDATES, reached=app.house.services.presence.note
    )
    async with keeping_time(app), hearing(app), asyncio.TaskGroup() as group:
        receiving = group.create_task(polling.run(), name="polling")
        try:
            await asyncio.shield(receiving)
        finally:
            polling.stop()


async def run_telegram(settings: Settings) -> None:
    """Serve real Telegram by long polling until cancelled.

    Raises:
        StartError, DatabaseUnavailableError, ContentError, TextError: it cannot start.
    """
    async with _on_telegram(settings) as (app, requests):
        if (await app.bot.get_webhook_info()).url:
            raise StartError(
                "BOT_TOKEN: Telegram posts this bot's updates to a webhook, which"
                " `python -m bot web` serves; `set-webhook --remove` ends that"
            )
        log.info("serving_telegram", bot=app.house.bot_username)
        await poll(app, requests)


async def run_web(settings: Settings) -> None:
    """Serve the webhook until cancelled, as one of many; the timetable is the scheduler's.

    Raises:
        StartError, DatabaseUnavailableError, ContentError, TextError: it cannot start.
    """
    webhook = settings.webhook
    if webhook.secret is None:
        raise StartError("WEBHOOK_SECRET: is not set; without it anybody could post updates")
    async with _on_telegram(settings, alone=False) as (app, requests):
        door = WebhookDoor(webhook.secret.get_secret_value(), app.intake.receive)
        async with hearing(app), site(door.app(), webhook.host, webhook.port, "WEBHOOK_PORT"):
            log.info("serving_webhook", bot=app.house.bot_username, port=webhook.port)
            watch = WebhookWatch(
                app.bot, reached=app.house.services.presence.note, posts=lambda: door.posts
            )
            app.metrics.watch(watch.figures)
            await _until_withdrawn(requests, watch.run())


async def run_scheduler(settings: Settings) -> None:
    """Keep the timetable until cancelled, whenever no other process does.

    Raises:
        StartError, DatabaseUnavailableError, ContentError, TextError: it cannot start.
    """
    async with _on_telegram(settings, alone=False) as (app, requests):
        log.info("keeping_time", bot=app.house.bot_username)
        async with keeping_time(app):
            await _until_withdrawn(requests, asyncio.Event().wait())


async def set_webhook(settings: Settings, *, remove: bool) -> None:
    """Tell Telegram where to post updates, or that they will be asked for.

    Raises:
        StartError: the settings name no webhook, or Telegram refuses it.
    """
    webhook = settings.webhook
    bot, requests = _bot_of(settings, Metrics())
    try:
        if remove:
            await bot.delete_webhook()
        elif webhook.url is None or webhook.secret is None:
            raise StartError("WEBHOOK_URL, WEBHOOK_SECRET: both must be set")
        else:
            await bot.set_webhook(
                webhook.url + PATH,
                secret_token=webhook.secret.get_secret_value(),
                allowed_updates=ALLOWED_UPDATES,
            )
    except TelegramUnauthorizedError as error:
        raise StartError("BOT_TOKEN: Telegram does not know this token") from error
    except TelegramAPIError as error:
        raise StartError(f"WEBHOOK_URL: {error.message}") from error
    finally:
        await requests.aclose()
        await bot.session.close()


def _bot_of(settings: Settings, metrics: Metrics) -> tuple[Bot, Requests]:
    if settings.bot.token is None:
        raise StartError("BOT_TOKEN: is not set")
    session = AiohttpSession()
    if settings.bot.api_url is not None:
        session.api = TelegramAPIServer.from_base(str(settings.bot.api_url))
    token, redis = settings.bot.token.get_secret_value(), settings.redis.url
    shared_by = None if redis is None else (redis.get_secret_value(), extract_bot_id(token))
    requests = build_requests(settings.delivery, metrics, shared_by)
    return build_bot(token, session, requests), requests


@asynccontextmanager
async def _on_telegram(
    settings: Settings, *, alone: bool = True
) -> AsyncIterator[tuple[App, Requests]]:
    metrics = Metrics()
    bot, requests = _bot_of(settings, metrics)
    async with (
        aclosing(requests),
        opened(settings, bot, system_clock, metrics, alone=alone) as app,
    ):
        await _find_first_admin(app, settings.bot.first_admin_id, alone=alone)
        # All that is loaded by now stays: the collector would stop the loop to look through it.
        gc.collect()
        gc.freeze()
        yield app, requests


async def _find_first_admin(app: App, telegram_id: int | None, *, alone: bool) -> None:
    """Make the admin that the settings name, or offer the place to whoever reads the terminal.

    Of many processes none offers it: each link would end the one that another has just printed.
    """
    links = app.house.services.links
    if telegram_id is not None:
        await links.ensure_admin(telegram_id)
    if not alone:
        if not await links.has_admin():
            log.warning("no_admin", remedy="FIRST_ADMIN_ID, or `python -m bot claim`")
        return
    secret = await links.make_claim()
    if secret is not None:
        link = f"https://t.me/{app.house.bot_username}?start={CLAIM_PREFIX}_{secret}"
        # For the operator's eyes only: a log would be read by others too.
        sys.stdout.write(
            f"There is no admin yet. Whoever opens this link first becomes one:\n  {link}\n"
        )
