"""Stories that people of the practice team have told already, so that there is something to list, find and open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.stories.parts import Draft
from storage.tables.stories import StoryVisibility


@dataclass(frozen=True, slots=True)
class ToldBy:
    """A story, whose it is, and who sees it."""

    user: str
    visibility: StoryVisibility
    draft: Draft


STORIES: Sequence[ToldBy] = (
    ToldBy(
        "priya",
        StoryVisibility.MENTORS,
        Draft(
            "The import that ran all night",
            {
                "situation": "In autumn 2024 the nightly import of our ticket shop took eleven hours, and on two "
                "mornings the shop opened with yesterday's prices.",
                "task": "I owned the import, and had six weeks until the Christmas sale to bring it below four hours.",
                "action": "I measured each step before I changed anything, and found that nine of the eleven hours "
                "went into looking up one venue at a time. I decided against a bigger machine, since it would have "
                "hidden the cause for one season, and read all venues at once instead. I ran old and new side "
                "by side for ten nights and compared every price.",
                "result": "The import went from eleven hours to 50 minutes, and has not been late since.",
                "learning": "I measure before I mend: my first guess, the network, would have cost two weeks.",
            },
            tags=("performance",),
        ),
    ),
    ToldBy(
        "mei",
        StoryVisibility.TEAM,
        Draft(
            "Two teams and one release date",
            {
                "situation": "Two teams needed the same change in the sign-in service in the same week, and disagreed "
                "on whose came first. The conflict had gone on for a month.",
                "task": "I was the only engineer who knew both code bases, and our release date stood in a contract.",
                "action": "I wrote down what each team could do without, asked both leads to correct it, and proposed "
                "to release the shared half first. The other team's lead feared that we would then forget them, so I "
                "moved to their team for the second week.",
                "result": "Both changes were released within nine days, and the two teams have planned together since.",
                "learning": "I ask what somebody fears before I argue about dates.",
            },
            tags=("conflict",),
        ),
    ),
)
