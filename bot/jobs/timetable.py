"""The timetable: what is asked of the services, and how often."""

from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.inflight import InFlight
from bot.jobs.archiving import Archiver
from bot.jobs.outbox import OutboxSender
from bot.services.catalogue import Services

_OUTBOX_EVERY_S = 1
_BRIEFINGS_EVERY_MIN = 10
_SHIFTS_EVERY_MIN = 1
_FILES_EVERY_S = 10
_BACKUPS_EVERY_MIN = 5
_TERMS_EVERY_H = 6
# A process that starts anew each day must not put this off for ever.
_TERMS_FIRST_AFTER = timedelta(minutes=2)
# A digest that comes within seconds of its time costs a question of few rows.
_DIGESTS_EVERY_S = 5
_MORNINGS_EVERY_MIN = 1
_OLD_NOTICES_EVERY_H = 6
_CERTIFICATES_EVERY_S = 1
_OLD_UPDATES_EVERY_H = 6


def build_timetable(
    sender: OutboxSender,
    archiver: Archiver,
    services: Services,
    in_flight: InFlight,
    outbox_kept: timedelta,
) -> AsyncIOScheduler:
    """Return the timetable, not yet started; settled notices are forgotten after `outbox_kept`.

    A job only wakes a service, which asks the database what is due: a run missed or repeated
    changes nothing. So late runs are joined into one, however late.
    """
    at_work = in_flight.tracking
    jobs = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    jobs.add_job(at_work(sender.deliver_due), "interval", seconds=_OUTBOX_EVERY_S, id="outbox")
    jobs.add_job(
        at_work(services.passes.due_notices),
        "interval",
        minutes=_BRIEFINGS_EVERY_MIN,
        id="briefings",
    )
    shifts = services.shift_reminders
    jobs.add_job(at_work(shifts.run_due), "interval", minutes=_SHIFTS_EVERY_MIN, id="shifts")
    jobs.add_job(at_work(archiver.run_due), "interval", seconds=_FILES_EVERY_S, id="files")
    jobs.add_job(
        at_work(services.retention.run_due),
        "interval",
        hours=_TERMS_EVERY_H,
        next_run_time=datetime.now(UTC) + _TERMS_FIRST_AFTER,
        id="terms",
    )
    jobs.add_job(
        at_work(services.backups.run_due), "interval", minutes=_BACKUPS_EVERY_MIN, id="backups"
    )
    jobs.add_job(
        at_work(services.erasure.write_list), "interval", minutes=_BACKUPS_EVERY_MIN, id="erasures"
    )
    jobs.add_job(
        at_work(services.digest_making.run_due), "interval", seconds=_DIGESTS_EVERY_S, id="digests"
    )
    mornings = at_work(services.morning.run_due)
    jobs.add_job(mornings, "interval", minutes=_MORNINGS_EVERY_MIN, id="mornings")
    forget_notices = partial(services.outbox.forget_settled, outbox_kept)
    jobs.add_job(at_work(forget_notices), "interval", hours=_OLD_NOTICES_EVERY_H, id="old-notices")
    jobs.add_job(
        at_work(services.certificate_order_work.run_due),
        "interval",
        seconds=_CERTIFICATES_EVERY_S,
        id="certificates",
    )
    forget_updates = at_work(services.inbox.forget_old)
    jobs.add_job(forget_updates, "interval", hours=_OLD_UPDATES_EVERY_H, id="old-updates")
    return jobs


def hurry(timetable: AsyncIOScheduler) -> None:
    """Ask at once for everything that is due: the clock has leapt."""
    for job in timetable.get_jobs():
        job.modify(next_run_time=datetime.now(UTC))
