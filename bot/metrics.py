"""What is counted and measured here, in the words of Prometheus; held by whoever is given it."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

# Whatever else Telegram may invent: a label has few values, and none that comes from outside.
KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
_OTHER = "other"
# How an update may end.
OUTCOMES = frozenset({"done", "failed", "blocked", "owed", "unheard", "elsewhere"})
_ANSWER_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_JOB_S = (0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 1800)


class Metrics:
    """The figures of one process, in a registry of their own: two bots never share them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = Histogram(
            "komekshi_update_seconds",
            "Time from an update's turn to its end; outcome failed is one laid aside",
            ["kind", "outcome"],
            buckets=_ANSWER_S,
            registry=self.registry,
        )
        for kind in (*KINDS, _OTHER):
            for outcome in OUTCOMES:
                # A series that begins with its first failure never rises, so nothing tells of it.
                self._updates.labels(kind, outcome)
        self._calls = Counter(
            "komekshi_telegram_calls",
            "Attempts to call Telegram by what came of them; result 429 is a refusal to slow down",
            ["method", "result"],
            registry=self.registry,
        )
        self._repeats = Counter(
            "komekshi_telegram_repeats",
            "Attempts to call Telegram beyond the first of a call",
            ["method"],
            registry=self.registry,
        )
        self._notices = Counter(
            "komekshi_notices",
            "Notices taken from the outbox by what became of them",
            ["kind", "fate"],
            registry=self.registry,
        )
        self._jobs = Histogram(
            "komekshi_job_seconds",
            "Runs of the timetable's jobs by outcome: done or failed",
            ["name", "outcome"],  # "job" is Prometheus's own word for who is asked
            buckets=_JOB_S,
            registry=self.registry,
        )
        self._figures = _Figures()
        self.registry.register(self._figures)
        ProcessCollector(registry=self.registry)

    def update_finished(self, kind: str, outcome: str, seconds: float) -> None:
        """Count an update that has come to its end."""
        known = kind if kind in KINDS else _OTHER
        self._updates.labels(known, outcome).observe(seconds)

    def call_made(self, method: str, result: str, *, repeated: bool) -> None:
        """Count an attempt to call Telegram; ``repeated`` when it is not the first of the call."""
        self._calls.labels(method, result).inc()
        if repeated:
            self._repeats.labels(method).inc()

    def notice_settled(self, kind: str, fate: str) -> None:
        """Count a notice that was sent, dropped, given up, put off or given back."""
        self._notices.labels(kind, fate).inc()

    def job_ended(self, job: str, outcome: str, seconds: float) -> None:
        """Count a run of a job."""
        self._jobs.labels(job, outcome).observe(seconds)

    def watch(self, read: Callable[[], Mapping[str, float]]) -> None:
        """Read these gauges at each scrape; ``read`` must not wait for anything."""
        self._figures.sources.append(read)

    def note(self, figures: Mapping[str, float]) -> None:
        """Show these gauges until the next note; none while the database does not answer."""
        self._figures.noted = dict(figures)


class _Figures(Collector):
    """Gauges as they are at the moment of a scrape; one that is not known is not shown."""

    names: Mapping[str, str] = {
        "komekshi_database_up": "Whether the database answered this scrape",
        "komekshi_database_pool_in_use": "Connections to the database in use by this process",
        "komekshi_database_pool_size": "Connections to the database this process may use at once",
        "komekshi_outbox_due": "Notices that are due and not settled",
        "komekshi_outbox_later": "Notices that wait for a later moment",
        "komekshi_outbox_oldest_seconds": "Age of the oldest due notice that nothing holds up",
        "komekshi_inbox_unfinished": "Updates kept and not answered",
        "komekshi_webhook_waiting": "Updates that Telegram has not posted yet, as it says",
        "komekshi_timetable_beat_seconds": "Time since a process last ran the timetable",
    }

    def __init__(self) -> None:
        self.noted: Mapping[str, float] = {}
        self.sources: list[Callable[[], Mapping[str, float]]] = []

    def describe(self) -> Iterator[Metric]:
        return (GaugeMetricFamily(name, text) for name, text in self.names.items())

    def collect(self) -> Iterator[Metric]:
        known = dict(self.noted)
        for source in self.sources:
            known.update(source())
        for name, text in self.names.items():
            if name in known:
                yield GaugeMetricFamily(name, text, value=known[name])
