"""What is measured, in a registry of its own so that two runtimes in one process do not mix."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 10.0, 60.0)
LAG = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 3600.0, 21600.0)


class Meters:
    """The runtime's meters; `render()` is what Prometheus reads."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.acknowledged = Histogram(
            "starling_acknowledge_seconds",
            "From an event's arrival to its acknowledgement.",
            ["kind", "answer"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.handled = Histogram(
            "starling_handle_seconds",
            "Handling of an event, with its transaction.",
            ["kind", "outcome"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.deliveries = Counter(
            "starling_deliveries",
            "Deliveries by kind and what became of them.",
            ["kind", "state"],
            registry=self.registry,
        )
        self.lag = Histogram(
            "starling_delivery_lag_seconds",
            "From the moment a delivery was due to its post.",
            ["kind"],
            buckets=LAG,
            registry=self.registry,
        )
        self.work = Histogram(
            "starling_work_seconds",
            "Pieces of work that rooms measure, such as scoring.",
            ["work"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.waiting = Gauge(
            "starling_waiting", "Rows that wait to be worked, by queue.", ["queue"], registry=self.registry
        )
        self.platform_errors = Counter(
            "starling_platform_errors", "Errors of chat platforms.", ["platform", "error"], registry=self.registry
        )

    @contextmanager
    def timed(self, work: str) -> Iterator[None]:
        """Measure what is done inside."""
        with self.work.labels(work).time():
            yield

    def render(self) -> bytes:
        """All meters in Prometheus' text format."""
        return generate_latest(self.registry)
