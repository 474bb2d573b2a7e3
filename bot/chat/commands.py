"""Commands: typed options under one root command, declared once for every platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.base.policy import Audience
from bot.base.text import Text
from bot.chat.cards import Choice

LONGEST_ROOT = 32
"""Characters of a root's name, where it is shortest."""
OptionType = Literal["text", "integer", "choice", "member", "channel"]
Acknowledgement = Literal["private", "public", "form"]
"""How a command is acknowledged: a private or a public reply, or a form that opens at once.

Both platforms decide this at the moment of acknowledging, so it is declared, not chosen by the handler.
"""


@dataclass(frozen=True, slots=True)
class Option:
    """One typed option. `completes` names a completion function of the declaring room, asked as one types."""

    name: str
    description: Text
    type: OptionType = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()
    completes: bool = False


@dataclass(frozen=True, slots=True)
class MessageAction:
    """Something offered on people's messages, such as "Score this": a shortcut, or an entry of a context menu.

    It comes back as `ActionClicked` with this packed `action`, the message, and as `chosen` the user id of the
    message's author and its text. `own` where it makes sense on one's own messages only; not every platform
    can hold it back elsewhere.
    """

    label: Text
    action: str
    own: bool = False
    audience: Audience = "everybody"


@dataclass(frozen=True, slots=True)
class Command:
    """A command at `path` under the root, such as `("guide", "archetype")`, at most two words.

    `audience` follows from the policy of its verb when the declarations are gathered. `on_people` is the label under
    which a command about one person is offered in the menu on people too, where there is one: choosing it is invoking
    the command with that person as its only option, a required member.
    """

    path: tuple[str, ...]
    description: Text
    options: tuple[Option, ...] = ()
    acknowledgement: Acknowledgement = "private"
    audience: Audience = "everybody"
    on_people: Text | None = None
    alone: bool = False
    """Where commands are typed, the name of its group alone means it."""

    def option(self, name: str) -> Option | None:
        """The option called `name`, if there is one."""
        return next((option for option in self.options if option.name == name), None)

    def typed(self, root: str, *, by_audience: bool) -> str:
        """How a person types it, from the slash on; `by_audience` where what needs a role has a root of its own."""
        return f"/{root_for(root, self.audience) if by_audience else root} {' '.join(self.path)}"


def root_for(root: str, audience: Audience) -> str:
    """The root under which a platform that tells people apart by roots offers the commands of an audience."""
    ending = {"everybody": "", "moderators": "-moderator", "admins": "-admin"}[audience]
    return root[: LONGEST_ROOT - len(ending)] + ending
