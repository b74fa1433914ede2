"""Migrations are in step with the models, can be taken back, and leave every guard in place."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

OURS = ("accounts", "stakeholders", "outcomes", "reports")
GUARDS = {
    "accounts_auditrecord_no_delete",
    "accounts_auditrecord_no_update",
    "outcomes_evidencefile_no_update",
    "reports_answer_no_delete",
    "reports_answer_no_update",
    "reports_engagement_no_delete",
    "reports_engagement_no_update",
    "reports_engagement_no_update_once_declared",
    "reports_engagement_no_update_once_ended",
    "reports_judgement_no_delete",
    "reports_judgement_no_update",
    "reports_question_no_delete",
    "reports_question_no_update",
    "reports_question_no_update_once_closed",
    "reports_report_no_delete",
    "reports_report_no_update",
    "reports_report_no_update_once_set",
    "reports_report_no_update_once_signed",
    "reports_report_no_update_once_withdrawn",
    "reports_grant_no_delete",
    "reports_grant_no_update",
    "reports_grant_no_update_once_set",
    "reports_listing_no_delete",
    "reports_listing_no_update",
    "reports_snapshot_no_delete",
    "reports_snapshot_no_update",
    "reports_statement_no_delete",
    "reports_statement_no_update",
    "reports_statement_no_update_once_signed",
    "reports_submission_no_delete",
    "reports_submission_no_update",
    "reports_submission_no_update_once_set",
    "reports_trace_no_delete",
    "reports_trace_no_update",
    "stakeholders_reply_no_delete",
    "stakeholders_reply_no_update",
    "stakeholders_replyanswer_no_delete",
    "stakeholders_replyanswer_no_update",
    "stakeholders_replycode_no_delete",
    "stakeholders_replycode_no_update",
    "stakeholders_replycode_no_update_once_set",
    "stakeholders_replyround_no_delete",
    "stakeholders_replyround_no_update",
}


EMPTYING = {
    "reports_listing_no_truncate",
    "reports_report_no_truncate",
    "reports_snapshot_no_truncate",
    "reports_statement_no_truncate",
    "reports_submission_no_truncate",
}
"""On PostgreSQL alone, which can empty a table at once."""


def expected() -> set[str]:
    """Return the names of the triggers that must be there."""
    return GUARDS | EMPTYING if connection.vendor == "postgresql" else GUARDS


def guards() -> set[str]:
    """Return the names of the triggers in the database."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    said = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes detected" in said.getvalue()


@pytest.mark.django_db
def test_every_guard_of_append_only_rows_is_there_after_all_migrations():
    """SQLite drops a table's triggers when a migration makes it anew: that migration has to put them back."""
    assert guards() == expected()


def test_every_step_written_by_hand_can_be_taken_back():
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    by_hand = [
        step
        for (app, _name), migration in found.items()
        if app in OURS
        for step in migration.operations
        if isinstance(step, RunPython | RunSQL)
    ]
    assert len(by_hand) >= 3
    assert all(step.reversible for step in by_hand)


@pytest.mark.django_db(transaction=True)
def test_the_guards_of_reports_go_with_their_migrations_and_come_back_with_them():
    try:
        call_command("migrate", "reports", "0001", verbosity=0)
        assert guards() == {name for name in GUARDS if not name.startswith("reports")}
    finally:
        call_command("migrate", "reports", verbosity=0)
    assert guards() == expected()
