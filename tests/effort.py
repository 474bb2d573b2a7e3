"""How much work something is, whatever else the machine does at the time."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time


def processor_seconds(act: Callable[[], object]) -> float:
    """Seconds for which this thread had a processor; waiting for one behind other processes does not count."""
    began = thread_time()
    act()
    return thread_time() - began
