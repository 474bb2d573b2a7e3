"""What tokens cost, in millionths of a US dollar: dollars for a million tokens are millionths for one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.coach.config import CoachConfig

AS_OF = date(2026, 11, 21)
"""When the table was last compared with the maker's own price list."""
CACHE_WRITE = 1.25
CACHE_READ = 0.1
"""Times the price of input, for a prompt kept for five minutes."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call as the endpoint counted them; `input` holds neither of the two kinds of cached ones."""

    input: int
    output: int
    cache_write: int = 0
    cache_read: int = 0

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.input + self.output + self.cache_write + self.cache_read


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input: float
    output: float

    def micros(self, usage: Usage) -> int:
        """What a call costs, rounded up to a millionth of a dollar."""
        sent = usage.input + usage.cache_write * CACHE_WRITE + usage.cache_read * CACHE_READ
        return math.ceil(round(self.input * sent + self.output * usage.output, 6))


PRICES: Mapping[str, Price] = {
    "claude-haiku-5-5": Price(0.10, 0.50),
    "claude-sonnet-5-5": Price(2, 10),
    "claude-opus-5-5": Price(4, 20),
}
"""By model, for prompts of up to 100,000 tokens; ours are far shorter."""


def price_of(config: CoachConfig) -> Price | None:
    """The price of the model in use: the one that was set, else the table's; None where neither is known."""
    if config.price_input is not None and config.price_output is not None:
        return Price(config.price_input, config.price_output)
    return PRICES.get(config.model)
