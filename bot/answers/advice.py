"""What the content has to say beside a report: examples for a finding, expressions for a part, the skeleton."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.answers.revising import PART_LABELS
from bot.base.text import Text, t
from bot.chat.cards import Card, Element, Field, Fields, Header, Paragraph, Quote
from bot.scoring.explain import shown
from bot.scoring.report import Report
from bot.scoring.rules import Rule, all_rules
from content.known import finding_names
from content.loader import Content
from content.schema import CanonicalStory, Example, Expression, Question, StarTexts

__all__ = [
    "example_card", "expressions_card", "expressions_for", "finding_names", "skeleton_card", "weak_part",
]  # fmt: skip

WeakPart = Literal["situation", "action", "result"]
WEAK_PART: Mapping[str, WeakPart] = {
    "no_result": "result",
    "no_metric": "result",
    "no_learning": "result",
    "long_setup": "situation",
    "vague": "situation",
    "apologetic": "situation",
}
"""The part that a finding says is weak; every other finding is about what was done."""
STORY_TRAP = "story_trap"
"""The check whose advice is to look at the strong example of the story that was asked for."""
OFFERED = 2
LONGEST_EXAMPLE = 1200
PARTS: Mapping[WeakPart, Text] = {"situation": t("Situation"), "action": t("Action"), "result": t("Result")}
BLANKS: Mapping[str, Text] = {
    "figure": t("a figure"),
    "owner": t("an owner"),
    "reason": t("a reason"),
    "name": t("a name"),
    "date": t("a date"),
}


def weak_part(report: Report, company: str | None = None) -> WeakPart:
    """The part that the finding shown first is about; the action where nothing was found."""
    first = next(iter(shown(report, company).findings), None)
    return WEAK_PART.get(first.code, "action") if first else "action"


def expressions_for(content: Content, report: Report, company: str | None = None) -> tuple[Expression, ...]:
    """Two expressions for the weak part; where a figure is missing, first those that ask for one.

    Which two depends on the answer alone, so that the same card always says the same.
    """
    part = weak_part(report, company)
    fitting = sorted((e for e in content.expressions.values() if e.part == part), key=lambda e: e.id)
    wanted = {"figure"} if "no_metric" in report.flags or "no_result" in report.flags else {"owner", "reason"}
    preferred = [e for e in fitting if wanted & set(e.needs)]
    pool = preferred if len(preferred) >= OFFERED else fitting
    if not pool:
        return ()
    first = int(report.input_hash, 16) % len(pool)
    return tuple((pool + pool)[first : first + min(OFFERED, len(pool))])


def expressions_card(content: Content, report: Report, language: str, company: str | None = None) -> Card:
    """Two expressions with their frames: what belongs in each blank is said, since a phrase alone is no evidence."""
    part = weak_part(report, company)
    elements: list[Element] = [Paragraph(t("For your weakest part: {part}.", part=PARTS[part]))]
    for expression in expressions_for(content, report, company):
        elements += [
            Header(expression.text.in_language(language)),
            Paragraph(expression.frame.in_language(language)),
            Paragraph(t("Needs: {blanks}.", blanks=_blanks(expression)), quiet=True),
        ]
    if len(elements) == 1:
        elements.append(Paragraph(t("There are no phrases for this part yet.")))
    else:
        elements.append(
            Paragraph(t("Fill every blank with something true of you; an empty phrase counts for nothing."))
        )
    return Card(t("Two phrases to try"), tuple(elements))


def _blanks(expression: Expression) -> Text:
    names = [BLANKS[need] for need in expression.needs]
    joined = names[0]
    for name in names[1:]:
        joined = t("{some} and {more}", some=joined, more=name)
    return joined


def example_card(
    content: Content, finding: str, names: Mapping[str, str], language: str, canonical_story: str | None = None
) -> Card:
    """A weak and a strong example for a finding, with what tells them apart; a rule's own where there is no pair.

    For the trap of a story it is the pair of that `canonical_story`.
    """
    example = next(iter(content.examples_for(finding)), None)
    title = t("Weak and strong: {finding}", finding=names.get(finding, finding.replace("_", " ")))
    told = content.canonical_stories.get(canonical_story or "")
    if finding == STORY_TRAP and told is not None:
        return Card(title, _story_pair(told, language))
    if example is not None and example.weak is not None:
        return Card(title, _example(example, language))
    story = next((s for s in content.canonical_stories.values() if finding in s.trap_findings), None)
    if story is not None:
        return Card(title, _story_pair(story, language))
    rule = next((rule for rule in all_rules() if rule.code == finding), None)
    if rule is not None and len(rule.examples[0]) <= LONGEST_EXAMPLE:
        return Card(title, _rule_pair(rule))
    return Card(title, _fault(content, finding, language))


def _example(example: Example, language: str) -> tuple[Element, ...]:
    elements: list[Element] = [Paragraph(example.question.in_language(language), quiet=True)]
    if example.weak is not None:
        elements += [Header(t("Weak")), Quote(example.weak.in_language(language))]
    elements += [Header(t("Strong")), Quote(example.strong.in_language(language))]
    for contrast in example.contrast:
        weak, strong = contrast.weak.in_language(language), contrast.strong.in_language(language)
        point = contrast.point.in_language(language)
        elements.append(Paragraph(t("{point}: {weak} Against: {strong}", point=point, weak=weak, strong=strong)))
    elements.append(Paragraph(example.shows.in_language(language)))
    return tuple(elements)


def _story_pair(story: CanonicalStory, language: str) -> tuple[Element, ...]:
    """The canonical story whose trap the finding is."""
    return (
        Paragraph(story.name.in_language(language), quiet=True),
        Header(t("Weak")),
        Quote(story.weak_example.in_language(language)),
        Header(t("Strong")),
        Quote(story.strong_example.in_language(language)),
        Paragraph(story.trap.in_language(language)),
    )


def _rule_pair(rule: Rule) -> tuple[Element, ...]:
    """What the rule finds, and what it lets pass: the examples that it is tested by."""
    weak, strong = Quote(rule.examples[0]), Quote(rule.counterexamples[0])
    return (Header(t("Weak")), weak, Header(t("Strong")), strong, Paragraph(rule.advice))


def _fault(content: Content, finding: str, language: str) -> tuple[Element, ...]:
    fault = content.fault_of(finding)
    if fault is None:
        return (Paragraph(t("There is no example for this yet.")),)
    return (Paragraph(fault.why.in_language(language)), Paragraph(fault.fix.in_language(language)))


def skeleton_card(content: Content, question: Question | None, text: str, language: str) -> Card:
    """The model skeleton of a question, what a strong answer shows, and for a situational one its key points."""
    elements: list[Element] = [Paragraph(text, quiet=True)]
    skeleton = _skeleton(content, question)
    if skeleton is not None:
        elements.append(Fields(_fields(skeleton, language)))
    if question is not None and question.notes is not None:
        elements.append(Paragraph(question.notes.in_language(language)))
    if question is not None:
        elements += [Paragraph(point.text.in_language(language)) for point in question.points]
        elements += [Paragraph(t("Not: {mistake}", mistake=text.in_language(language))) for text in question.must_not]
    if len(elements) == 1:
        elements.append(Paragraph(t("There is no skeleton for this question.")))
    else:
        elements.append(Paragraph(t("A shape to hold your own story against, not a story to tell."), quiet=True))
    return Card(t("Model skeleton"), tuple(elements))


def _skeleton(content: Content, question: Question | None) -> StarTexts | None:
    if question is None:
        return None
    if question.skeleton is not None:
        return question.skeleton
    archetype = next((content.archetypes[id_] for id_ in question.archetypes if id_ in content.archetypes), None)
    return archetype.template if archetype is not None and question.kind == "behavioral" else None


def _fields(skeleton: StarTexts, language: str) -> tuple[Field, ...]:
    texts = {
        "situation": skeleton.situation,
        "task": skeleton.task,
        "action": skeleton.action,
        "result": skeleton.result,
        "learning": skeleton.lesson,
    }
    return tuple(
        Field(PART_LABELS[name], text.in_language(language)) for name, text in texts.items() if text is not None
    )
