"""Reading at once much that stays for as long as the process."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def much_made_to_stay() -> Iterator[None]:
    """Let Python's garbage collector rest meanwhile.

    It looks through everything each time so many objects more have been made: four tenths of what reading the content
    or the rules took, for nothing to let go of.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
