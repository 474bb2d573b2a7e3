"""What the practice team wrote in the round of peer reviews that lies behind it: answers, and reviews of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

QUESTION = "q-first-disagreement"
"""About a comment in a code review that one disagreed with."""
CRITERIA = ("situation", "action", "result", "reflection")
OWN_RATING = {"situation": 4, "action": 4, "result": 5, "reflection": 4}
"""What the first author gives their own answer before they see what others found."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A review: scores by criterion in their order, the two comments, a level and a follow-up question."""

    scores: tuple[int, int, int, int]
    worked: str
    change: str
    level: str
    follow_up: str = ""

    @property
    def by_criterion(self) -> Mapping[str, int]:
        """The scores by the criterion they are for."""
        return dict(zip(CRITERIA, self.scores, strict=True))


@dataclass(frozen=True, slots=True)
class Written:
    """An answer, whose it is, and what two reviewers say of it."""

    user: str
    text: str
    comments: tuple[Comment, Comment]


WRITTEN: Sequence[Written] = (
    Written(
        "priya",
        "In spring 2025 a colleague asked me to wrap every call of our ticket shop's new payment client in three "
        "retries. I owned that client and disagreed: a payment that is tried again after a timeout can be taken twice. "
        "I did not argue in the thread. I wrote a test that let the provider answer after our timeout, and it showed "
        "two payments out of three tries. I sent him the test, asked what he wanted to be safe from, and learned that "
        "he had seen the shop lose orders on a bad line. So I proposed retries with a key that the provider knows "
        "again, and he reviewed the change. Lost orders went from about 40 a week to 2, and nobody has paid twice. "
        "Since then I answer a comment I doubt with a test before I answer it with an opinion.",
        (
            Comment(
                (4, 5, 5, 4),
                "“I wrote a test that let the provider answer after our timeout” settles the matter better than any "
                "thread could have, and it stays useful.",
                "Say how long it took from his comment to the merged change; a lead would ask what the delay cost.",
                "L5",
                "What would you have done if the test had shown nothing?",
            ),
            Comment(
                (4, 4, 5, 4),
                "You asked what he wanted to be safe from. The line about lost orders turns a quarrel into one goal.",
                "Name the second option you weighed, such as no retries at all, and why you left it aside.",
                "L5",
            ),
        ),
    ),
    Written(
        "tom",
        "We once had a long discussion in a code review about naming. Somebody wanted other names in our import job "
        "and we did not agree with it. There were many comments and it took a while. In the end we renamed some things "
        "and various parts were cleaned up, and everybody was happy with the result. It was good for the team.",
        (
            Comment(
                (2, 1, 2, 1),
                "You chose a case that everybody knows, and you say openly that it took long.",
                "Tell what you yourself wrote or did: “we renamed some things” could have been anybody in the team.",
                "L3",
                "What was your own view, and what did you say?",
            ),
            Comment(
                (2, 2, 1, 1),
                "It is short, so there is room. The import job is a concrete place to begin from.",
                "Put one figure at the end: how many comments, how many days, or what the new names saved anybody.",
                "L4",
            ),
        ),
    ),
    Written(
        "mei",
        "In November 2024 I moved our sign-in page to a new form library. A senior engineer commented that I should "
        "keep the old error texts, word for word. I thought that wrong, since eleven of the fourteen texts said only "
        "that something had failed. I answered that I would keep them until I could show they hurt, and asked support "
        "for a month of tickets. I read 210 of them myself: 64 came from one text. I rewrote that one alone, measured "
        "for two weeks, and showed both of them the count. Tickets about signing in fell by 27 percent, and she asked "
        "me to do the other ten. I learned that a small change that is measured wins more than a large one that is "
        "right.",
        (
            Comment(
                (5, 4, 5, 5),
                "“I read 210 of them myself: 64 came from one text” is the best sentence of all: it is work, and it is "
                "a decision.",
                "Explain in half a sentence why she wanted the old texts; as it stands she seems to have had no "
                "reason.",
                "L5",
                "How did you know that the drop came from your text?",
            ),
            Comment(
                (4, 5, 5, 4),
                "You gave way first and said under which condition you would come back. That takes confidence.",
                "Cut the three numbers before the ticket count; by the fourth I had lost which one matters.",
                "L5",
            ),
        ),
    ),
    Written(
        "diego",
        "Last year I added an alarm for the disk of our order database, and a reviewer wrote that it would ring every "
        "night because of the backup. I was sure it would not, because I had looked at the graph of one week. I merged "
        "it with her comment open. It rang at 02:10 on the first night and woke two people. I took it out the same "
        "morning, apologised to both, and put it back with a threshold that the backup stays below. It has rung twice "
        "since, both times with reason. I do not merge with an open comment any more, whether I agree or not.",
        (
            Comment(
                (4, 3, 4, 5),
                "You tell a case in which you were wrong, with the hour and the two people it woke. I believed all of "
                "what came after.",
                "Say what you looked at to find the new threshold, so that the repair is as clear as the mistake.",
                "L4",
                "Did you change anything for the rest of the team?",
            ),
            Comment(
                (3, 3, 4, 4),
                "The rule at the end is one that I can use tomorrow, and it follows from the story.",
                "Begin with what the alarm was to protect. Why a full disk mattered comes nowhere.",
                "L4",
            ),
        ),
    ),
    Written(
        "sam",
        "Two years ago I reviewed a pull request for our search and asked for it to be split, and its author "
        "disagreed. It had 2,300 lines, and the release was four days away. I offered to split it with him for one "
        "afternoon, and to review each part within two hours. We made five parts of it. In the third I found that "
        "deleted items would have stayed in the index, which had been invisible in the whole. All five were merged in "
        "three days. Now I say in my first comment what I offer, and not only what I want.",
        (
            Comment(
                (4, 4, 4, 4),
                "“I offered to split it with him” makes the demand fair. Five parts and two hours each are easy to "
                "picture.",
                "Say what deleted items in the index would have meant for people who search; that is your result.",
                "L5",
                "What if he had still said no?",
            ),
            Comment(
                (4, 4, 3, 4),
                "You found something by insisting, and you do not boast about it. The order of events is clear.",
                "Tell more of his side: why he did not want to split it, four days before the release.",
                "L4",
            ),
        ),
    ),
)
