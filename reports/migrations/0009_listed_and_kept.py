import datetime as dt
import json

from django.db import migrations

from accounts import immutable

GRANTS = "reports_grant"
LISTINGS = "reports_listing"
# A title may be mended by an operator; whom a grant lets in may not.
NEVER = ("id", "funder_id", "account_id", "added_at", "added_by_id")
# By the first of them the database sees that the grant has ended.
ENDING = ("ended_at", "ended_by_id")


def day(text):
    return dt.date.fromisoformat(text) if text else None


def list_what_was_published(apps, editor):
    listing = apps.get_model("reports", "Listing")
    reports = apps.get_model("reports", "Report").objects.filter(published_at__isnull=False)
    for report in reports.select_related("snapshot").iterator(chunk_size=20):
        content = json.loads(report.snapshot.document)["content"]
        account = content["account"]["account"]
        listing.objects.create(
            report=report,
            account=account["name"],
            organisation=content["organisation"]["name"],
            kind=account["kind"],
            period_start=day(account.get("period_start")),
            period_end=day(account.get("period_end")),
        )


def guard(apps, editor):
    immutable.forbid(editor, LISTINGS)
    immutable.forbid(editor, GRANTS, columns=NEVER)
    immutable.keep(editor, GRANTS, ENDING)


def unguard(apps, editor):
    immutable.allow(editor, LISTINGS)
    immutable.allow(editor, GRANTS)
    immutable.let_go(editor, GRANTS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_funders")]
    operations = [
        migrations.RunPython(list_what_was_published, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
