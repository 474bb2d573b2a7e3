"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.base import Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adapter_note",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "installation", "name", name=op.f("pk_adapter_note")),
    )
    op.create_table(
        "inbox_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_event")),
        sa.UniqueConstraint(
            "platform", "installation", "delivery_id", name=op.f("uq_inbox_event_platform_installation_delivery_id")
        ),
    )
    with op.batch_alter_table("inbox_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_event_handled_at"), ["handled_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_event_state_received_at"), ["state", "received_at"], unique=False)

    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "answer_early_change",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_answer_early_change_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_early_change")),
        sa.UniqueConstraint("workspace_id", "message", name=op.f("uq_answer_early_change_workspace_id_message")),
    )
    with op.batch_alter_table("answer_early_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_early_change_occurred_at"), ["occurred_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_early_change_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "coach_day",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("micros", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_coach_day_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_day")),
        sa.UniqueConstraint("workspace_id", "day", name=op.f("uq_coach_day_workspace_id_day")),
    )
    with op.batch_alter_table("coach_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_day_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "erasure",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=True),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("done", Json(), nullable=False),
        sa.Column("counts", Json(), nullable=False),
        sa.Column("places", Json(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_erasure_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("number", name=op.f("uq_erasure_number")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_erasure_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_erasure_under_way",
            ["member_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "installation",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settings", Json(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_installation_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
        sa.UniqueConstraint("platform", "external_id", name=op.f("uq_installation_platform_external_id")),
    )
    with op.batch_alter_table("installation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_installation_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("roles", Json(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("seen_as_admin_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_member_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "schedule",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("audience", Json(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("weekdays", Json(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=True),
        sa.Column("skip_dates", Json(), nullable=False),
        sa.Column("late_seconds", sa.Integer(), nullable=False),
        sa.Column("next_run_at", UtcDateTime(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("paused_reason", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_schedule_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint(
            "workspace_id", "kind", "subject_id", name=op.f("uq_schedule_workspace_id_kind_subject_id")
        ),
    )
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schedule_next_run_at"), ["next_run_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_schedule_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "search_term",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("shelf", sa.String(length=64), nullable=False),
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("beginning", sa.String(length=3), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_search_term_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_term")),
        sa.UniqueConstraint("workspace_id", "shelf", "term", name=op.f("uq_search_term_workspace_id_shelf_term")),
    )
    with op.batch_alter_table("search_term", schema=None) as batch_op:
        batch_op.create_index(
            "ix_search_term_beginning", ["workspace_id", "shelf", "beginning", "length"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_search_term_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "setting_value",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("layer", sa.String(length=24), nullable=False),
        sa.Column("layer_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", Json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_setting_value_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_value")),
        sa.UniqueConstraint(
            "workspace_id", "layer", "layer_id", "key", name=op.f("uq_setting_value_workspace_id_layer_layer_id_key")
        ),
    )
    with op.batch_alter_table("setting_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setting_value_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_account_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_account_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("platform", "installation", "user", name=op.f("uq_account_platform_installation_user")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "closing_draft",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_closing_draft_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_closing_draft_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_draft")),
        sa.UniqueConstraint("member_id", name=op.f("uq_closing_draft_member_id")),
    )
    with op.batch_alter_table("closing_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closing_draft_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "coach_consent",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("terms", sa.Integer(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_coach_consent_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_coach_consent_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_consent")),
    )
    with op.batch_alter_table("coach_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_consent_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_consent_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_coach_consent_standing",
            ["member_id"],
            unique=True,
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )

    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("audience", Json(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("schedule_id", sa.String(length=26), nullable=True),
        sa.Column("member_id", sa.String(length=26), nullable=True),
        sa.Column("unprompted", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("blocked_until", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("posted_ref", sa.Text(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_delivery_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["schedule.id"], name=op.f("fk_delivery_schedule_id_schedule"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_delivery_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("schedule_id", "due_at", name=op.f("uq_delivery_schedule_id_due_at")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_delivery_workspace_id_key")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delivery_member_id_finished_at"), ["member_id", "finished_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_delivery_state_due_at"), ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "drill_reminder",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_drill_reminder_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_drill_reminder_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_reminder")),
        sa.UniqueConstraint("member_id", name=op.f("uq_drill_reminder_member_id")),
    )
    with op.batch_alter_table("drill_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_reminder_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "form_draft",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("opened_in", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("form", Json(), nullable=False),
        sa.Column("steps", Json(), nullable=False),
        sa.Column("values", Json(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_form_draft_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_form_draft_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
    )
    with op.batch_alter_table("form_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_draft_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_form_draft_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_form_draft_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "interview",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes_a_day", sa.Integer(), nullable=False),
        sa.Column("has_researched", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_interview_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_interview_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("member_id", name=op.f("uq_interview_member_id")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "mentor_look",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("viewer_id", sa.String(length=26), nullable=True),
        sa.Column("mentee_id", sa.String(length=26), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["member.id"], name=op.f("fk_mentor_look_mentee_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["member.id"], name=op.f("fk_mentor_look_viewer_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_mentor_look_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_look")),
    )
    with op.batch_alter_table("mentor_look", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_look_looked_at"), ["looked_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mentor_look_mentee_id_looked_at"), ["mentee_id", "looked_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_mentor_look_viewer_id"), ["viewer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_look_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "mentor_note",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("author_id", sa.String(length=26), nullable=False),
        sa.Column("mentee_id", sa.String(length=26), nullable=False),
        sa.Column("seen_by", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_mentor_note_author_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["member.id"], name=op.f("fk_mentor_note_mentee_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_mentor_note_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_note")),
    )
    with op.batch_alter_table("mentor_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_note_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_note_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_note_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "mentoring_target",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("mentee_id", sa.String(length=26), nullable=False),
        sa.Column("proposed_by", sa.String(length=26), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["member.id"], name=op.f("fk_mentoring_target_mentee_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["member.id"], name=op.f("fk_mentoring_target_proposed_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_mentoring_target_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_target")),
    )
    with op.batch_alter_table("mentoring_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentoring_target_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentoring_target_proposed_by"), ["proposed_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentoring_target_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "mentorship",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("mentor_id", sa.String(length=26), nullable=False),
        sa.Column("mentee_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("shares", Json(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("handed_over_from", sa.String(length=26), nullable=True),
        sa.Column("mentor_active_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["handed_over_from"],
            ["mentorship.id"],
            name=op.f("fk_mentorship_handed_over_from_mentorship"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["member.id"], name=op.f("fk_mentorship_mentee_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["member.id"], name=op.f("fk_mentorship_mentor_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_mentorship_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorship")),
    )
    with op.batch_alter_table("mentorship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentorship_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentorship_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentorship_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentorship_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_mentorship_standing",
            ["mentor_id", "mentee_id"],
            unique=True,
            sqlite_where=sa.text("state != 'ended'"),
            postgresql_where=sa.text("state != 'ended'"),
        )

    op.create_table(
        "moderation_act",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("moderator_id", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", Json(), nullable=False),
        sa.Column("acted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["member.id"], name=op.f("fk_moderation_act_moderator_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_moderation_act_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_act")),
    )
    with op.batch_alter_table("moderation_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_act_moderator_id"), ["moderator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_act_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_act_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "own_question",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("archetypes", Json(), nullable=False),
        sa.Column("themes", Json(), nullable=False),
        sa.Column("lowest_level", sa.Text(), nullable=False),
        sa.Column("highest_level", sa.Text(), nullable=False),
        sa.Column("points", Json(), nullable=False),
        sa.Column("must_not", Json(), nullable=False),
        sa.Column("added_by", sa.String(length=26), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["member.id"], name=op.f("fk_own_question_added_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_own_question_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_question")),
    )
    with op.batch_alter_table("own_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_question_added_by"), ["added_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_question_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "page_link",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_page_link_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_page_link_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_page_link_token_hash")),
    )
    with op.batch_alter_table("page_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_link_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_page_link_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_page_link_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "page_session",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("notice", Json(), nullable=False),
        sa.Column("taken", Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_page_session_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_page_session_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_page_session_token_hash")),
    )
    with op.batch_alter_table("page_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_session_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_page_session_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_page_session_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "prepared_archive",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_prepared_archive_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_prepared_archive_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_archive")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_prepared_archive_delivery_id")),
    )
    with op.batch_alter_table("prepared_archive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prepared_archive_made_at"), ["made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_prepared_archive_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_prepared_archive_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "programme",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("channel_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lowest_level", sa.Text(), nullable=False),
        sa.Column("highest_level", sa.Text(), nullable=False),
        sa.Column("archetypes", Json(), nullable=False),
        sa.Column("themes", Json(), nullable=False),
        sa.Column("companies", Json(), nullable=False),
        sa.Column("kind_mix", Json(), nullable=False),
        sa.Column("quiet_seconds", sa.Integer(), nullable=False),
        sa.Column("closes_after_seconds", sa.Integer(), nullable=True),
        sa.Column("paused_reason", sa.String(length=24), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("paused_by", sa.String(length=26), nullable=True),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column("created_by", sa.String(length=26), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_programme_created_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["paused_by"], ["member.id"], name=op.f("fk_programme_paused_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_programme_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_conversation"), ["conversation"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "project",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("challenge", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("learnings", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_project_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_project_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("member_id", "name", name=op.f("uq_project_member_id_name")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_calibration",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("example_id", sa.Text(), nullable=False),
        sa.Column("scores", Json(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_review_calibration_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_review_calibration_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_calibration")),
        sa.UniqueConstraint("member_id", "example_id", name=op.f("uq_review_calibration_member_id_example_id")),
    )
    with op.batch_alter_table("review_calibration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_calibration_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_exclusion",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("asked_by", sa.String(length=26), nullable=False),
        sa.Column("other_id", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["member.id"], name=op.f("fk_review_exclusion_asked_by_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["member.id"], name=op.f("fk_review_exclusion_other_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_review_exclusion_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_exclusion")),
        sa.UniqueConstraint("asked_by", "other_id", name=op.f("uq_review_exclusion_asked_by_other_id")),
    )
    with op.batch_alter_table("review_exclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_exclusion_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_exclusion_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_rubric",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("criteria", Json(), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["member.id"], name=op.f("fk_review_rubric_made_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_review_rubric_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_rubric")),
        sa.UniqueConstraint("workspace_id", "version", name=op.f("uq_review_rubric_workspace_id_version")),
    )
    with op.batch_alter_table("review_rubric", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_rubric_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "reviewer_wish",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("out", sa.Boolean(), nullable=False),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("one_more", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reviewer_wish_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_reviewer_wish_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewer_wish")),
        sa.UniqueConstraint("member_id", name=op.f("uq_reviewer_wish_member_id")),
    )
    with op.batch_alter_table("reviewer_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviewer_wish_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "search_entry",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("subject_id", sa.String(length=26), nullable=False),
        sa.Column("owner_id", sa.String(length=26), nullable=False),
        sa.Column("shelf", sa.String(length=64), nullable=False),
        sa.Column("terms", Json(), nullable=False),
        sa.Column("meaning", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["member.id"], name=op.f("fk_search_entry_owner_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_search_entry_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("workspace_id", "subject_id", name=op.f("uq_search_entry_workspace_id_subject_id")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index("ix_search_entry_owner", ["owner_id", "workspace_id", "number"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_entry_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "setting_change",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("layer", sa.String(length=24), nullable=False),
        sa.Column("layer_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", Json(), nullable=True),
        sa.Column("after", Json(), nullable=True),
        sa.Column("changed_by", sa.String(length=26), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["member.id"], name=op.f("fk_setting_change_changed_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_setting_change_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )
    with op.batch_alter_table("setting_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setting_change_changed_by"), ["changed_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_setting_change_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "zone_change",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_zone_change_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_zone_change_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_change")),
    )
    with op.batch_alter_table("zone_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zone_change_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_zone_change_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "queue_entry",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.String(length=26), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("queued_by", sa.String(length=26), nullable=True),
        sa.Column("queued_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_queue_entry_programme_id_programme"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["queued_by"], ["member.id"], name=op.f("fk_queue_entry_queued_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_queue_entry_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_entry")),
        sa.UniqueConstraint("programme_id", "question_id", name=op.f("uq_queue_entry_programme_id_question_id")),
    )
    with op.batch_alter_table("queue_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_queue_entry_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_programme",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("channel_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cadence", sa.String(length=24), nullable=False),
        sa.Column("after_answers", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=True),
        sa.Column("review_days", sa.Integer(), nullable=False),
        sa.Column("grace_hours", sa.Integer(), nullable=False),
        sa.Column("reviews_wanted", sa.Integer(), nullable=False),
        sa.Column("open_reviewers", sa.Boolean(), nullable=False),
        sa.Column("rubric_id", sa.String(length=26), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("paused_reason", sa.Text(), nullable=True),
        sa.Column("created_by", sa.String(length=26), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_review_programme_created_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["rubric_id"],
            ["review_rubric.id"],
            name=op.f("fk_review_programme_rubric_id_review_rubric"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_review_programme_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_programme")),
        sa.UniqueConstraint(
            "workspace_id", "conversation", "name", name=op.f("uq_review_programme_workspace_id_conversation_name")
        ),
    )
    with op.batch_alter_table("review_programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_programme_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "slot",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.String(length=26), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("delivery_key", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("question_version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("archetypes", Json(), nullable=False),
        sa.Column("points", Json(), nullable=False),
        sa.Column("must_not", Json(), nullable=False),
        sa.Column("chosen_because", Json(), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("thread", sa.Text(), nullable=True),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("thread_closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_slot_programme_id_programme"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_slot_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("message", name=op.f("uq_slot_message")),
        sa.UniqueConstraint("programme_id", "local_date", name=op.f("uq_slot_programme_id_local_date")),
        sa.UniqueConstraint("thread", name=op.f("uq_slot_thread")),
    )
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slot_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "suggestion",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("suggested_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=26), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("own_question_id", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["member.id"], name=op.f("fk_suggestion_decided_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_suggestion_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["own_question_id"],
            ["own_question.id"],
            name=op.f("fk_suggestion_own_question_id_own_question"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_suggestion_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestion_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "veto",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.String(length=26), nullable=True),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("vetoed_by", sa.String(length=26), nullable=True),
        sa.Column("vetoed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_veto_programme_id_programme"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vetoed_by"], ["member.id"], name=op.f("fk_veto_vetoed_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_veto_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_veto")),
    )
    with op.batch_alter_table("veto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_veto_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_veto_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_veto_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("slot_id", sa.String(length=26), nullable=True),
        sa.Column("given_as", sa.String(length=24), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.Column("hidden_by", sa.String(length=26), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hidden_by"], ["member.id"], name=op.f("fk_answer_hidden_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_answer_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_answer_slot_id_slot"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_answer_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_slot_id"), ["slot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_answer_standing",
            ["member_id", "slot_id", "given_as"],
            unique=True,
            sqlite_where=sa.text("state != 'withdrawn'"),
            postgresql_where=sa.text("state != 'withdrawn'"),
        )

    op.create_table(
        "answer_set_aside",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("slot_id", sa.String(length=26), nullable=True),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_answer_set_aside_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slot.id"], name=op.f("fk_answer_set_aside_slot_id_slot"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_answer_set_aside_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_set_aside")),
        sa.UniqueConstraint("workspace_id", "message", name=op.f("uq_answer_set_aside_workspace_id_message")),
    )
    with op.batch_alter_table("answer_set_aside", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_set_aside_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_set_aside_slot_id"), ["slot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_set_aside_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_round",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("state_before_pause", sa.String(length=24), nullable=True),
        sa.Column("rubric_version", sa.Text(), nullable=False),
        sa.Column("criteria", Json(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("collects_from", UtcDateTime(), nullable=False),
        sa.Column("locked_at", UtcDateTime(), nullable=True),
        sa.Column("half_at", UtcDateTime(), nullable=True),
        sa.Column("last_call_at", UtcDateTime(), nullable=True),
        sa.Column("review_until", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("hub_message", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["review_programme.id"],
            name=op.f("fk_review_round_programme_id_review_programme"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_review_round_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_review_round_programme_id_number")),
    )
    with op.batch_alter_table("review_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_round_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_round_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_round_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_review_round_collecting",
            ["programme_id"],
            unique=True,
            sqlite_where=sa.text("state = 'collecting'"),
            postgresql_where=sa.text("state = 'collecting'"),
        )

    op.create_table(
        "answer_copy",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_copy_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_answer_copy_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_copy")),
        sa.UniqueConstraint("workspace_id", "message", name=op.f("uq_answer_copy_workspace_id_message")),
    )
    with op.batch_alter_table("answer_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_copy_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_copy_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "answer_part",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_part_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_answer_part_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_part")),
        sa.UniqueConstraint("answer_id", "name", name=op.f("uq_answer_part_answer_id_name")),
        sa.UniqueConstraint("workspace_id", "message", name=op.f("uq_answer_part_workspace_id_message")),
    )
    with op.batch_alter_table("answer_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_part_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_part_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "answer_revision",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("points", Json(), nullable=False),
        sa.Column("asking", Json(), nullable=False),
        sa.Column("target_level", sa.Text(), nullable=True),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("rubric", sa.Text(), nullable=False),
        sa.Column("lexicon", sa.Text(), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_revision_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_answer_revision_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_revision")),
        sa.UniqueConstraint("answer_id", "number", name=op.f("uq_answer_revision_answer_id_number")),
    )
    with op.batch_alter_table("answer_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_revision_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_revision_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "mentor_assignment",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("mentor_id", sa.String(length=26), nullable=False),
        sa.Column("mentee_id", sa.String(length=26), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assigned_at", UtcDateTime(), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("looked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_mentor_assignment_answer_id_answer"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["member.id"], name=op.f("fk_mentor_assignment_mentee_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["member.id"], name=op.f("fk_mentor_assignment_mentor_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_mentor_assignment_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_assignment")),
    )
    with op.batch_alter_table("mentor_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_assignment_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_assignment_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_assignment_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_assignment_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "mentor_comment",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("mentor_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_mentor_comment_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["member.id"], name=op.f("fk_mentor_comment_mentor_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_mentor_comment_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_comment")),
    )
    with op.batch_alter_table("mentor_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_comment_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_comment_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_comment_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "mentor_question",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("mentor_id", sa.String(length=26), nullable=False),
        sa.Column("mentee_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_mentor_question_answer_id_answer"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["member.id"], name=op.f("fk_mentor_question_mentee_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["member.id"], name=op.f("fk_mentor_question_mentor_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_mentor_question_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_question")),
    )
    with op.batch_alter_table("mentor_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_question_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_question_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_question_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_question_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_round_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("round_id", sa.String(length=26), nullable=False),
        sa.Column("came_from", sa.Text(), nullable=False),
        sa.Column("went_to", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["member.id"], name=op.f("fk_review_round_event_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["review_round.id"],
            name=op.f("fk_review_round_event_round_id_review_round"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_review_round_event_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round_event")),
    )
    with op.batch_alter_table("review_round_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_round_event_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_round_event_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_round_plan",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("round_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("unmet", Json(), nullable=False),
        sa.Column("stand_ins", Json(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["review_round.id"],
            name=op.f("fk_review_round_plan_round_id_review_round"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_review_round_plan_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round_plan")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_review_round_plan_round_id_number")),
    )
    with op.batch_alter_table("review_round_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_round_plan_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_round_plan_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_self_rating",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("scores", Json(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_review_self_rating_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_review_self_rating_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_review_self_rating_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_self_rating")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_review_self_rating_answer_id")),
    )
    with op.batch_alter_table("review_self_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_self_rating_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_self_rating_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "story",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("project_id", sa.String(length=26), nullable=True),
        sa.Column("answer_id", sa.String(length=26), nullable=True),
        sa.Column("source_message", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=24), nullable=False),
        sa.Column("archetypes", Json(), nullable=False),
        sa.Column("principles", Json(), nullable=False),
        sa.Column("question_types", Json(), nullable=False),
        sa.Column("tags", Json(), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_story_answer_id_answer"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_story_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_story_project_id_project"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_story_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_story_answer_id")),
        sa.UniqueConstraint("member_id", "source_message", name=op.f("uq_story_member_id_source_message")),
    )
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "answer_dispute",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("revision_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("wrong_findings", Json(), nullable=False),
        sa.Column("missed_findings", Json(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("filed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_answer_dispute_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["answer_revision.id"],
            name=op.f("fk_answer_dispute_revision_id_answer_revision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_answer_dispute_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_dispute")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_answer_dispute_revision_id")),
    )
    with op.batch_alter_table("answer_dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_dispute_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_dispute_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_dispute_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "answer_feedback",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("revision_id", sa.String(length=26), nullable=False),
        sa.Column("messages", Json(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_feedback_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["answer_revision.id"],
            name=op.f("fk_answer_feedback_revision_id_answer_revision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_answer_feedback_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_feedback")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_answer_feedback_answer_id")),
    )
    with op.batch_alter_table("answer_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_feedback_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_feedback_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_feedback_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "coach_result",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("revision_id", sa.String(length=26), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("advice", Json(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_coach_result_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["answer_revision.id"],
            name=op.f("fk_coach_result_revision_id_answer_revision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_coach_result_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_result")),
        sa.UniqueConstraint("member_id", "content_hash", name=op.f("uq_coach_result_member_id_content_hash")),
    )
    with op.batch_alter_table("coach_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_result_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_result_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_result_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "follow_up_reply",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("revision_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_follow_up_reply_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_follow_up_reply_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["answer_revision.id"],
            name=op.f("fk_follow_up_reply_revision_id_answer_revision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_follow_up_reply_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_reply")),
        sa.UniqueConstraint("revision_id", "kind", "number", name=op.f("uq_follow_up_reply_revision_id_kind_number")),
    )
    with op.batch_alter_table("follow_up_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_reply_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_reply_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_reply_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_reply_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "level_reading",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("author_id", sa.String(length=26), nullable=False),
        sa.Column("reader_id", sa.String(length=26), nullable=False),
        sa.Column("story_id", sa.String(length=26), nullable=True),
        sa.Column("answer_id", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_rules", sa.Text(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("lift", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
        sa.Column("unreached_at", UtcDateTime(), nullable=True),
        sa.Column("taken_back_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_level_reading_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_level_reading_author_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["member.id"], name=op.f("fk_level_reading_reader_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_level_reading_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_level_reading_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_reading")),
        sa.UniqueConstraint("answer_id", "reader_id", "mark", name=op.f("uq_level_reading_answer_id_reader_id_mark")),
        sa.UniqueConstraint("story_id", "reader_id", "mark", name=op.f("uq_level_reading_story_id_reader_id_mark")),
    )
    with op.batch_alter_table("level_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_level_reading_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_level_reading_reader_id"), ["reader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_level_reading_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_entry",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("round_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("author_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("revision_id", sa.String(length=26), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("result", Json(), nullable=False),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("flagged_by", sa.String(length=26), nullable=True),
        sa.Column("flag_reason", sa.Text(), nullable=True),
        sa.Column("registered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_review_entry_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_review_entry_author_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["flagged_by"], ["member.id"], name=op.f("fk_review_entry_flagged_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["answer_revision.id"],
            name=op.f("fk_review_entry_revision_id_answer_revision"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["review_round.id"], name=op.f("fk_review_entry_round_id_review_round"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_review_entry_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_entry")),
        sa.UniqueConstraint("round_id", "answer_id", name=op.f("uq_review_entry_round_id_answer_id")),
        sa.UniqueConstraint("round_id", "label", name=op.f("uq_review_entry_round_id_label")),
    )
    with op.batch_alter_table("review_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_entry_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_entry_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_entry_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_entry_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "story_drill",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("story_id", sa.String(length=26), nullable=False),
        sa.Column("recalls", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_story_drill_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_drill_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_story_drill_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_drill")),
        sa.UniqueConstraint("story_id", name=op.f("uq_story_drill_story_id")),
    )
    with op.batch_alter_table("story_drill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_drill_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_drill_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "story_follow_up",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("story_id", sa.String(length=26), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_follow_up_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_story_follow_up_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_follow_up")),
        sa.UniqueConstraint("story_id", "question", name=op.f("uq_story_follow_up_story_id_question")),
    )
    with op.batch_alter_table("story_follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_follow_up_story_id"), ["story_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_follow_up_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "story_telling",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("story_id", sa.String(length=26), nullable=False),
        sa.Column("length", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_telling_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_story_telling_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_telling")),
        sa.UniqueConstraint("story_id", "length", name=op.f("uq_story_telling_story_id_length")),
    )
    with op.batch_alter_table("story_telling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_telling_story_id"), ["story_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_telling_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "story_told",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("story_id", sa.String(length=26), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_told_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_story_told_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_told")),
    )
    with op.batch_alter_table("story_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_told_story_id"), ["story_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_told_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "story_version",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("story_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("tie_in", sa.Text(), nullable=False),
        sa.Column("metrics", Json(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("findings", Json(), nullable=False),
        sa.Column("strengths", Json(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_version_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_story_version_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_version")),
        sa.UniqueConstraint("story_id", "number", name=op.f("uq_story_version_story_id_number")),
    )
    with op.batch_alter_table("story_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_version_story_id"), ["story_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_version_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "coach_request",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("revision_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("result_id", sa.String(length=26), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("messages", Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_coach_request_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_coach_request_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["result_id"], ["coach_result.id"], name=op.f("fk_coach_request_result_id_coach_result"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["answer_revision.id"],
            name=op.f("fk_coach_request_revision_id_answer_revision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_coach_request_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_request")),
    )
    with op.batch_alter_table("coach_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_request_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_request_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_request_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_request_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_coach_request_waiting",
            ["revision_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "review",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("entry_id", sa.String(length=26), nullable=False),
        sa.Column("reviewer_id", sa.String(length=26), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("mentor", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("replaced_by", sa.String(length=26), nullable=True),
        sa.Column("scores", Json(), nullable=False),
        sa.Column("worked", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("text_hash_seen", sa.Text(), nullable=True),
        sa.Column("order_shown", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=True),
        sa.Column("thanked", sa.Boolean(), nullable=False),
        sa.Column("asked_back", sa.Text(), nullable=False),
        sa.Column("answered_back", sa.Text(), nullable=False),
        sa.Column("flagged_by", sa.String(length=26), nullable=True),
        sa.Column("flag_reason", sa.Text(), nullable=True),
        sa.Column("assigned_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["review_entry.id"], name=op.f("fk_review_entry_id_review_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["flagged_by"], ["member.id"], name=op.f("fk_review_flagged_by_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["review.id"], name=op.f("fk_review_replaced_by_review"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["member.id"], name=op.f("fk_review_reviewer_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_review_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("entry_id", "reviewer_id", name=op.f("uq_review_entry_id_reviewer_id")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_reviewer_id"), ["reviewer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_appeal",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("entry_id", sa.String(length=26), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("mentor_id", sa.String(length=26), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["review_entry.id"], name=op.f("fk_review_appeal_entry_id_review_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["member.id"], name=op.f("fk_review_appeal_mentor_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_review_appeal_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_appeal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_review_appeal_entry_id")),
    )
    with op.batch_alter_table("review_appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_appeal_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_override",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("entry_id", sa.String(length=26), nullable=False),
        sa.Column("mentor_id", sa.String(length=26), nullable=True),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["review_entry.id"], name=op.f("fk_review_override_entry_id_review_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["member.id"], name=op.f("fk_review_override_mentor_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_review_override_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_override")),
    )
    with op.batch_alter_table("review_override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_override_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_override_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "coach_call",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=True),
        sa.Column("request_id", sa.String(length=26), nullable=True),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("masked", Json(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reserved_tokens", sa.Integer(), nullable=False),
        sa.Column("reserved_micros", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("cached_tokens", sa.Integer(), nullable=False),
        sa.Column("micros", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_coach_call_member_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["coach_request.id"],
            name=op.f("fk_coach_call_request_id_coach_request"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_coach_call_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_call")),
    )
    with op.batch_alter_table("coach_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_call_begun_at"), ["begun_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_call_member_id_begun_at"), ["member_id", "begun_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_call_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_call_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "review_edition",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("review_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", Json(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_edition_review_id_review"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_review_edition_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_edition")),
        sa.UniqueConstraint("review_id", "number", name=op.f("uq_review_edition_review_id_number")),
    )
    with op.batch_alter_table("review_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_edition_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("review_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_edition_workspace_id"))

    op.drop_table("review_edition")
    with op.batch_alter_table("coach_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coach_call_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_coach_call_request_id"))
        batch_op.drop_index(batch_op.f("ix_coach_call_member_id_begun_at"))
        batch_op.drop_index(batch_op.f("ix_coach_call_begun_at"))

    op.drop_table("coach_call")
    with op.batch_alter_table("review_override", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_override_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_override_entry_id"))

    op.drop_table("review_override")
    with op.batch_alter_table("review_appeal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_appeal_workspace_id"))

    op.drop_table("review_appeal")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_reviewer_id"))
        batch_op.drop_index(batch_op.f("ix_review_entry_id"))

    op.drop_table("review")
    with op.batch_alter_table("coach_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_coach_request_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_coach_request_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_coach_request_revision_id"))
        batch_op.drop_index(batch_op.f("ix_coach_request_member_id"))
        batch_op.drop_index(batch_op.f("ix_coach_request_answer_id"))

    op.drop_table("coach_request")
    with op.batch_alter_table("story_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_version_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_story_version_story_id"))

    op.drop_table("story_version")
    with op.batch_alter_table("story_told", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_told_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_story_told_story_id"))

    op.drop_table("story_told")
    with op.batch_alter_table("story_telling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_telling_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_story_telling_story_id"))

    op.drop_table("story_telling")
    with op.batch_alter_table("story_follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_follow_up_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_story_follow_up_story_id"))

    op.drop_table("story_follow_up")
    with op.batch_alter_table("story_drill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_drill_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_story_drill_member_id"))

    op.drop_table("story_drill")
    with op.batch_alter_table("review_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_entry_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_entry_round_id"))
        batch_op.drop_index(batch_op.f("ix_review_entry_author_id"))
        batch_op.drop_index(batch_op.f("ix_review_entry_answer_id"))

    op.drop_table("review_entry")
    with op.batch_alter_table("level_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_level_reading_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_level_reading_reader_id"))
        batch_op.drop_index(batch_op.f("ix_level_reading_author_id"))

    op.drop_table("level_reading")
    with op.batch_alter_table("follow_up_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_reply_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_reply_member_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_reply_created_at"))
        batch_op.drop_index(batch_op.f("ix_follow_up_reply_answer_id"))

    op.drop_table("follow_up_reply")
    with op.batch_alter_table("coach_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coach_result_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_coach_result_revision_id"))
        batch_op.drop_index(batch_op.f("ix_coach_result_member_id"))

    op.drop_table("coach_result")
    with op.batch_alter_table("answer_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_feedback_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_answer_feedback_revision_id"))
        batch_op.drop_index(batch_op.f("ix_answer_feedback_answer_id"))

    op.drop_table("answer_feedback")
    with op.batch_alter_table("answer_dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_dispute_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_answer_dispute_revision_id"))
        batch_op.drop_index(batch_op.f("ix_answer_dispute_member_id"))

    op.drop_table("answer_dispute")
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_story_updated_at"))
        batch_op.drop_index(batch_op.f("ix_story_project_id"))
        batch_op.drop_index(batch_op.f("ix_story_member_id"))
        batch_op.drop_index(batch_op.f("ix_story_answer_id"))

    op.drop_table("story")
    with op.batch_alter_table("review_self_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_self_rating_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_self_rating_member_id"))

    op.drop_table("review_self_rating")
    with op.batch_alter_table("review_round_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_round_plan_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_round_plan_round_id"))

    op.drop_table("review_round_plan")
    with op.batch_alter_table("review_round_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_round_event_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_round_event_round_id"))

    op.drop_table("review_round_event")
    with op.batch_alter_table("mentor_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_question_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_question_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_question_mentee_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_question_answer_id"))

    op.drop_table("mentor_question")
    with op.batch_alter_table("mentor_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_comment_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_comment_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_comment_answer_id"))

    op.drop_table("mentor_comment")
    with op.batch_alter_table("mentor_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_assignment_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_assignment_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_assignment_mentee_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_assignment_answer_id"))

    op.drop_table("mentor_assignment")
    with op.batch_alter_table("answer_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_revision_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_answer_revision_answer_id"))

    op.drop_table("answer_revision")
    with op.batch_alter_table("answer_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_part_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_answer_part_answer_id"))

    op.drop_table("answer_part")
    with op.batch_alter_table("answer_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_copy_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_answer_copy_answer_id"))

    op.drop_table("answer_copy")
    with op.batch_alter_table("review_round", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review_round_collecting",
            sqlite_where=sa.text("state = 'collecting'"),
            postgresql_where=sa.text("state = 'collecting'"),
        )
        batch_op.drop_index(batch_op.f("ix_review_round_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_round_state"))
        batch_op.drop_index(batch_op.f("ix_review_round_programme_id"))

    op.drop_table("review_round")
    with op.batch_alter_table("answer_set_aside", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_set_aside_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_answer_set_aside_slot_id"))
        batch_op.drop_index(batch_op.f("ix_answer_set_aside_member_id"))

    op.drop_table("answer_set_aside")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_answer_standing",
            sqlite_where=sa.text("state != 'withdrawn'"),
            postgresql_where=sa.text("state != 'withdrawn'"),
        )
        batch_op.drop_index(batch_op.f("ix_answer_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_answer_slot_id"))
        batch_op.drop_index(batch_op.f("ix_answer_member_id"))

    op.drop_table("answer")
    with op.batch_alter_table("veto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_veto_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_veto_question_id"))
        batch_op.drop_index(batch_op.f("ix_veto_programme_id"))

    op.drop_table("veto")
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_suggestion_state"))
        batch_op.drop_index(batch_op.f("ix_suggestion_member_id"))

    op.drop_table("suggestion")
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slot_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_slot_programme_id"))

    op.drop_table("slot")
    with op.batch_alter_table("review_programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_programme_workspace_id"))

    op.drop_table("review_programme")
    with op.batch_alter_table("queue_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_queue_entry_workspace_id"))

    op.drop_table("queue_entry")
    with op.batch_alter_table("zone_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zone_change_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_zone_change_member_id"))

    op.drop_table("zone_change")
    with op.batch_alter_table("setting_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setting_change_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_setting_change_changed_by"))

    op.drop_table("setting_change")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_entry_workspace_id"))
        batch_op.drop_index("ix_search_entry_owner")

    op.drop_table("search_entry")
    with op.batch_alter_table("reviewer_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviewer_wish_workspace_id"))

    op.drop_table("reviewer_wish")
    with op.batch_alter_table("review_rubric", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_rubric_workspace_id"))

    op.drop_table("review_rubric")
    with op.batch_alter_table("review_exclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_exclusion_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_exclusion_other_id"))

    op.drop_table("review_exclusion")
    with op.batch_alter_table("review_calibration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_calibration_workspace_id"))

    op.drop_table("review_calibration")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_project_member_id"))

    op.drop_table("project")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_programme_conversation"))

    op.drop_table("programme")
    with op.batch_alter_table("prepared_archive", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prepared_archive_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_prepared_archive_member_id"))
        batch_op.drop_index(batch_op.f("ix_prepared_archive_made_at"))

    op.drop_table("prepared_archive")
    with op.batch_alter_table("page_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_session_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_page_session_member_id"))
        batch_op.drop_index(batch_op.f("ix_page_session_expires_at"))

    op.drop_table("page_session")
    with op.batch_alter_table("page_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_link_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_page_link_member_id"))
        batch_op.drop_index(batch_op.f("ix_page_link_expires_at"))

    op.drop_table("page_link")
    with op.batch_alter_table("own_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_question_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_own_question_added_by"))

    op.drop_table("own_question")
    with op.batch_alter_table("moderation_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_act_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_act_subject_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_act_moderator_id"))

    op.drop_table("moderation_act")
    with op.batch_alter_table("mentorship", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mentorship_standing",
            sqlite_where=sa.text("state != 'ended'"),
            postgresql_where=sa.text("state != 'ended'"),
        )
        batch_op.drop_index(batch_op.f("ix_mentorship_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_mentorship_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_mentorship_mentee_id"))
        batch_op.drop_index(batch_op.f("ix_mentorship_ended_at"))

    op.drop_table("mentorship")
    with op.batch_alter_table("mentoring_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentoring_target_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_mentoring_target_proposed_by"))
        batch_op.drop_index(batch_op.f("ix_mentoring_target_mentee_id"))

    op.drop_table("mentoring_target")
    with op.batch_alter_table("mentor_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_note_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_note_mentee_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_note_author_id"))

    op.drop_table("mentor_note")
    with op.batch_alter_table("mentor_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_look_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_look_viewer_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_look_mentee_id_looked_at"))
        batch_op.drop_index(batch_op.f("ix_mentor_look_looked_at"))

    op.drop_table("mentor_look")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_workspace_id"))

    op.drop_table("interview")
    with op.batch_alter_table("form_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_draft_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_form_draft_updated_at"))
        batch_op.drop_index(batch_op.f("ix_form_draft_member_id"))

    op.drop_table("form_draft")
    with op.batch_alter_table("drill_reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drill_reminder_workspace_id"))

    op.drop_table("drill_reminder")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_delivery_member_id_finished_at"))

    op.drop_table("delivery")
    with op.batch_alter_table("coach_consent", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_coach_consent_standing",
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_coach_consent_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_coach_consent_member_id"))

    op.drop_table("coach_consent")
    with op.batch_alter_table("closing_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closing_draft_workspace_id"))

    op.drop_table("closing_draft")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_account_member_id"))

    op.drop_table("account")
    with op.batch_alter_table("setting_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setting_value_workspace_id"))

    op.drop_table("setting_value")
    with op.batch_alter_table("search_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_term_workspace_id"))
        batch_op.drop_index("ix_search_term_beginning")

    op.drop_table("search_term")
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_schedule_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_schedule_next_run_at"))

    op.drop_table("schedule")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_workspace_id"))

    op.drop_table("member")
    with op.batch_alter_table("installation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_installation_workspace_id"))

    op.drop_table("installation")
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_erasure_under_way",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_erasure_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_erasure_ended_at"))

    op.drop_table("erasure")
    with op.batch_alter_table("coach_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coach_day_workspace_id"))

    op.drop_table("coach_day")
    with op.batch_alter_table("answer_early_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_early_change_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_answer_early_change_occurred_at"))

    op.drop_table("answer_early_change")
    op.drop_table("workspace")
    with op.batch_alter_table("inbox_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_event_state_received_at"))
        batch_op.drop_index(batch_op.f("ix_inbox_event_handled_at"))

    op.drop_table("inbox_event")
    op.drop_table("adapter_note")
