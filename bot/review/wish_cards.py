"""The form and the card of how much somebody reviews."""

from __future__ import annotations

from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Choice, Field, Fields
from bot.chat.forms import ChoiceInput, Form, TextInput
from bot.review.actions import OpenWishes, SaveWishes
from bot.review.pool import MOST_REVIEWS
from bot.review.wishes import NO_LIMIT, ONE_MORE, OUT, Wish


def wishes_form(wish: Wish, until: str) -> Form:
    """How much somebody reviews; `until` is the last day of a pause as it is typed."""
    limits = [Choice(NO_LIMIT, t("As many as the others"))]
    limits += [Choice(str(number), t("At most {number}", number=number)) for number in range(1, MOST_REVIEWS + 1)]
    how = (Choice(ONE_MORE, t("I gladly take one more than the others")), Choice(OUT, t("I do not review for now")))
    chosen = tuple(name for name, on in ((ONE_MORE, wish.one_more), (OUT, wish.out)) if on)
    most = str(wish.most) if wish.most is not None else NO_LIMIT
    return Form(
        SaveWishes(),
        t("How much I review"),
        (
            ChoiceInput("most", t("In one round"), tuple(limits), value=(most,)),
            ChoiceInput("how", t("Beyond that"), how, required=False, several=True, value=chosen),
            TextInput(
                "until",
                t("Paused until"),
                t("A day such as 2026-12-31, or empty. Your own answers are reviewed all the same."),
                required=False,
                longest=20,
                value=until,
            ),
        ),
        t("Keep it"),
        t("This holds from the next time answers are handed out. Nobody is told."),
    )


def wish_kept_card(wish: Wish, until: str) -> Card:
    """What holds from now on."""
    fields = [Field(t("In one round"), _most(wish))]
    if wish.one_more:
        fields.append(Field(t("And"), t("one more than the others, gladly")))
    if until:
        fields.append(Field(t("Paused until"), until))
    change = Buttons((Button(t("Change it"), OpenWishes()),))
    return Card(t("That is how much you review"), (Fields(tuple(fields)), change))


def _most(wish: Wish) -> Text | str:
    if wish.out:
        return t("none")
    return t("as many as the others") if wish.most is None else str(wish.most)
