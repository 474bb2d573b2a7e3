"""The rules: each finds one flaw, quotes it, says why it matters and how to mend it."""

from __future__ import annotations

from bot.scoring.rules import attitude, ownership, results, shape, substance
from bot.scoring.rules.registry import Found, Rule, all_rules, find

__all__ = ["Found", "Rule", "all_rules", "attitude", "find", "ownership", "results", "shape", "substance"]
