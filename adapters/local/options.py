"""What a local workspace allows its bot, so that every profile of a platform can be shown and tested."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from adapters.local.cards import LIMITS
from bot.chat.capabilities import Capabilities


class Options(BaseModel):
    """Switches of one workspace; by default everything is allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reads_replies: bool = True
    """Off: the bot is told that somebody wrote, but what only where it is addressed or in a direct conversation."""
    finds_own_posts: bool = True
    ephemeral: bool = True
    form_errors: bool = True
    completion: bool = True
    home: bool = True
    member_left: bool = True
    files: bool = True

    def capabilities(self, direct: bool) -> Capabilities:
        """What a conversation can do under these options."""
        return Capabilities(
            limits=LIMITS,
            reads_replies=self.reads_replies or direct,
            ephemeral=self.ephemeral and not direct,
            threads=True,
            edits=True,
            deletes=True,
            reactions=True,
            form_errors=self.form_errors,
            completion=self.completion,
            home=self.home,
            member_left=self.member_left,
            finds_own_posts=self.finds_own_posts,
            images=True,
            files=self.files,
        )
