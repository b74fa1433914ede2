from django.db import migrations

from accounts import immutable

REPORTS = "reports_report"
# By the first of them the database sees that the report was published.
PUBLISHING = ("published_at", "published_by_id")


def guard(apps, editor):
    immutable.keep(editor, REPORTS, PUBLISHING)


def unguard(apps, editor):
    immutable.let_go(editor, REPORTS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_snapshots_and_reports_never_change")]
    operations = [migrations.RunPython(guard, unguard)]
