import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from accounts import immutable

REPORTS = "reports_report"
FILE = ("file", "sha256", "size", "pages", "made_at")
NEVER = ("id", "snapshot_id", "statement_id", "edition", "drawn_from", "language", "code")
SIGNING = ("signed_at", "signed_by", "unsigned_because", *FILE)
PUBLISHING = ("published_at", "published_by_id", "supersedes_because", *FILE)
WITHDRAWING = ("withdrawn_at", "withdrawn_by_id", "withdrawn_because")

NEVER_BEFORE = ("id", "snapshot_id", "language", "code")
PUBLISHING_BEFORE = ("published_at", "published_by_id", *FILE)


def unguard(apps, editor):
    immutable.allow(editor, REPORTS)
    immutable.let_go(editor, REPORTS)
    immutable.let_go(editor, REPORTS, name="once_signed")
    immutable.let_go(editor, REPORTS, name="once_withdrawn")


def _guard(editor, never, publishing):
    immutable.forbid(editor, REPORTS, columns=never)
    immutable.keep(editor, REPORTS, publishing)
    immutable.keep(editor, REPORTS, SIGNING, name="once_signed")
    immutable.keep(editor, REPORTS, WITHDRAWING, name="once_withdrawn")


def guard(apps, editor):
    _guard(editor, NEVER, PUBLISHING)


def guard_as_before(apps, editor):
    _guard(editor, NEVER_BEFORE, PUBLISHING_BEFORE)


def say_what_they_are_drawn_from(apps, editor):
    for name in ("RenderJob", "Report"):
        model = apps.get_model("reports", name)
        sha256 = apps.get_model("reports", "Snapshot").objects.filter(id=models.OuterRef("snapshot_id"))
        model.objects.update(drawn_from=models.Subquery(sha256.values("sha256")[:1]))


EDITIONS = [("full", "Full report"), ("summary", "Two-page summary"), ("easy_read", "Easy-read sheet")]


def edition():
    return models.CharField("edition", max_length=10, choices=EDITIONS, default="full")


def drawn_from():
    return models.CharField("SHA-256 of what it is drawn from", max_length=64, default="")


def statement(name):
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name=name, to="reports.statement"
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_listed_and_kept")]
    operations = [
        migrations.RunPython(unguard, guard_as_before),
        migrations.RemoveConstraint("renderjob", "job_one_a_language"),
        migrations.RemoveConstraint("report", "report_one_a_language"),
        migrations.AddField("renderjob", "edition", edition()),
        migrations.AddField("renderjob", "drawn_from", drawn_from(), preserve_default=False),
        migrations.AddField("renderjob", "statement", statement("jobs")),
        migrations.AddField("report", "edition", edition()),
        migrations.AddField("report", "drawn_from", drawn_from(), preserve_default=False),
        migrations.AddField("report", "statement", statement("reports")),
        migrations.AddField(
            "report",
            "supersedes_because",
            models.TextField("why it takes the place of the one before", blank=True, default=""),
        ),
        migrations.RunPython(say_what_they_are_drawn_from, migrations.RunPython.noop),
        migrations.AddConstraint(
            "renderjob",
            models.UniqueConstraint(fields=["drawn_from", "language", "edition"], name="job_one_an_edition"),
        ),
        migrations.AddConstraint(
            "renderjob",
            models.CheckConstraint(condition=Q(edition__in=[name for name, _label in EDITIONS]), name="job_edition"),
        ),
        migrations.AddConstraint(
            "report",
            models.UniqueConstraint(fields=["drawn_from", "language", "edition"], name="report_one_an_edition"),
        ),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(condition=Q(edition__in=[name for name, _label in EDITIONS]), name="report_edition"),
        ),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=Q(supersedes_because="") | Q(published_at__isnull=False),
                name="report_supersedes_once_published",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
