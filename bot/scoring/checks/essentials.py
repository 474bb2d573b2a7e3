"""What the story leaves out: `missing_essentials`, `technical_only`, `hedging`, `below_target`."""

from __future__ import annotations

from bot.base.text import Text, t
from bot.scoring.checks.registry import THIN, Looked, Noted, check
from bot.scoring.doc import Answer, Sentence
from bot.scoring.report import LEVELS, Evidence

MONEY = frozenset({"bill", "bills", "cost", "costs", "budget", "spend", "spending", "money", "expensive", "cheaper"})
"""Words of a setup in which the figures are money, whatever unit stands beside them."""
PARTS: dict[str, Text] = {
    "team": t("who you worked with"),
    "project": t("which project it was"),
    "constraint": t("what limited you"),
}


@check(
    code="missing_essentials",
    name=t("Team, project or constraint left out"),
    version=2,
    source=("S1.3", "S1.10"),
    why=t("A listener cannot picture the story without its team, its project and its constraint."),
    advice=t("Name the three in your first two sentences: who, what exactly, and what stood in the way."),
    examples=(
        Answer(
            "I was asked to write a report on pumps in the spring. First I opened the list, then I sorted it by age. "
            "I made a page for each pump and I printed the pages. The report was done in May and it had 40 pages."
        ),
        Answer(
            "In my career I have driven many initiatives with colleagues. I leveraged best practices and a holistic "
            "approach despite challenging priorities, aligned the stakeholders on a shared vision, fostered a culture "
            "of ownership, and delivered significant impact and excellent outcomes for the organisation."
        ),
    ),
    counterexamples=(
        Answer(
            "Last spring our importer failed on one file in ten and finance waited. I was asked to mend it within two "
            "weeks, with one colleague. I sorted the files by cause, because nobody knew which format broke it."
        ),
    ),
)
def missing_essentials(looked: Looked) -> Noted | None:
    """Notes which of team, project and constraint cannot be made out."""
    doc, facts = looked.doc, looked.facts
    if "hypothetical" in looked.flags or doc.word_count < looked.limit("essentials_words"):
        return None
    missing = []
    if looked.rating < THIN and not any(s.has("team_named", "credit") for s in doc.sentences):
        missing.append("team")
    if facts.abstract_share >= looked.limit("vague_share") or "vague" in looked.flags:
        missing.append("project")
    if facts.trouble <= 0 and facts.hardness <= 0 and not any(s.has("task") and s.quantities for s in doc.sentences):
        missing.append("constraint")
    if not missing:
        return None
    setup = [doc.quote(s) for s in doc.of("S", "T")][:1]
    whys = {
        1: t("The answer does not say {first}.", first=PARTS[missing[0]]),
        2: t("The answer says neither {first} nor {last}.", first=PARTS[missing[0]], last=PARTS[missing[-1]]),
        3: t("The answer does not say who you worked with, which project it was, or what limited you."),
    }
    return Noted(tuple(setup), whys[len(missing)])


@check(
    code="technical_only",
    name=t("Only technical figures"),
    version=2,
    source=("S2.5", "S3.4"),
    why=t("The figures are technical only; nothing says what they were worth to users or the business."),
    advice=t("Add one clause on who felt it: “so that 300 clerks stopped waiting”, “which saved about 2,000 a month”."),
    examples=(
        Answer(
            "The search index was full in May. I was asked to shrink it. I compared two codecs and chose the denser "
            "one, because reads were rare. In the end p95 latency fell from 900 to 200 ms and memory by half."
        ),
    ),
    counterexamples=(
        Answer(
            "The search index was full in May. I compared two codecs and chose the denser one, because reads were "
            "rare. Latency fell from 900 to 200 ms, and customers found 12% more of what they searched for."
        ),
        Answer("Orders were lost at night. I added a queue, because the till did not retry. Lost orders fell by 90%."),
    ),
)
def technical_only(looked: Looked) -> Noted | None:
    """Notes figures of an outcome that are technical, where nobody outside the system is named with them."""
    results = [s for s in looked.doc.of("R", "L") if s.label == "R"]
    technical = [s for s in results if s.outcome_numbers() and s.has("technical_measure")]
    felt = any(s.has("business_effect", "reaction", "adoption") for s in looked.doc.of("R", "L"))
    for_money = any(not MONEY.isdisjoint(s.words) for s in looked.doc.of("S", "T"))
    if not technical or felt or for_money:
        return None
    return Noted(tuple(looked.doc.quote(s) for s in technical))


@check(
    code="hedging",
    name=t("Many softening words"),
    version=1,
    source=("S2.9", "S3.11"),
    why=t("So many softening words make your own work sound like a guess."),
    advice=t("Keep the hedge where a figure is rough (“about a third”), and drop it from what you did and decided."),
    examples=(
        Answer(
            "I think I maybe found the cause, I guess it was sort of the cache. I probably added a replica, and I "
            "believe that it somehow helped, I'm not sure, perhaps errors went down a bit."
        ),
    ),
    counterexamples=(
        Answer(
            "I found the cause in the cache and added a replica. Errors went down by roughly a third, maybe a little "
            "more. I wrote down how to see it earlier, and showed two colleagues where to look."
        ),
    ),
    kinds=("behavioral", "situational"),
)
def hedging(looked: Looked) -> Noted | None:
    """Notes softening words that pile up; where all is imagined they are in place."""
    if looked.doc.answer.kind == "behavioral" and "hypothetical" in looked.flags:
        return None
    hits = [(s, h) for s in looked.doc.sentences for h in s.hits.get("hedge_word", ())]
    rate = 100 * len(hits) / max(1, looked.doc.word_count)
    if len(hits) < looked.limit("hedges_least") or rate < looked.limit("hedges_rate"):
        return None
    return Noted(tuple(_words(looked, s, h.first, h.last) for s, h in hits))


def _words(looked: Looked, sentence: Sentence, first: int, last: int) -> Evidence:
    return looked.doc.quote(sentence, first, last)


@check(
    code="below_target",
    name=t("Below the level you prepare for"),
    version=2,
    source=("S2.2", "S3.10"),
    why=t("The evidence reads below the level you prepare for; a story of the wrong level is what fails most often."),
    advice=t("Tell what reached beyond your own task: who changed their work, what you defined, what outlasted you."),
    examples=(Answer("I was an intern. I fixed a typo in the form that my mentor had shown me.", target_level="L6"),),
    counterexamples=(
        Answer("I was an intern. I fixed a typo in the form that my mentor had shown me. It worked."),
        Answer("I was an intern. I fixed a typo in the form that my mentor had shown me.", target_level="L3"),
    ),
)
def below_target(looked: Looked) -> Noted | None:
    """Notes that the level the person prepares for lies above all that the evidence may be read as."""
    level = looked.level
    if level is None or level.target is None or LEVELS.index(level.target) <= LEVELS.index(level.high):
        return None
    shown = tuple(signal.evidence for signal in level.signals if signal.evidence is not None)
    return Noted(
        shown[:1],
        t("The evidence reads as {level}, and you prepare for {target}.", level=level.level, target=level.target),
    )
