"""How others and oneself are told: `blames_others`, `self_righteous`, `escalates_first`, `apologetic`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.doc import Doc, Sentence
from bot.scoring.facts import Facts
from bot.scoring.rubric import Rubric
from bot.scoring.rules.registry import Found, rule
from bot.scoring.tone import real, talked_with_them, took_to_authority, verdicts


@rule(
    code="blames_others",
    version=2,
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
    sentences = [s for s in real(doc) if s.has("counterfactual_blame", "blame_mild") or verdicts(s)]
    judged: float = sum(verdicts(s) for s in sentences)
    judged += rubric.limit("counterfactual_blame") * sum(s.has("counterfactual_blame") for s in sentences)
    hits = judged + rubric.limit("mild_blame") * sum(s.has("blame_mild") for s in sentences)
    relief = rubric.limit("fault_relief") * facts.self_fault + rubric.limit("empathy_relief") * facts.empathy
    relief += rubric.limit("credit_relief") * facts.credit
    if hits - relief < rubric.limit("blame_least" if judged else "blame_least_mild"):
        return None
    return Found(tuple(doc.quote(s) for s in sentences))


@rule(
    code="self_righteous",
    version=2,
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
    if facts.empathy or facts.self_fault:
        return None
    claims = [s for s in real(doc) if s.has("right_claim")]
    scorn = [s for s in real(doc) if s.has("contempt", "vindication")]
    told = any(s.has("obstacle", "tension", "blame", "blame_mild", "conflict") for s in doc.sentences)
    asked = "conflict_asked" in doc.asked or any(s.has("conflict") for s in doc.sentences)
    if not (claims and told) and not (asked and _scorn(scorn) >= rubric.limit("scorn_least")):
        return None
    return Found(tuple(doc.quote(s) for s in claims + [s for s in scorn if s not in claims]))


def _scorn(sentences: list[Sentence]) -> int:
    return sum(s.count("contempt") + s.count("vindication") for s in sentences)


@rule(
    code="escalates_first",
    version=2,
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
    about = doc.asked
    if "authority_asked" in about:
        return None
    asked = "conflict_asked" in about
    before, met = 0, set[str]()
    for sentence in doc.sentences:
        if talked_with_them(sentence):
            return None
        turned = None if sentence.hypothetical else took_to_authority(sentence)
        trouble = asked or any(s.has("conflict", "blame") for s in doc.sentences[: sentence.index + 1])
        if turned is not None and trouble:
            first, last, whom = turned
            alone = whom in met or before > rubric.limit("steps_before_escalation")
            return None if alone else Found((doc.quote(sentence, first, last),))
        before += sentence.label == "A" and sentence.acts("own") > 0
        met |= {sentence.words[hit.last - 1] for hit in sentence.hits.get("authority", ())}
    return None


@rule(
    code="apologetic",
    version=1,
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
    sentences = [s for s in doc.sentences if s.has("apology")]
    strength = sum(len({(h.first, h.last) for h in s.hits["apology"]}) for s in sentences)
    excused = any(s.has("sorry") for s in sentences)
    if not strength or strength + excused < rubric.limit("apology_least"):
        return None
    return Found(tuple(doc.quote(s) for s in sentences))
