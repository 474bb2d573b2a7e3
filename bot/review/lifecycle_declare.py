"""What this room offers to those who run rounds: programmes, the life of a round, its posts and reminders."""

from __future__ import annotations

from bot.answers.moderation import HIDDEN, SHOWN_AGAIN
from bot.answers.revising import CLOSED
from bot.answers.sharing import SEEN_BY_OTHERS
from bot.answers.withdrawing import WITHDRAWN
from bot.base.text import t
from bot.chat.commands import Command, Option
from bot.chat.events import ChannelChanged, MemberLeft
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FollowerDeclaration,
    FormDeclaration,
    ListenerDeclaration,
    PageDeclaration,
    PersonalData,
)
from bot.review import actions as a
from bot.review import (
    assigning,
    channels,
    locking,
    personal_data,
    posts,
    registering,
    round_pages,
    sending,
    summing_up,
    timers,
)
from bot.review import programme_handlers as running
from bot.review import round_handlers as handlers
from bot.review.programme_form import check_programme
from bot.review.round_cards import ROUND_PAGE

ROOM = "review"


def lifecycle_declarations() -> Feature:
    """Programmes and the life of a round."""
    return Feature(
        name=ROOM,
        commands=(*_programme_commands(), *_round_commands()),
        actions=_actions(),
        forms=(FormDeclaration(a.SaveRoundProgramme, "round.change", running.save, check_programme),),
        listeners=(
            ListenerDeclaration(ChannelChanged, channels.channel_changed),
            ListenerDeclaration(MemberLeft, channels.member_left),
        ),
        deliveries=(*_posts(), *_timers()),
        pages=(PageDeclaration(ROUND_PAGE, t("The round"), "round.see", round_pages.build_round, writes=True),),
        followers=(
            FollowerDeclaration(CLOSED, registering.answer_stands),
            FollowerDeclaration(SEEN_BY_OTHERS, registering.answer_stands),
            FollowerDeclaration(WITHDRAWN, registering.answer_withdrawn),
            FollowerDeclaration(HIDDEN, registering.answer_hidden),
            FollowerDeclaration(SHOWN_AGAIN, registering.answer_shown_again),
        ),
        personal_data=(
            PersonalData(
                "rounds",
                t("Your answers in rounds, how much you review, and with whom you are not to be paired"),
                export=personal_data.export,
                erase=personal_data.erase,
                in_steps=True,
            ),
        ),
    )


def _programme_commands() -> tuple[CommandDeclaration, ...]:
    channel = Option("channel", t("In which channel; this one if left out"), type="channel")
    member = Option("member", t("Who"), type="member", required=True)
    reviews = Option("reviews", t("Reviews a round, 0 for none"), type="integer", required=True)
    set_up = Command(("round", "setup"), t("Set up peer-review rounds"), (channel,), acknowledgement="form")
    return (
        CommandDeclaration(set_up, "round.change", opens=running.open_new),
        CommandDeclaration(
            Command(("round", "list"), t("Show the peer-review rounds; moderators pause them or hand out now")),
            "round.see",
            running.show_list,
        ),
        CommandDeclaration(
            Command(("round", "pause"), t("Pause the rounds of this channel")), "round.run", running.pause_command
        ),
        CommandDeclaration(
            Command(("round", "resume"), t("Let the rounds of this channel go on")),
            "round.run",
            running.resume_command,
        ),
        CommandDeclaration(
            Command(("round", "mentor"), t("Make somebody a mentor of rounds"), (member, reviews)),
            "round.change",
            handlers.mentor,
        ),
    )


def _round_commands() -> tuple[CommandDeclaration, ...]:
    days = Option("days", t("How many days more"), type="integer", required=True)
    reason = Option("reason", t("Why"), required=True)
    why = Option("reason", t("Why"))
    return (
        CommandDeclaration(
            Command(("round", "now"), t("Hand out this channel's answers now")), "round.run", handlers.now_command
        ),
        CommandDeclaration(
            Command(("round", "status"), t("Show where the round stands")), "round.see", handlers.status
        ),
        CommandDeclaration(
            Command(("round", "extend"), t("Give some days more, for reviewing or for answering"), (days,)),
            "round.run",
            handlers.extend,
        ),
        CommandDeclaration(
            Command(("round", "cancel"), t("End the round without results"), (why,)), "round.run", handlers.cancel
        ),
        CommandDeclaration(
            Command(("round", "reopen"), t("Compute the last round's results anew"), (reason,)),
            "round.run",
            handlers.reopen_last,
        ),
    )


def _actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(a.ListRounds, "round.see", running.list_by_button),
        ActionDeclaration(a.OpenRoundProgramme, "round.change", opens=running.open_programme),
        ActionDeclaration(a.PauseRounds, "round.run", running.pause_by_button),
        ActionDeclaration(a.ResumeRounds, "round.run", running.resume_by_button),
        ActionDeclaration(a.LockNow, "round.run", handlers.now_by_button),
        ActionDeclaration(a.RoundStatus, "round.see", handlers.status_by_button),
        ActionDeclaration(a.DeclineReview, "review.give", handlers.decline),
        ActionDeclaration(a.OptOut, "review.give", handlers.opt_out),
    )


def _posts() -> tuple[DeliveryDeclaration, ...]:
    return (
        DeliveryDeclaration(
            posts.HUB,
            sending.prepare_hub,
            sending.hub_sent,
            gone=sending.hub_has_no_channel,
            called=t("the post about a round of peer reviews"),
        ),
        DeliveryDeclaration(
            posts.NOTICE,
            sending.prepare_notice,
            gone=sending.notice_unreachable,
            called=t("somebody's list of reviews"),
        ),
        DeliveryDeclaration(posts.REMINDER, sending.prepare_reminder, called=t("a reminder of reviews")),
        DeliveryDeclaration(posts.NOTE, sending.prepare_note, called=t("a word about a round of peer reviews")),
    )


def _timers() -> tuple[DeliveryDeclaration, ...]:
    return (
        DeliveryDeclaration(registering.LOCK, locking.prepare_lock),
        DeliveryDeclaration(posts.PLAN, assigning.prepare_plan, work=assigning.work_plan),
        DeliveryDeclaration(posts.SUM_UP, summing_up.prepare_sum_up, work=summing_up.work_sum_up),
        DeliveryDeclaration(timers.HALF, timers.prepare_half),
        DeliveryDeclaration(timers.LAST_CALL, timers.prepare_last_call),
        DeliveryDeclaration(timers.END, timers.prepare_end),
        DeliveryDeclaration(timers.CLOSE, timers.prepare_close),
    )
