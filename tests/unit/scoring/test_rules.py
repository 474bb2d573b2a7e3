"""Every rule fires on its examples and stays silent on its counter-examples."""

from __future__ import annotations

import pytest

from bot.scoring import FLAGS, Answer, Rules
from bot.scoring.engine import read_labelled
from bot.scoring.facts import facts
from bot.scoring.rules import Rule, all_rules

CASES = [
    pytest.param(rule, text, fires, id=f"{rule.code}-{'fires' if fires else 'silent'}-{i}")
    for rule in all_rules()
    for fires, texts in ((True, rule.examples), (False, rule.counterexamples))
    for i, text in enumerate(texts)
]


@pytest.mark.parametrize(("rule", "text", "fires"), CASES)
def test_a_rule_fires_on_its_examples_only(rule: Rule, text: str, fires: bool, rules: Rules) -> None:
    doc = read_labelled(Answer(text), rules)
    found = rule.check(doc, facts(doc, (), rules.rubric), rules.rubric)
    assert (found is not None) is fires


def test_every_code_of_the_guide_has_one_rule_with_papers() -> None:
    assert tuple(r.code for r in all_rules()) == FLAGS
    for rule in all_rules():
        assert rule.sources
        assert rule.examples
        assert rule.counterexamples
        assert rule.why.source
        assert rule.advice.source


def test_situational_answers_get_four_codes_at_most() -> None:
    allowed = {rule.code for rule in all_rules() if "situational" in rule.kinds}
    assert allowed == {"too_short", "too_long", "vague", "apologetic"}
