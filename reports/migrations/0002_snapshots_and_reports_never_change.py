from django.db import migrations

from accounts import immutable

SNAPSHOTS = "reports_snapshot"
REPORTS = "reports_report"
# Publishing writes published_at and published_by; nothing else of a report may ever move.
WRITTEN_ONCE = ("id", "snapshot_id", "language", "file", "sha256", "size", "pages", "made_at")


def guard(apps, editor):
    immutable.forbid(editor, SNAPSHOTS)
    immutable.forbid(editor, REPORTS, columns=WRITTEN_ONCE)


def unguard(apps, editor):
    immutable.allow(editor, SNAPSHOTS)
    immutable.allow(editor, REPORTS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
