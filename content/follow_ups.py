"""The words by which replies to follow-ups and questions to the interviewer are read, from the scoring folder."""

from __future__ import annotations

from functools import cache

from bot.scoring.followups import ClosingBank, FollowUpCues, GoodQuestion, Unwanted
from bot.scoring.followups.reuse import shingles
from bot.scoring.lexicon import PhraseTree, fingerprint
from content.loader import SCORING, Content, load_content
from content.scoring_files import Cues, read_scoring_file

TOPICS = {
    "caution-tech-stack": "ask_stack",
    "caution-work-life-balance": "ask_hours",
    "caution-when-will-i-hear": "ask_hear_back",
    "caution-no-question": "closing_none",
    "caution-on-the-website": "ask_website",
    "caution-pay": "ask_pay",
    "caution-negative": "ask_negative",
    "caution-too-general": "ask_general",
}
"""The list of phrases by which each caution is recognised beside its own wordings."""


@cache
def follow_up_cues() -> FollowUpCues:
    """The phrase lists, read once."""
    cues = read_scoring_file(SCORING / "follow_up_cues.yaml", Cues)
    return FollowUpCues(
        version=f"{cues.version}-{fingerprint(cues.model_dump(mode='json'))}",
        tree=PhraseTree().build({name: one.phrases for name, one in cues.lists.items()}),
    )


def closing_bank(content: Content, language: str = "en") -> ClosingBank:
    """What closing questions are held against: the cautions, and the good ones of the bank."""
    unwanted = tuple(
        Unwanted(
            id=caution.id,
            group=caution.group,
            cue=TOPICS[caution.id],
            wordings=(str(caution.text), *caution.examples),
            why=caution.why.in_language(language),
            instead=caution.instead.in_language(language),
        )
        for caution in content.closing_cautions.values()
        if caution.id in TOPICS
    )
    good = tuple(
        GoodQuestion(
            question.id,
            question.text.in_language(language),
            question.closing.group,
            question.closing.signals_seniority,
            question.closing.reveals.in_language(language),
        )
        for question in content.questions_where(kinds=("closing",))
        if question.closing is not None
    )
    return ClosingBank(unwanted, good)


@cache
def model_shingles() -> frozenset[tuple[str, ...]]:
    """The runs of five words of every shipped model answer: worked examples, strong tellings, skeletons."""
    content = load_content()
    texts = [str(example.strong) for example in content.examples.values()]
    texts += [str(story.strong_example) for story in content.canonical_stories.values()]
    for question in content.questions.values():
        if question.skeleton is not None:
            texts += [str(text) for _, text in question.skeleton if text]
    return frozenset().union(*(shingles(text) for text in texts))
