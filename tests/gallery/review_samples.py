"""What peer-review rounds show."""

from __future__ import annotations

from collections.abc import Iterator

from content.loader import Content
from tests.gallery import reviewing_samples
from tests.gallery.sample import Sample


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    yield from reviewing_samples.samples(content)
