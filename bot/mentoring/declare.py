"""What this room offers."""

from __future__ import annotations

from bot.answers.revising import CLOSED
from bot.answers.withdrawing import WITHDRAWN
from bot.base.settings import Setting
from bot.base.text import t
from bot.chat.cards import Button
from bot.chat.commands import Command, Option
from bot.chat.events import MemberLeft
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FollowerDeclaration,
    FormDeclaration,
    HomeSection,
    ListenerDeclaration,
    PersonalData,
    PlaceDeclaration,
    Retention,
)
from bot.mentoring import actions as a
from bot.mentoring import agreement_handlers as agreement
from bot.mentoring import (
    assignments,
    conversing,
    digest,
    handlers,
    personal_data,
    progress_declare,
    service,
    setup,
    silence,
    told,
)
from bot.mentoring import help_handlers as helping
from bot.mentoring.telling import DIGEST, DUE, SILENCE, TOLD
from bot.review.results_posts import SEEN_BY_MENTOR as REVIEW_SEEN
from bot.stories.records import SEEN_BY_MENTOR as STORY_SEEN

ANSWER_ACTIONS = "answer.actions"
"""The place on a feedback card; its subject is the answer's id."""
HOME_ORDER = 40
MEMBER = Option("member", t("Whom"), type="member", required=True)
ONE_MENTEE = Option("mentee", t("Which mentee"), type="member")
WHO_LOOKED, ENDED = t("Who looked at what of whom"), t("Mentorships that have ended")
KEEP_LOOKS = Setting("data.keep_mentor_looks", int, 365, ("workspace",), WHO_LOOKED)
KEEP_ENDED = Setting("data.keep_mentorships", int, 365, ("workspace",), ENDED)


def feature() -> Feature:
    """Mentors and mentees: agreed on, shown, helped, told, handed over, and every look written down."""
    return Feature(
        name="mentoring",
        commands=(*_agreeing_commands(), *_helping_commands(), *progress_declare.progress_commands()),
        actions=(*_actions(), *progress_declare.progress_actions()),
        forms=_forms(),
        listeners=(ListenerDeclaration(MemberLeft, agreement.member_left),),
        deliveries=(
            DeliveryDeclaration(TOLD, told.prepare_told, called=t("a word between a mentor and a mentee")),
            DeliveryDeclaration(DUE, assignments.prepare_reminder, called=t("a reminder of a mentor's question")),
            DeliveryDeclaration(
                SILENCE,
                silence.prepare_silence,
                silence.silence_told,
                silence.silence_uncertain,
                called=t("a word about a silent mentor"),
            ),
            DeliveryDeclaration(
                DIGEST,
                digest.prepare_digest,
                digest.digest_sent,
                digest.digest_uncertain,
                called=t("a mentor's weekly summary"),
            ),
        ),
        places=(PlaceDeclaration(ANSWER_ACTIONS, _comments), *progress_declare.progress_places()),
        pages=progress_declare.progress_pages(),
        followers=(
            FollowerDeclaration(CLOSED, assignments.answer_closed),
            FollowerDeclaration(WITHDRAWN, assignments.answer_withdrawn),
            FollowerDeclaration(WITHDRAWN, conversing.answer_withdrawn),
            FollowerDeclaration(STORY_SEEN, service.story_seen),
            FollowerDeclaration(REVIEW_SEEN, service.review_seen),
        ),
        home=(HomeSection(HOME_ORDER, agreement.home), *progress_declare.progress_home()),
        personal_data=(
            PersonalData(
                "mentoring",
                t("Your mentors and mentees, what you wrote to each other, your target, and who looked"),
                export=personal_data.export,
                erase=personal_data.erase,
                in_steps=True,
            ),
        ),
        retentions=(
            Retention(WHO_LOOKED, KEEP_LOOKS, service.forget_looks),
            Retention(ENDED, KEEP_ENDED, service.forget_mentorships),
        ),
    )


def _agreeing_commands() -> tuple[CommandDeclaration, ...]:
    return (
        CommandDeclaration(
            Command(("mentor", "ask"), t("Ask somebody to be your mentor"), (MEMBER,)),
            "mentor.ask",
            agreement.ask_command,
        ),
        CommandDeclaration(
            Command(("mentor", "offer"), t("Offer to be somebody's mentor"), (MEMBER,)),
            "mentor.ask",
            agreement.offer_command,
        ),
        CommandDeclaration(
            Command(("mentor", "list"), t("Show your mentors and mentees")), "mentorship.own", agreement.list_command
        ),
        CommandDeclaration(
            Command(("mentor", "end"), t("End it with a mentor or mentee, at once"), (MEMBER,)),
            "mentorship.own",
            agreement.end_command,
        ),
        CommandDeclaration(
            Command(("mentor", "handover"), t("Propose another mentor in your place"), (MEMBER, ONE_MENTEE)),
            "mentee.help",
            agreement.handover_command,
        ),
        CommandDeclaration(
            Command(("mentor", "summary"), t("Decide when your weekly summary comes"), (), "form"),
            "mentorship.own",
            opens=agreement.open_digest,
        ),
        CommandDeclaration(
            Command(("setup", "mentors"), t("Decide when a mentor counts as silent"), (), "form"),
            "settings.change",
            opens=setup.open_form,
        ),
    )


def _helping_commands() -> tuple[CommandDeclaration, ...]:
    mentee = Option("mentee", t("Which mentee"), type="member", required=True)
    question, by = Option("question", t("The question")), Option("by", t("By which day, such as 2027-03-31"))
    return (
        CommandDeclaration(
            Command(("mentor", "look"), t("Look at what a mentee shows you"), (mentee,)),
            "mentee.see",
            handlers.look_command,
        ),
        CommandDeclaration(
            Command(("mentor", "log"), t("Show who looked at what of yours")), "mentorship.own", handlers.looks
        ),
        CommandDeclaration(
            Command(("mentor", "waiting"), t("Show what waits for you as a mentor")),
            "mentorship.own",
            handlers.show_waiting,
        ),
        CommandDeclaration(
            Command(("mentor", "question"), t("Ask one of your mentors something"), (), "form"),
            "mentorship.own",
            opens=handlers.open_asking,
        ),
        CommandDeclaration(
            Command(("mentor", "assign"), t("Ask a mentee for an answer by a day"), (mentee, question, by), "form"),
            "mentee.help",
            opens=helping.assign_command,
        ),
        CommandDeclaration(
            Command(("mentor", "notes"), t("Show notes about a mentee, or those for you"), (ONE_MENTEE,)),
            "mentee.see",
            helping.notes_command,
        ),
        CommandDeclaration(
            Command(("mentor", "target"), t("Show where your target stands, or set one")),
            "target.set",
            helping.target_command,
        ),
    )


def _actions() -> tuple[ActionDeclaration, ...]:
    own = "mentorship.own"
    return (
        ActionDeclaration(a.OpenFinding, "mentor.ask", opens=agreement.open_finding),
        ActionDeclaration(a.ListMentorships, own, agreement.list_by_button),
        ActionDeclaration(a.ListMentorshipsFrom, own, agreement.list_from),
        ActionDeclaration(a.AcceptMentee, own, agreement.accept_mentee),
        ActionDeclaration(a.Decline, own, agreement.decline),
        ActionDeclaration(a.OpenSharing, own, opens=agreement.open_sharing),
        ActionDeclaration(a.EndMentorship, own, agreement.end),
        ActionDeclaration(a.OpenHandover, "mentee.help", opens=agreement.open_handover),
        ActionDeclaration(a.OpenDigest, own, opens=agreement.open_digest),
        ActionDeclaration(a.LookAtMentee, "mentee.see", handlers.look),
        ActionDeclaration(a.SeeAsMentor, own, handlers.see_as_mentor),
        ActionDeclaration(a.ShowLooks, own, handlers.looks_by_button),
        ActionDeclaration(a.ReadMenteesAnswer, "mentee.see", handlers.read_answer),
        ActionDeclaration(a.ReadMenteesStory, "mentee.see", handlers.read_story),
        ActionDeclaration(a.OpenComment, "mentee.help", opens=handlers.open_comment),
        ActionDeclaration(a.ShowComments, "feedback.see", handlers.show_comments),
        ActionDeclaration(a.OpenAsking, own, opens=handlers.open_asking),
        ActionDeclaration(a.OpenReply, "mentee.help", opens=handlers.open_reply),
        ActionDeclaration(a.ShowWaiting, own, handlers.waiting_by_button),
        ActionDeclaration(a.OpenAssigning, "mentee.help", opens=helping.open_assigning),
        ActionDeclaration(a.OpenAssignment, "assignment.answer", opens=helping.open_assignment),
        ActionDeclaration(a.OpenNote, "mentee.help", opens=helping.open_note),
        ActionDeclaration(a.ShowNotes, "mentee.see", helping.show_notes),
        ActionDeclaration(a.DeleteNote, "mentorship.own", helping.delete_note),
        ActionDeclaration(a.OpenTarget, "target.set", opens=helping.open_target),
        ActionDeclaration(a.TakeTarget, "target.set", helping.take_target),
        ActionDeclaration(a.DropTarget, "target.set", helping.drop_target),
    )


def _forms() -> tuple[FormDeclaration, ...]:
    return (
        FormDeclaration(a.FindPerson, "mentor.ask", agreement.find_person),
        FormDeclaration(a.SaveSharing, "mentorship.own", agreement.save_sharing),
        FormDeclaration(a.HandOver, "mentee.help", agreement.hand_over),
        FormDeclaration(a.SaveDigest, "mentorship.own", agreement.save_digest, agreement.check_digest),
        FormDeclaration(a.SaveSilence, "settings.change", setup.save, setup.check),
        FormDeclaration(a.SendComment, "mentee.help", handlers.send_comment),
        FormDeclaration(a.AskMentor, "mentorship.own", handlers.ask_mentor),
        FormDeclaration(a.SendReply, "mentee.help", handlers.send_reply),
        FormDeclaration(a.Assign, "mentee.help", helping.assign, helping.check_day("due")),
        FormDeclaration(a.AnswerAssignment, "assignment.answer", helping.answer_assignment, helping.check_answer),
        FormDeclaration(a.WriteNote, "mentee.help", helping.write_note),
        FormDeclaration(a.SaveTarget, "target.set", helping.save_target, helping.check_day("by")),
    )


def _comments(answer: str) -> Button:
    return Button(t("My mentors on this"), a.ShowComments(answer=answer))
