import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from accounts import immutable
from reports import codes

REPORTS = "reports_report"
FILE = ("file", "sha256", "size", "pages", "made_at")
NEVER = ("id", "snapshot_id", "language", "code")
# By the first of each the database sees that it was done. What is not signed yet may be made anew, and signed.
SIGNING = ("signed_at", "signed_by", "unsigned_because", *FILE)
PUBLISHING = ("published_at", "published_by_id", *FILE)
WITHDRAWING = ("withdrawn_at", "withdrawn_by_id", "withdrawn_because")

NEVER_BEFORE = ("id", "snapshot_id", "language", *FILE)
PUBLISHING_BEFORE = ("published_at", "published_by_id")


def unguard(apps, editor):
    immutable.allow(editor, REPORTS)
    immutable.let_go(editor, REPORTS)


def guard(apps, editor):
    immutable.forbid(editor, REPORTS, columns=NEVER)
    immutable.keep(editor, REPORTS, PUBLISHING)
    immutable.keep(editor, REPORTS, SIGNING, name="once_signed")
    immutable.keep(editor, REPORTS, WITHDRAWING, name="once_withdrawn")


def unguard_all(apps, editor):
    unguard(apps, editor)
    immutable.let_go(editor, REPORTS, name="once_signed")
    immutable.let_go(editor, REPORTS, name="once_withdrawn")


def guard_as_before(apps, editor):
    immutable.forbid(editor, REPORTS, columns=NEVER_BEFORE)
    immutable.keep(editor, REPORTS, PUBLISHING_BEFORE)


def give_codes(apps, editor):
    for report in apps.get_model("reports", "Report").objects.select_related("snapshot").iterator():
        report.code = codes.code_of(report.snapshot.sha256, report.language)
        report.save(update_fields=["code"])


def person():
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reports", "0005_submissions_never_change"),
    ]
    operations = [
        migrations.RunPython(unguard, guard_as_before),
        migrations.AddField(
            "report", "code", models.CharField("code", max_length=12, default=""), preserve_default=False
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField("report", "code", models.CharField("code", max_length=12, unique=True)),
        migrations.AddField("report", "signed_at", models.DateTimeField("signed at", null=True)),
        migrations.AddField(
            "report",
            "signed_by",
            models.CharField("fingerprint of the certificate", blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            "report", "unsigned_because", models.TextField("why it is not signed", blank=True, default="")
        ),
        migrations.AddField("report", "withdrawn_at", models.DateTimeField("withdrawn at", null=True)),
        migrations.AddField("report", "withdrawn_by", person()),
        migrations.AddField(
            "report", "withdrawn_because", models.TextField("why it was withdrawn", blank=True, default="")
        ),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="") | (Q(signed_at__isnull=False) & ~Q(signed_by="")),
                name="report_signed_with_a_certificate",
            ),
        ),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, published_at__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
                name="report_withdrawn_with_reason",
            ),
        ),
        migrations.RunPython(guard, unguard_all),
    ]
