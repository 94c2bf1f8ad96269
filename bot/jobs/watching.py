"""Telling how the timetable's jobs fare, from what the scheduler says of each run."""

import time
from collections.abc import Callable

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_SUBMITTED,
    JobEvent,
)
from apscheduler.schedulers.base import BaseScheduler

_OUTCOMES = {EVENT_JOB_EXECUTED: "done", EVENT_JOB_ERROR: "failed"}


def watch_jobs(timetable: BaseScheduler, observe: Callable[[str, str, float], None]) -> None:
    """Tell job, outcome and seconds of every run; a job is never at work twice at a time."""
    began: dict[str, float] = {}

    def heard(event: JobEvent) -> None:
        if event.code == EVENT_JOB_SUBMITTED:
            began[event.job_id] = time.perf_counter()
        elif event.job_id in began:
            seconds = time.perf_counter() - began.pop(event.job_id)
            observe(event.job_id, _OUTCOMES[event.code], seconds)

    timetable.add_listener(heard, EVENT_JOB_SUBMITTED | EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
