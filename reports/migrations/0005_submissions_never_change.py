from django.db import migrations

from accounts import immutable

SUBMISSIONS = "reports_submission"
# Ending a submission writes how it ended; nothing else of it may ever move.
WRITTEN_ONCE = (
    "id",
    "account_id",
    "snapshot_id",
    "number",
    "submitted_at",
    "submitted_by_id",
    "in_the_name_of",
    "alone",
    "read_sha256",
)
# By the first of them the database sees that the submission has ended.
ENDING = ("ended_at", "ended_by_id", "ended_as", "ended_because")


def guard(apps, editor):
    immutable.forbid(editor, SUBMISSIONS, columns=WRITTEN_ONCE)
    immutable.keep(editor, SUBMISSIONS, ENDING)


def unguard(apps, editor):
    immutable.allow(editor, SUBMISSIONS)
    immutable.let_go(editor, SUBMISSIONS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_submissions")]
    operations = [migrations.RunPython(guard, unguard)]
