"""Gathering: the declarations of all rooms in one place, checked once at start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.base.errors import ConfigurationError
from bot.base.policy import POLICY, audience_of
from bot.chat.actions import Action
from bot.chat.cards import Button
from bot.chat.commands import MessageAction
from bot.feature.context import Follower
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FollowerDeclaration,
    FormDeclaration,
    HomeSection,
    ListenerDeclaration,
    PageDeclaration,
    PersonalData,
    PlaceDeclaration,
    Retention,
)

D = TypeVar("D")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything declared, by what it is looked up by."""

    commands: Mapping[tuple[str, ...], CommandDeclaration]
    actions: Mapping[str, ActionDeclaration]
    forms: Mapping[str, FormDeclaration]
    payloads: Mapping[str, type[Action]]
    listeners: Sequence[ListenerDeclaration]
    deliveries: Mapping[str, DeliveryDeclaration]
    places: Sequence[PlaceDeclaration]
    followers: Sequence[FollowerDeclaration]
    home: Sequence[HomeSection]
    personal_data: Sequence[PersonalData]
    retentions: Sequence[Retention]
    pages: Mapping[str, PageDeclaration]
    """The pages that are served, by name; none where no pages are."""

    @property
    def message_actions(self) -> Sequence[MessageAction]:
        """What is offered on people's messages, in the order of the rooms."""
        return [
            MessageAction(
                declared.on_messages, declared.action().encode(), declared.own_messages, audience_of(declared.verb)
            )
            for declared in self.actions.values()
            if declared.on_messages is not None
        ]

    def buttons_for(self, place: str, subject: str) -> Sequence[Button]:
        """The buttons declared for a named place, in the order of the rooms."""
        return [declared.button(subject) for declared in self.places if declared.place == place]

    def followers_of(self, happening: str) -> Sequence[Follower]:
        """What the rooms do when this happens, in the order of the rooms."""
        return [declared.follow for declared in self.followers if declared.happening == happening]


def gather(features: Sequence[Feature]) -> Gathered:
    """Collect the declarations of `features`.

    `ConfigurationError` for a name declared twice, a verb without a policy, a command or button that neither handles
    nor opens anything, or a command for the menu on people that is not about one person.
    """
    commands = _by(lambda d: d.command.path, (d for f in features for d in f.commands))
    actions = _by(lambda d: d.action.name, (d for f in features for d in f.actions))
    forms = _by(lambda d: d.action.name, (d for f in features for d in f.forms))
    deliveries = _by(lambda d: d.kind, (d for f in features for d in f.deliveries))
    pages = _by(lambda d: d.name, (d for f in features for d in f.pages))
    _check_verbs([*commands.values(), *actions.values(), *forms.values(), *pages.values()])
    _check_handled([*commands.values(), *actions.values()])
    _check_about_people(commands.values())
    commands = {path: _for_its_audience(declared) for path, declared in commands.items()}
    payloads = {name: declared.action for name, declared in actions.items()}
    payloads |= {name: declared.action for name, declared in forms.items()}
    return Gathered(
        commands=commands,
        actions=actions,
        forms=forms,
        payloads=payloads,
        listeners=[d for f in features for d in f.listeners],
        deliveries=deliveries,
        places=[d for f in features for d in f.places],
        followers=[d for f in features for d in f.followers],
        home=sorted((d for f in features for d in f.home), key=lambda section: section.order),
        personal_data=[d for f in features for d in f.personal_data],
        retentions=[d for f in features for d in f.retentions],
        pages=pages,
    )


def _by(key: Callable[[D], K], declared: Iterable[D]) -> dict[K, D]:
    found: dict[K, D] = {}
    for item in declared:
        if key(item) in found:
            raise ConfigurationError(f"{key(item)} is declared twice")
        found[key(item)] = item
    return found


def _for_its_audience(declared: CommandDeclaration) -> CommandDeclaration:
    return replace(declared, command=replace(declared.command, audience=audience_of(declared.verb)))


def _check_verbs(
    declared: Sequence[CommandDeclaration | ActionDeclaration | FormDeclaration | PageDeclaration],
) -> None:
    for item in declared:
        if item.verb not in POLICY:
            raise ConfigurationError(f"the verb {item.verb!r} of {item} has no policy")


def _check_about_people(commands: Iterable[CommandDeclaration]) -> None:
    for command in (declared.command for declared in commands):
        about = [(option.type, option.required) for option in command.options]
        if command.on_people is not None and (about != [("member", True)] or command.acknowledgement == "form"):
            raise ConfigurationError(f"{' '.join(command.path)} is not about one person alone")


def _check_handled(declared: Sequence[CommandDeclaration | ActionDeclaration]) -> None:
    for item in declared:
        if item.handle is None and item.opens is None:
            raise ConfigurationError(f"{item} neither handles nor opens anything")
