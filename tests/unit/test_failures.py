"""How long an update is tried while the database is away, and a receiver while Telegram is."""

import itertools
import random

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.intake.failures import End, judge
from bot.intake.polling import _pause_s
from db.faults import is_full


def test_b7_an_update_outlasts_half_a_minute_without_a_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(random, "uniform", lambda shortest, _longest: shortest)
    away = OperationalError("SELECT", None, Exception("connection refused"))
    verdicts = [judge(away, attempt) for attempt in range(1, 20)]
    again = list(itertools.takewhile(lambda verdict: verdict.end is End.AGAIN, verdicts))

    assert sum(verdict.pause_s for verdict in again) > 30
    assert verdicts[-1].end is End.ASIDE


def test_b7_a_full_disk_is_known_by_its_code() -> None:
    no_room = psycopg.errors.DiskFull("could not extend file")
    assert is_full(OperationalError("INSERT", None, no_room))
    assert not is_full(OperationalError("INSERT", None, psycopg.errors.DeadlockDetected()))


def test_a_receiver_outlives_any_number_of_failures() -> None:
    assert 7 < _pause_s(100_000) <= 15
    assert _pause_s(1) <= 0.5
