"""How others and oneself are told: `blames_others`, `self_righteous`, `escalates_first`, `apologetic`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.rubric import Rubric
from bot.scoring.rules.registry import Found, rule
from bot.scoring.rules.weighing import heard, holds
from bot.scoring.tone import first_turn


@rule(
    code="blames_others",
    version=3,
    severity="major",
    source=("S2.10", "S3.7"),
    why=t("The trouble is put on others, and your own part in it is not looked at."),
    advice=t("Keep the fact, drop the verdict, and add what you could have done earlier: “I had not asked ...”."),
    examples=(
        "The project failed because the product manager kept changing the scope. Data engineering never delivered "
        "the tables and marketing didn't help either. I built my part and it was fine. It got cancelled.",
        "I was given a junior and he clearly didn't read the docs. Recruiting should have filtered better. He moved "
        "on.",
    ),
    counterexamples=(
        "The vendor missed four dates. I should have cut our scope in October and I didn't, because I was protecting "
        "my side. We launched late.",
        "The scope changed twice. I had not asked who decides, so I set up a weekly call with the product manager.",
    ),
)
def blames_others(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when others' failings pile up and neither own fault nor their side is looked at."""
    if not holds("blames_others", doc, facts, rubric):
        return None
    return Found(heard(doc, "blame", "counterfactual_blame", "alibi", "lapses", "blame_mild"))


@rule(
    code="self_righteous",
    version=3,
    severity="major",
    source=("S2.10", "S3.4", "S3.7"),
    why=t("The disagreement is told as “I was right, they were wrong”; the other side is never heard."),
    advice=t("Give the best reason the other side had, and one thing of theirs that you took over."),
    examples=(
        "Their lead wanted to keep the old format. I told them it was wrong and they got defensive. In the end they "
        "had to admit I was right, as I'd said from the beginning.",
    ),
    counterexamples=(
        "Their lead wanted to keep the old format, and he had a point: six products read it. We agreed on a flag. It "
        "turned out I was right about the load, but wrong about the cost.",
        "The CTO disagreed. I asked what would change her mind, and she named two figures. I measured both.",
    ),
    silences=("blames_others",),
)
def self_righteous(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when a disagreement ends in being right or in contempt, with no look at the other side."""
    if not holds("self_righteous", doc, facts, rubric):
        return None
    return Found(heard(doc, "right_claim", "vindication", "vindicated", "contempt", "scorned", "silenced", "unbending"))


@rule(
    code="escalates_first",
    version=3,
    severity="major",
    source=("S2.10",),
    why=t("The first step was to go to a manager; interviewers look for a talk with the person first."),
    advice=t("Tell what you tried with the person before, or say why that was not possible."),
    examples=(
        "A colleague ignored my reviews. I went straight to my manager and asked him to talk to her. He did and it "
        "stopped.",
        "The other team kept breaking our contract. I raised it with my manager and asked him to take it to their "
        "manager.",
    ),
    counterexamples=(
        "A colleague ignored my reviews. I asked her over lunch what made them useless, and we agreed on a "
        "checklist. Later I told my manager how it went.",
        "The disk was full. I told my manager at once and freed space on the second node.",
    ),
)
def escalates_first(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when the first thing done about trouble with people was to take it to somebody above."""
    turned = first_turn(doc)
    if turned is None or not holds("escalates_first", doc, facts, rubric):
        return None
    return Found((doc.quote(doc.sentences[turned]), *heard(doc, "by_decree")))


@rule(
    code="apologetic",
    version=2,
    severity="minor",
    source=("S0.10",),
    why=t("You apologise for your background before the story can speak; it lowers what the listener expects."),
    advice=t("Leave the apology out. What you did before is experience: say in half a sentence what it taught you."),
    examples=(
        "Sorry in advance, I'm pretty new to this field so my example might be a bit lame. I was asked to fix a "
        "report.",
        "I come from nursing and not from informatics, so please excuse when some terms are not correct.",
    ),
    counterexamples=(
        "I sent the customer an apology the same evening and told them we were sorry for the outage.",
        "I was new to the team, so I read the runbooks first. I found two that were out of date and mended them.",
    ),
    kinds=("behavioral", "situational"),
)
def apologetic(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when the speaker apologises for their background or for being new to the field."""
    if not holds("apologetic", doc, facts, rubric):
        return None
    return Found(heard(doc, "apology", "diminished", "sorry", "plea"))
