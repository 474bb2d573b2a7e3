"""Faults on demand: what goes wrong with the next REST call, or the next that a pattern names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["refused", "rate_limited", "failed", "dropped", "answer_lost", "delayed"]


@dataclass(frozen=True)
class Fault:
    """One fault: `refused` with a status and a code, `failed` with a status, `delayed` and `rate_limited` by seconds.

    `dropped` breaks the connection before the call takes effect, `answer_lost` after it.
    """

    kind: FaultKind
    status: int = 503
    code: int = 0
    message: str = "a fault on demand"
    seconds: float = 0.0
    route: str = ""
    """A pattern searched for in "METHOD path"; empty for any call."""


class Faults:
    """The faults that wait for their calls."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let a coming call meet this."""
        self._waiting.append(fault)

    def take(self, call: str) -> Fault | None:
        """The first fault that this call meets."""
        for fault in self._waiting:
            if re.search(fault.route, call):
                self._waiting.remove(fault)
                return fault
        return None
