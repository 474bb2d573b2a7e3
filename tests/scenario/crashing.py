"""Processes that die at named steps."""

from __future__ import annotations

from dataclasses import dataclass


class SimulatedCrash(BaseException):
    """The process dies here: nothing that would handle an error gets to see it."""


@dataclass(slots=True)
class Crash:
    """The hook at the named steps: raises the next time `step` is reached, if one is set."""

    step: str | None = None
    reached: list[str] | None = None

    def __call__(self, step: str) -> None:
        if self.reached is not None:
            self.reached.append(step)
        if step == self.step:
            self.step = None
            raise SimulatedCrash(step)
