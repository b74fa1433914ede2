"""A file of evidence stays as it was kept; it can be removed, since somebody may ask to be forgotten."""

from django.db import migrations

from accounts import immutable

TABLE = "outcomes_evidencefile"


def forbid(apps, editor):
    immutable.forbid(editor, TABLE, verbs=["UPDATE"])


def allow(apps, editor):
    immutable.allow(editor, TABLE, verbs=["UPDATE"])


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0003_goals_and_files")]
    operations = [migrations.RunPython(forbid, allow)]
