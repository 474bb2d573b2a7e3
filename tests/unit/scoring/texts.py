"""Answers that several tests read: invented people, companies and figures."""

from __future__ import annotations

STRONG = (
    "Last spring our invoice importer failed on one file in ten, and finance typed those by hand. I was asked to "
    "bring that under one in a hundred before the summer close. First I sorted 400 failed files by cause, because "
    "everybody had a different theory. Two thirds came from one date format, which the team in Porto had introduced. "
    "Their lead did not want to change it again, and he had a point: four customers relied on it. So I wrote a "
    "parser that accepts both, instead of forcing a migration, and paired with him for a day to test it. Failures "
    "fell from 10% to 0.4%, and finance saved about 30 hours a month. I learned that a count ends an argument faster "
    "than a meeting, and I now sort the failures before I open the code."
)
WE = (
    "Our checkout was slow. We looked at the logs and we found the index missing. We added it, we tested it on "
    "staging and we rolled it out to all shops. In the end it was better and everyone was happy."
)
WOULD = (
    "I would first talk to the person in private and listen. Then I would agree two goals with them, and I'd meet "
    "them every week. If that did not help, I would ask their manager for advice and maybe change the project."
)
SITUATIONAL = (
    "I would not take the keyboard. I'd ask her to walk me through what she has tried so far, and then only ask "
    "questions: which line are you sure about, what changed since it worked? We would pair for half an hour, then I "
    "go back to my desk and let her try alone. The next day I'd check in again and see how it went."
)
STUCK_POINTS = (
    "do not just fix it / hand over the answer",
    "ask them to explain their debugging so far",
    "guide with questions",
    "pair for a short time, then step back",
    "follow up afterwards",
    "offer a budget for conferences",
)
EVERY = (STRONG, WE, WOULD, SITUATIONAL)
