"""Rows that are written once: the database itself refuses to change or remove them, on either engine."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from accounts import immutable
from accounts.models import AuditRecord
from accounts.roles import Role
from reports import services
from reports.models import Listing, Report, Snapshot, Statement, Submission
from tests import factories
from tests.reports import submitting

WRITTEN_ONCE = [AuditRecord, Snapshot, Report, Submission]
REFUSAL = "never changed or removed"
PUBLISHING_ADDS = {"published_at", "published_by_id", "supersedes_because"}
WITHDRAWING_ADDS = {"withdrawn_at", "withdrawn_by_id", "withdrawn_because"}
ENDING_ADDS = {"ended_at", "ended_by_id", "ended_as", "ended_because"}
ADDED_LATER = {Report: PUBLISHING_ADDS | WITHDRAWING_ADDS, Submission: ENDING_ADDS}
SIGNING_ADDS = {"signed_at", "signed_by", "unsigned_because", "file", "sha256", "size", "pages", "made_at"}


def a_row_of(model: type[models.Model]) -> models.Model:
    """Return a row of each of these tables, to which nothing else points."""
    if model is Report:
        return factories.report()
    if model is Submission:
        account = submitting.ready()
        return submitting.submit(account, factories.member(Role.APPROVER, account.organisation))
    account = factories.account()
    if model is Snapshot:
        return services.take_snapshot(actor=None, account=account, now=factories.NOW)
    return AuditRecord.objects.get(account=account)


def written_once(model: type[models.Model]) -> list[str]:
    """Return every column that may never change: all but what is added to a row later."""
    added = ADDED_LATER.get(model, set())
    return [field.column for field in model._meta.concrete_fields if field.column not in added]


def run(row: models.Model, *words: str) -> None:
    """Run a statement on one row past all of our code."""
    statement = " ".join([*words, "WHERE id = %s"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [row._meta.pk.get_db_prep_value(row.pk, connection)])


def change(row: models.Model, column: str) -> None:
    run(row, "UPDATE", row._meta.db_table, "SET", column, "=", column)


def remove(row: models.Model) -> None:
    run(row, "DELETE FROM", row._meta.db_table)


@pytest.mark.django_db
@pytest.mark.parametrize("model", WRITTEN_ONCE)
def test_the_database_refuses_to_change_any_column_that_is_written_once(model: type[models.Model]) -> None:
    row = a_row_of(model)
    for column in written_once(model):
        with pytest.raises(DatabaseError, match=REFUSAL):
            change(row, column)


@pytest.mark.django_db
@pytest.mark.parametrize("model", WRITTEN_ONCE)
def test_the_database_refuses_to_remove_what_is_written_once(model: type[models.Model]) -> None:
    row = a_row_of(model)
    with pytest.raises(DatabaseError, match=REFUSAL):
        remove(row)
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.services
@pytest.mark.django_db
@pytest.mark.parametrize("model", [Snapshot, Submission, Statement, Report, Listing])
def test_what_was_frozen_signed_or_published_is_not_emptied_at_once_either(model: type[models.Model]) -> None:
    factories.published()
    empty = f"TRUNCATE {model._meta.db_table} CASCADE"
    connection.check_constraints()
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(empty)
    assert Snapshot.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("model", WRITTEN_ONCE)
def test_the_orm_s_own_ways_are_refused_too(model: type[models.Model]) -> None:
    row: Any = a_row_of(model)
    field = next(each for each in model._meta.concrete_fields if not each.primary_key)
    same = {field.attname: getattr(row, field.attname)}
    of_row = model.objects.filter(pk=row.pk)
    for attempt in (row.save, row.delete, of_row.delete, lambda: of_row.update(**same)):
        with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
            attempt()


@pytest.mark.django_db
@pytest.mark.parametrize("model", WRITTEN_ONCE)
def test_without_the_guard_the_same_statements_pass(model: type[models.Model]) -> None:
    row = a_row_of(model)
    connection.check_constraints()  # PostgreSQL drops no trigger of a table on which something is still to be checked
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        immutable.allow(editor, row._meta.db_table)
        if model is Report:
            immutable.let_go(editor, row._meta.db_table, name="once_signed")
    for column in written_once(model):
        change(row, column)
    remove(row)
    assert not model.objects.filter(pk=row.pk).exists()


@pytest.mark.django_db
def test_a_report_is_published_once_and_stays_published():
    row = factories.published()
    for column in PUBLISHING_ADDS:
        with pytest.raises(DatabaseError, match=REFUSAL):
            change(row, column)
    connection.check_constraints()
    with connection.cursor() as cursor:
        immutable.let_go(SimpleNamespace(connection=connection, execute=cursor.execute), row._meta.db_table)
    for column in PUBLISHING_ADDS:
        change(row, column)


@pytest.mark.django_db
def test_a_report_that_could_not_be_signed_may_be_signed_until_it_is():
    row = factories.unsigned()
    for column in SIGNING_ADDS:
        change(row, column)
    run(row, "UPDATE", row._meta.db_table, "SET signed_at = made_at, signed_by = 'somebody'")
    for column in SIGNING_ADDS:
        with pytest.raises(DatabaseError, match=REFUSAL):
            change(row, column)


@pytest.mark.django_db
def test_a_report_is_withdrawn_once_and_stays_withdrawn():
    row = factories.published()
    approver = row.published_by
    assert approver is not None
    services.withdraw(actor=approver, report=row, reason="A figure was wrong.", now=factories.NOW)
    for column in WITHDRAWING_ADDS:
        with pytest.raises(DatabaseError, match=REFUSAL):
            change(row, column)


@pytest.mark.django_db(transaction=True)
def test_the_guards_are_there_again_after_the_flush_that_ends_a_transactional_test() -> None:
    factories.account()
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditRecord.objects.exists()
    rows = [a_row_of(model) for model in WRITTEN_ONCE]
    for row in rows:
        with pytest.raises(DatabaseError, match=REFUSAL):
            remove(row)
