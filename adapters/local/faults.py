"""Faults on demand: how the workspace can fail a call of the bot as real platforms do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.chat.errors import PayloadRejected, PermissionMissing, RateLimited, TargetGone, Unavailable

FaultKind = Literal[
    "dropped", "delayed", "rate_limited", "failed", "answer_lost", "permission_missing", "target_gone", "rejected"
]


class Fault(BaseModel):
    """What goes wrong with the next `times` calls of `operation` (any, where it is None).

    - `dropped`: the call never arrives, and the caller hears nothing
    - `delayed`: it is worked after `seconds`
    - `rate_limited`: refused, to be repeated after `seconds`
    - `failed`: the workspace says that it failed, and took nothing
    - `answer_lost`: it takes effect, but the caller hears nothing
    - `permission_missing`: refused for want of the permission `which`
    - `target_gone`, `rejected`: refused for good
    """

    model_config = ConfigDict(extra="forbid")

    kind: FaultKind
    operation: str | None = None
    times: int = 1
    seconds: float = 7.0
    which: str = "post_messages"


class Faults:
    """The faults that wait for calls to befall, first come, first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let this happen to a coming call."""
        self._waiting.append(fault.model_copy())

    def clear(self) -> None:
        """Take back every fault that has not happened."""
        self._waiting.clear()

    @asynccontextmanager
    async def around(self, operation: str) -> AsyncIterator[None]:
        """Work one call inside this: its fault strikes before or after, whichever it is."""
        fault = self._take(operation)
        if fault is not None and fault.kind == "delayed":
            await asyncio.sleep(fault.seconds)
        elif fault is not None and fault.kind != "answer_lost":
            raise _refusal(fault, operation)
        yield
        if fault is not None and fault.kind == "answer_lost":
            raise Unavailable(operation, "the answer was lost", accepted=None)

    def _take(self, operation: str) -> Fault | None:
        for index, fault in enumerate(self._waiting):
            if fault.operation in (None, operation):
                fault.times -= 1
                if fault.times <= 0:
                    del self._waiting[index]
                return fault
        return None


def _refusal(fault: Fault, operation: str) -> Exception:
    match fault.kind:
        case "dropped":
            return Unavailable(operation, "the connection was lost", accepted=None)
        case "rate_limited":
            return RateLimited(operation, timedelta(seconds=fault.seconds))
        case "permission_missing":
            return PermissionMissing(operation, fault.which)
        case "target_gone":
            return TargetGone(operation, "it is gone")
        case "rejected":
            return PayloadRejected(operation, "the content was refused")
        case _:
            return Unavailable(operation, "the workspace failed", accepted=False)
