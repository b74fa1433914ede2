from django.db import migrations

from accounts import immutable

TABLE = "accounts_auditrecord"


def guard(apps, editor):
    immutable.forbid(editor, TABLE)


def unguard(apps, editor):
    immutable.allow(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
