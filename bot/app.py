"""The composition root: settings become a running bot; it may import everything."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramNetworkError,
    TelegramUnauthorizedError,
)
from aiogram.fsm.storage.base import BaseStorage

from bot import commands_menu
from bot.certificate_seed import signing_seed
from bot.config import DeliverySettings, Settings
from bot.content import Content, load_content
from bot.context import House
from bot.dispatcher import Listening
from bot.handlers import build_routes
from bot.i18n import Translations
from bot.inflight import InFlight
from bot.intake import Intake, IntakeLimits
from bot.jobs.archiving import Archiver
from bot.jobs.leading import Leading
from bot.jobs.outbox import OutboxSender
from bot.jobs.timetable import build_timetable
from bot.jobs.watching import watch_jobs
from bot.keeping import archive_of, keeping_of
from bot.metrics import Metrics
from bot.pace import MARGIN, Limits, Pace
from bot.pack import (
    activity_rules,
    briefing_rules,
    certificate_address,
    certificate_rules,
    fences,
    searchables,
    served_districts,
    shift_rules,
    usual_hours,
)
from bot.retry import Requests
from bot.services.attachment_files import Archive
from bot.services.catalogue import Keeping, build_services
from bot.services.certificate_issuing import CertificateIssuer
from bot.services.clock import Clock
from bot.services.ownership import SANDBOX_BOT_ID, ForeignDataError, bind
from bot.shared_pace import SharedBucket
from bot.shared_state import SharedStorage
from bot.start_error import StartError
from bot.state import DatabaseStorage
from bot.web import OpsPages, PublicPages, site
from db.database import Database
from db.engine import check, create_engine, is_sqlite, sqlite_file
from db.leadership import Leadership, leadership
from db.migrate import upgrade

log = structlog.get_logger(__name__)

_LAST_WORK_S = 10


@dataclass(frozen=True, slots=True)
class App:
    """A bot ready to serve."""

    house: House
    bot: Bot
    listening: Listening
    intake: Intake
    sender: OutboxSender
    archiver: Archiver
    leading: Leading
    in_flight: InFlight
    metrics: Metrics


def build_bot(token: str, session: BaseSession, requests: Requests) -> Bot:
    """Return a bot that writes HTML and makes its calls as `requests` lets it."""
    session.middleware(requests)
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))


async def build_house(
    db: Database,
    clock: Clock,
    content: Content,
    texts: Translations,
    bot_username: str,
    *,
    certificate_seed: bytes,
    keeping: Keeping | None = None,
    public_url: str | None = None,
) -> House:
    """Return services and content for one bot, the pack's territory and briefing in force.

    Args:
        certificate_seed: 32 secret bytes that sign certificates.
        keeping: where backups go, and how long files stay; without it no backup is made.
        public_url: where people check them; without it, in the bot.

    Raises:
        StartError: a briefing was changed after it was published.
    """
    services = build_services(
        db,
        clock,
        number_prefix=content.region.service_number_prefix,
        consent_version=content.consent.version,
        zone=content.region.zone,
        night=(content.region.quiet_from, content.region.quiet_until),
        briefing=briefing_rules(content.current_briefing),
        shift_rules=shift_rules(content),
        usual_hours=usual_hours(content),
        fences=fences(content),
        activity_rules=activity_rules(content),
        handbook=searchables(content),
        certificates=CertificateIssuer(
            content.region.zone,
            certificate_rules(content),
            certificate_seed,
            certificate_address(bot_username, public_url),
        ),
        keeping=keeping or Keeping(),
    )
    await services.briefing.publish([briefing_rules(each) for each in content.briefings])
    districts = await services.territory.sync(served_districts(content))
    return House(services, content, districts, texts, bot_username)


def build_requests(
    settings: DeliverySettings, metrics: Metrics, shared_by: tuple[str, int] | None = None
) -> Requests:
    """Return the way to Telegram that keeps the limits of the settings and is counted.

    Args:
        shared_by: Redis and the bot's id, where other processes speak for the bot too.
    """
    limits = Limits(settings.overall_per_s, settings.chat_per_s, settings.group_per_min)
    bucket = None if shared_by is None else SharedBucket(limits.overall_per_s * MARGIN, *shared_by)
    return Requests(Pace(limits, bucket=bucket), metrics.call_made)


def build_app(
    house: House,
    bot: Bot,
    storage: BaseStorage,
    clock: Clock,
    lock: Leadership,
    *,
    metrics: Metrics | None = None,
    limits: IntakeLimits | None = None,
    outbox_kept: timedelta = timedelta(days=30),
    archive: Archive | None = None,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> App:
    """Return a bot that hears updates and keeps its timetable once it is served.

    Args:
        lock: held by the one process that keeps the timetable.
        metrics: told of updates, notices and jobs, where somebody looks at them.
        outbox_kept: how long a notice is remembered after it was sent or given up.
        archive: where photos and voices are kept; without it only their hashes are.
    """
    metrics = metrics or Metrics()
    listening = Listening(house, bot, build_routes(), storage)
    sender = OutboxSender(house, bot, observe=metrics.notice_settled)
    in_flight = InFlight()
    archiver = Archiver(house.services.attachment_files, bot, archive)
    timetable = build_timetable(sender, archiver, house.services, in_flight, outbox_kept)
    watch_jobs(timetable, metrics.job_ended)
    return App(
        house,
        bot,
        listening,
        Intake(
            house.services.inbox,
            listening,
            clock,
            limits,
            pause=pause,
            observe=metrics.update_finished,
        ),
        sender,
        archiver,
        Leading(lock, timetable, house.services.heartbeat),
        in_flight,
        metrics,
    )


@asynccontextmanager
async def opened(
    settings: Settings, bot: Bot, clock: Clock, metrics: Metrics, *, alone: bool = True
) -> AsyncIterator[App]:
    """Open everything a bot stands on, migrated and known to Telegram; close it afterwards.

    Args:
        alone: whether this process does everything; on SQLite it must be the only one.

    Raises:
        StartError, DatabaseUnavailableError, ContentError, TextError: it cannot start.
    """
    content = load_content(settings.region.content_dir / settings.region.region)
    texts = Translations.load(settings.region.locales_dir, content.region.zone, strict=False)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(bot.session.close)
        url = settings.database.url.get_secret_value()
        held = await _hold_file(stack, url, alone=alone)
        db = await _open_database(url, bot.id)
        stack.push_async_callback(db.close)
        lock = held or leadership(db.engine)
        username = await _introduce(bot)
        house = await build_house(
            db,
            clock,
            content,
            texts,
            username,
            certificate_seed=signing_seed(
                settings.certificates.key, settings.certificates.key_file
            ),
            keeping=keeping_of(settings),
            public_url=settings.certificates.public_url,
        )
        storage = await _dialogue_state(stack, settings, db, clock)
        await _serve_publicly(stack, settings, house)
        metrics.watch(partial(_pool_figures, db))
        await _serve_operators(stack, settings, house, metrics)
        app = build_app(
            house,
            bot,
            storage,
            clock,
            lock,
            metrics=metrics,
            outbox_kept=timedelta(days=settings.delivery.kept_days),
            archive=archive_of(settings.archive, clock),
        )
        if is_sqlite(db.engine):
            await house.services.inbox.release_all()
        await commands_menu.register(bot, texts, content.region)
        yield app


async def _hold_file(stack: AsyncExitStack, url: str, *, alone: bool) -> Leadership | None:
    """Hold a database that is one process's until the stack is unwound; None for any other.

    It comes before anything is done to the file, as it may be another process's.

    Raises:
        StartError: another process has it, or one is not meant to be alone.
        DatabaseUnavailableError: it cannot be used.
    """
    if sqlite_file(url) is None:
        return None
    if not alone:
        raise StartError("DATABASE_URL: several processes need PostgreSQL; on SQLite use `run`")
    engine = create_engine(url)
    try:
        await check(engine)
    finally:
        await engine.dispose()
    lock = leadership(engine)
    if not await lock.take():
        raise StartError(
            "DATABASE_URL: another process of the bot works with this file; end it first"
        )
    stack.push_async_callback(lock.give_up)
    return lock


async def _serve_publicly(stack: AsyncExitStack, settings: Settings, house: House) -> None:
    """Serve the public page until the stack is unwound, where the settings name a port."""
    public = settings.public
    if public.port is None:
        return
    pages = PublicPages(
        house.services.certificate_checks, house.content, house.texts, proxy=public.proxy
    )
    serving = site(pages.app(), public.host, public.port, "PUBLIC_PORT")
    port = await stack.enter_async_context(serving)
    log.info("serving_publicly", port=port)


async def _serve_operators(
    stack: AsyncExitStack, settings: Settings, house: House, metrics: Metrics
) -> None:
    """Answer machines that watch until the stack is unwound, where the settings name a port."""
    ops = settings.ops
    if ops.port is None:
        return
    pages = OpsPages(house.services.health, metrics, timedelta(seconds=ops.outbox_late_s))
    port = await stack.enter_async_context(site(pages.app(), ops.host, ops.port, "OPS_PORT"))
    log.info("serving_operators", port=port)


def _pool_figures(db: Database) -> dict[str, float]:
    in_use, size = db.pool()
    return {"komekshi_database_pool_in_use": in_use, "komekshi_database_pool_size": size}


async def _introduce(bot: Bot) -> str:
    """Return the bot's username, as Telegram knows it."""
    try:
        me = await bot.get_me()
    except TelegramUnauthorizedError as error:
        raise StartError("BOT_TOKEN: Telegram does not know this token") from error
    except TelegramNetworkError as error:
        raise StartError("TELEGRAM_API_URL: Telegram cannot be reached") from error
    return me.username or ""


async def _open_database(url: str, bot_id: int) -> Database:
    """Open and migrate the database, which must be this bot's."""
    db = await _migrated(url)
    try:
        await bind(db, bot_id)
    except ForeignDataError as error:
        await db.close()
        if error.owner_id != SANDBOX_BOT_ID:
            raise StartError(
                f"DATABASE_URL: {error}; start that bot, or name another database"
            ) from error
        _set_aside(url)
        db = await _migrated(url)
        await bind(db, bot_id)
    return db


async def _migrated(url: str) -> Database:
    engine = create_engine(url)
    try:
        await upgrade(engine)
    except BaseException:
        await engine.dispose()
        raise
    return Database(engine)


def _set_aside(url: str) -> None:
    """Move the sandbox's file out of the way: its people are invented, a real bot starts anew."""
    path = sqlite_file(url)
    if path is None:
        raise StartError("DATABASE_URL: holds the sandbox's invented people; name another database")
    aside = path.with_suffix(f".sandbox{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_suffix(f".sandbox-{number}{path.suffix}")
    path.rename(aside)
    sys.stdout.write(f"The sandbox's people were put aside: {aside}\n")


async def _dialogue_state(
    stack: AsyncExitStack, settings: Settings, db: Database, clock: Clock
) -> BaseStorage:
    """Return where dialogues are kept until the stack is unwound."""
    if settings.redis.url is None:
        storage = DatabaseStorage(db, clock)
        stack.push_async_callback(storage.close)
        return storage
    shared = SharedStorage(settings.redis.url.get_secret_value(), db, clock)
    stack.push_async_callback(shared.close)
    await stack.enter_async_context(shared.kept())
    return shared
