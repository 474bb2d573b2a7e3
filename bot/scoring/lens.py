"""A company lens (S1.13): which findings weigh most for whoever prepares for one company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.scoring.report import Finding

LENSES: Mapping[str, tuple[str, ...]] = {
    "anthropic": ("no_rationale", "blames_others", "no_learning", "empty_lesson", "disguised_success", "hero"),
    "amazon": ("vague", "technical_only", "we_over_i", "passive_action", "no_metric", "no_result", "blames_others"),
    "google": ("self_righteous", "hero", "blames_others", "escalates_first", "empty_lesson", "no_learning"),
    "meta": ("no_result", "no_metric", "technical_only", "no_rationale", "too_long", "long_setup"),
    "openai": ("vague", "no_result", "no_metric", "no_rationale", "no_tension", "empty_lesson"),
}
"""Codes by what `content/companies.yaml` says a company stresses, the most telling first: long-term judgment; the
customer, ownership of the whole and depth; humility and the team; speed with impact and data; quality at pace."""
MAJOR = "major"


def weigh(findings: Iterable[Finding], company: str | None) -> tuple[Finding, ...]:
    """The findings in the order in which somebody who prepares for `company` (an id of the content) should mend them.

    What the company stresses comes first, in its order; the rest follows as it came, major before minor. A company
    without a lens, or none, leaves the order as it is.
    """
    order = LENSES.get(company or "")
    if order is None:
        return tuple(findings)
    return tuple(sorted(findings, key=lambda f: order.index(f.code) if f.code in order else _behind(f, len(order))))


def _behind(finding: Finding, stressed: int) -> int:
    return stressed + (finding.severity != MAJOR)
