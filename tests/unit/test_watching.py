"""Dashboard and alert rules ask only for figures that the bot has."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dispatcher import ALLOWED_UPDATES
from bot.intake.failures import End
from bot.metrics import KINDS, OUTCOMES, Metrics
from db.database import Database
from db.engine import create_engine

ROOT = Path(__file__).parents[2]
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "dashboard.json"
# What Prometheus adds by itself.
OWN_LABELS = {"le", "instance", "job"}


def labels_of_figures() -> dict[str, set[str]]:
    """Return the labels of every figure, by each name it can be asked for."""
    registry = Metrics().registry
    seen = {sample.name for family in registry.collect() for sample in family.samples}
    known = registry._names_to_collectors
    return {name: set() for name in seen} | {
        name: set(getattr(each, "_labelnames", ())) for name, each in known.items()
    }


def alerts() -> list[dict[str, Any]]:
    """Read the rules."""
    (group,) = yaml.safe_load(ALERTS.read_text())["groups"]
    rules: list[dict[str, Any]] = group["rules"]
    return rules


def panels() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return listed


def questions() -> Iterator[tuple[str, str]]:
    for alert in alerts():
        yield alert["alert"], alert["expr"]
    for panel in panels():
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


def test_every_figure_asked_for_is_there() -> None:
    known = labels_of_figures()
    asked = [
        name for _, ask in questions() for name in re.findall(r"(?:komekshi|process)_\w+", ask)
    ]

    assert len(asked) > 25
    assert sorted(set(asked) - known.keys()) == []


def test_every_figure_of_ours_is_shown_or_alarms() -> None:
    asked = " ".join(ask for _, ask in questions())
    ours = {
        re.sub(r"_(total|created|bucket|count|sum)$", "", name)
        for name in labels_of_figures()
        if name.startswith("komekshi_")
    }

    assert [name for name in sorted(ours) if name not in asked] == []


@pytest.mark.parametrize(("where", "ask"), list(questions()))
def test_labels_are_those_of_the_figure(where: str, ask: str) -> None:
    known = labels_of_figures()
    for name, inside in re.findall(r"((?:komekshi|process)_\w+)\{([^}]*)\}", ask):
        assert set(re.findall(r"(\w+)[=!]", inside)) <= known[name], where
    named = set(re.findall(r"(?:komekshi|process)_\w+", ask))
    labels = OWN_LABELS.union(*(known[name] for name in named))
    for inside in re.findall(r"(?:by|on) ?\(([^)]*)\)", ask):
        assert set(inside.replace(" ", "").split(",")) <= labels, where
    assert ask.count("(") == ask.count(")")


def test_every_alert_says_what_is_wrong_and_whom_it_wakes() -> None:
    told = alerts()
    assert len({alert["alert"] for alert in told}) == len(told) > 8
    for alert in told:
        assert alert["expr"]
        assert alert["annotations"]["summary"].endswith((".", "?"))
        assert alert["labels"] in ({"severity": "page"}, {"severity": "ticket"})
        assert re.fullmatch(r"\d+m", alert.get("for", "1m"))


def test_panels_have_their_places() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not taken & cells, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells


def test_every_kind_that_is_asked_for_has_its_figure() -> None:
    assert set(ALLOWED_UPDATES) <= KINDS


def test_an_update_ends_in_an_outcome_that_has_its_figure() -> None:
    no_ends = {End.AGAIN, End.ASIDE}
    assert {"done", "failed"} | {end.name.lower() for end in set(End) - no_ends} == OUTCOMES


def test_the_first_failure_of_a_process_is_a_rise() -> None:
    registry = Metrics().registry

    for kind in (*ALLOWED_UPDATES, "other"):
        for outcome in OUTCOMES:
            labels = {"kind": kind, "outcome": outcome}
            assert registry.get_sample_value("komekshi_update_seconds_count", labels) == 0


def test_it_is_told_when_no_process_is_there_to_tell_anything() -> None:
    (absence,) = [alert for alert in alerts() if "absent(" in alert["expr"]]
    assert absence["expr"] == "absent(komekshi_database_up)"
    assert absence["labels"] == {"severity": "page"}


async def test_a_process_may_use_as_many_connections_as_it_says(tmp_path: Path) -> None:
    db = Database(create_engine(f"sqlite+aiosqlite:///{tmp_path}/komekshi.db"))
    _, size = db.pool()
    opened = [await db.engine.connect() for _ in range(size)]

    assert db.pool() == (size, size)
    assert db.engine.pool.status().count("Current Overflow: 10") == 1
    for each in opened:
        await each.close()
    await db.close()
