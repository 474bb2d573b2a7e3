"""Faults on demand: what goes wrong with a coming call of the Web API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["dropped", "delayed", "rate_limited", "failed", "refused", "answer_lost"]
UNTOUCHED = frozenset({"apps.connections.open", "auth.test"})
"""Methods that only a fault naming them befalls."""


@dataclass
class Fault:
    """What happens to the next `times` calls of `method` (any but the connection's own, where it is None).

    - `dropped`: the connection breaks before the call is worked
    - `delayed`: it is worked after `seconds`
    - `rate_limited`: 429 with Retry-After `seconds`
    - `failed`: status 500, without effect
    - `refused`: `error` with `facts`, without effect
    - `answer_lost`: it is worked, and the connection breaks before the answer
    """

    kind: Kind
    method: str | None = None
    times: int = 1
    seconds: float = 7
    error: str = "internal_error"
    facts: dict[str, Any] = field(default_factory=dict)


class Faults:
    """The faults that wait, first come, first served."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let this befall a coming call."""
        self.waiting.append(fault)

    def take(self, method: str) -> Fault | None:
        """The fault that befalls this call."""
        for fault in self.waiting:
            if fault.method == method or (fault.method is None and method not in UNTOUCHED):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None
