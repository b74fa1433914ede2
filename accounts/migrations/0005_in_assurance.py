from django.db import migrations, models
from django.db.models import Q

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("in_assurance", "In assurance"),
    ("concluded", "Assurance concluded"),
    ("published", "Published"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_addresses_are_confirmed")]
    operations = [
        migrations.RemoveConstraint(model_name="account", name="accounts_account_state"),
        migrations.AlterField(
            model_name="account",
            name="state",
            field=models.CharField("state", max_length=20, choices=STATES, default="draft", editable=False),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=Q(state__in=[state for state, _words in STATES]), name="accounts_account_state"
            ),
        ),
    ]
