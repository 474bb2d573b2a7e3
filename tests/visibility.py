"""The table of who may do what, as docs/visibility.md shows it, from the policy that the code checks.

`python -m tests.visibility` writes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.base.policy import POLICY, Standing

FILE = Path(__file__).parent.parent / "docs" / "visibility.md"
COMMAND = "python -m tests.visibility"
STANDINGS: Mapping[Standing, str] = {
    "anyone": "every member",
    "owner": "whose it is",
    "mentor": "their mentor",
    "reviewer": "an assigned reviewer",
    "channel": "the channel",
    "moderator": "a moderator",
    "admin": "an admin",
}
INTRODUCTION = """# Who may see and do what

Every command, button and form names one of these acts, and the dispatcher asks this table before a room hears of it.
People of other workspaces, guests and bots may do none of it.

- A mentor counts where the owner accepted them and the thing's visibility is "mentors", "reviewers" or "channel".
- A reviewer counts where they were assigned and the visibility is "reviewers" or "channel".
- The channel counts where the visibility is "channel".
- Moderators and admins have no right to read a private answer, feedback, a review or a story.
- Figures of progress that mentors or moderators get are made without private answers: of one nothing can be worked out.
- A member whom a moderator has blocked keeps only what stands in the last column.

Generated from `bot/base/policy.py`; a test holds this page to it.
"""


def page() -> str:
    """The whole page."""
    lines = [INTRODUCTION, f"| act | {' | '.join(STANDINGS.values())} | where blocked |"]
    lines.append(f"|---|{'---|' * (len(STANDINGS) + 1)}")
    for verb, rule in sorted(POLICY.items()):
        marks = ["yes" if standing in rule.standings else "" for standing in STANDINGS]
        blocked = ", ".join(STANDINGS[standing] for standing in STANDINGS if standing in rule.when_blocked)
        lines.append(f"| `{verb}` | {' | '.join([*marks, blocked])} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
