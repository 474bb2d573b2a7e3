"""A company lens (S1.13): which findings weigh most for whoever prepares for one company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.base.text import Text, t
from bot.scoring.report import Finding


@dataclass(frozen=True, slots=True)
class Lens:
    """What a company stresses: the codes of what speaks against it, the most telling first, and what it is in words."""

    codes: tuple[str, ...]
    stresses: Text


LENSES: Mapping[str, Lens] = {
    "anthropic": Lens(
        ("no_rationale", "blames_others", "no_learning", "empty_lesson", "disguised_success", "hero"),
        t("judgment with its reasons, and thinking in the long term"),
    ),
    "amazon": Lens(
        ("vague", "technical_only", "we_over_i", "passive_action", "no_metric", "no_result", "blames_others"),
        t("the customer, owning the whole of a thing, and knowing its details and figures"),
    ),
    "google": Lens(
        ("self_righteous", "hero", "blames_others", "escalates_first", "empty_lesson", "no_learning"),
        t("humility, and the team before one's own standing"),
    ),
    "meta": Lens(
        ("no_result", "no_metric", "technical_only", "no_rationale", "too_long", "long_setup"),
        t("impact reached quickly, and decisions from data"),
    ),
    "openai": Lens(
        ("vague", "no_result", "no_metric", "no_rationale", "no_tension", "empty_lesson"),
        t("getting hard things done quickly without giving up quality"),
    ),
}
"""The lens of each company that `content/companies.yaml` has a guide for, by its id."""


def lens_on(findings: Iterable[Finding], company: str | None) -> Lens | None:
    """The lens of `company`, where there is one and it has a say in the order of these findings."""
    lens, codes = LENSES.get(company or ""), [finding.code for finding in findings]
    return lens if lens is not None and len(codes) > 1 and not set(lens.codes).isdisjoint(codes) else None


def weigh(findings: Iterable[Finding], company: str | None) -> tuple[Finding, ...]:
    """The findings in the order in which somebody who prepares for `company` (an id of the content) should mend them.

    What the company stresses comes first, in its order; the rest follows as it came. A company without a lens, or
    none, leaves the order as it is.
    """
    lens = LENSES.get(company or "")
    if lens is None:
        return tuple(findings)
    codes = lens.codes
    return tuple(sorted(findings, key=lambda f: codes.index(f.code) if f.code in codes else len(codes)))
