import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import immutable

SUBMISSIONS = "reports_submission"
SUBMITTED = (
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
HOW_IT_ENDED = ("ended_at", "ended_by_id", "ended_as", "ended_because")

NEVER = {
    "reports_judgement": (),
    "reports_answer": (),
    "reports_engagement": ("id", "submission_id", "assurer_id", "level", "assigned_at", "assigned_by_id"),
    "reports_trace": ("id", "engagement_id", "number", "seed", "ref"),
    "reports_question": ("id", "engagement_id", "number", "about", "text", "asked_at"),
    "reports_statement": ("engagement_id",),
}
"""What is written once; where no column is named, all of it."""
ONCE = (
    ("reports_engagement", "once_declared", ("declared_at", "independence", "interests", "conflict")),
    ("reports_engagement", "once_ended", ("ended_at", "ended_as", "ended_because")),
    ("reports_question", "once_closed", ("closed_at",)),
    (
        "reports_statement",
        "once_signed",
        (
            "signed_at",
            "signed_by_id",
            "conclusion",
            "summary",
            "valid_until",
            "document",
            "sha256",
            "snapshot_sha256",
            "drafted_at",
        ),
    ),
)
"""What stays as it is once the first of the columns holds something."""


def guard_submissions(apps, editor):
    immutable.forbid(editor, SUBMISSIONS, columns=SUBMITTED)
    immutable.keep(editor, SUBMISSIONS, HOW_IT_ENDED)


def unguard_submissions(apps, editor):
    """Take the guards away while the table is made anew, which is how SQLite changes one."""
    immutable.allow(editor, SUBMISSIONS)
    immutable.let_go(editor, SUBMISSIONS)


def guard(apps, editor):
    for table, columns in NEVER.items():
        immutable.forbid(editor, table, columns=columns)
    for table, name, columns in ONCE:
        immutable.keep(editor, table, columns, name=name)


def unguard(apps, editor):
    for table in NEVER:
        immutable.allow(editor, table)
    for table, name, _columns in ONCE:
        immutable.let_go(editor, table, name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_in_assurance"),
        ("reports", "0006_signed_and_verified"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(unguard_submissions, guard_submissions),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField(verbose_name="answer")),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[("peer panel", "Peer panel of forum members"), ("independent", "Independent assurer")],
                        max_length=20,
                        verbose_name="level",
                    ),
                ),
                ("assigned_at", models.DateTimeField(verbose_name="assigned at")),
                ("declared_at", models.DateTimeField(null=True, verbose_name="declared at")),
                ("independence", models.TextField(blank=True, default="", verbose_name="independence")),
                ("interests", models.TextField(blank=True, default="", verbose_name="interests")),
                ("conflict", models.BooleanField(null=True, verbose_name="conflict of interest")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "ended_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conflict", "The assurer has a conflict of interest"),
                            ("relieved", "The assurer was relieved"),
                            ("returned", "Returned with findings"),
                            ("concluded", "Concluded"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="ended as",
                    ),
                ),
                ("ended_because", models.TextField(blank=True, default="", verbose_name="reason")),
            ],
            options={
                "verbose_name": "engagement",
                "verbose_name_plural": "engagements",
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("principle", models.PositiveSmallIntegerField(verbose_name="principle")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("met", "Met"),
                            ("recommendation", "Met, with a recommendation"),
                            ("not met", "Not met"),
                        ],
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
                ("finding", models.TextField(verbose_name="what was found")),
                ("recommendation", models.TextField(blank=True, default="", verbose_name="recommendation")),
                ("judged_at", models.DateTimeField(verbose_name="judged at")),
            ],
            options={
                "verbose_name": "judgement",
                "verbose_name_plural": "judgements",
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("about", models.CharField(max_length=200, verbose_name="about")),
                ("text", models.TextField(verbose_name="question")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("seed", models.BigIntegerField(verbose_name="seed")),
                ("ref", models.CharField(max_length=40, verbose_name="piece of evidence")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agrees", "It says what the account says"),
                            ("differs", "It says something else"),
                            ("not seen", "It could not be seen"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                ("traced", models.TextField(blank=True, default="", verbose_name="what was traced, and how")),
                ("traced_at", models.DateTimeField(null=True, verbose_name="traced at")),
            ],
            options={
                "verbose_name": "sampled evidence",
                "verbose_name_plural": "sampled evidence",
            },
        ),
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_ended_by_somebody",
        ),
        migrations.AlterField(
            model_name="submission",
            name="ended_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("taken back", "Taken back"),
                    ("returned", "Returned with findings"),
                    ("published", "Published"),
                ],
                default="",
                max_length=20,
                verbose_name="ended as",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_as", ""), ("ended_at__isnull", True), ("ended_because", ""), ("ended_by__isnull", True)
                    ),
                    models.Q(
                        ("ended_as__in", ["taken back", "returned", "published"]),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="submission_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_as", "returned"), _negated=True),
                    models.Q(("ended_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="submission_returned_with_reason",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="answered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="assigned_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="assurer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="engagements", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="engagements", to="reports.submission"
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="engagement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="reports.engagement"
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="engagement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="reports.engagement"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="reports.question"
            ),
        ),
        migrations.AddField(
            model_name="trace",
            name="engagement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="traces", to="reports.engagement"
            ),
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "engagement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="statement",
                        serialize=False,
                        to="reports.engagement",
                    ),
                ),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("assured", "Assured"),
                            ("assured_with_recommendations", "Assured with recommendations"),
                            ("not_assured", "Not assured"),
                        ],
                        max_length=40,
                        verbose_name="conclusion",
                    ),
                ),
                ("summary", models.TextField(verbose_name="in a sentence or two")),
                ("valid_until", models.DateField(verbose_name="valid until")),
                ("document", models.TextField(verbose_name="canonical JSON")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("snapshot_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of what was read")),
                ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="signed at")),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "assurance statement",
                "verbose_name_plural": "assurance statements",
            },
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("submission",), name="engagement_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["peer panel", "independent"])), name="engagement_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("conflict__isnull", True),
                        ("declared_at__isnull", True),
                        ("independence", ""),
                        ("interests", ""),
                    ),
                    models.Q(
                        ("conflict__isnull", False),
                        ("declared_at__isnull", False),
                        models.Q(("independence", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="engagement_declared_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_as", ""), ("ended_at__isnull", True), ("ended_because", "")),
                    models.Q(
                        ("ended_as__in", ["conflict", "relieved", "returned", "concluded"]), ("ended_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="engagement_ended_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conflict", True), ("conflict__isnull", False), ("ended_as", "conflict")),
                    models.Q(
                        models.Q(("conflict__isnull", True), ("conflict", False), _connector="OR"),
                        models.Q(("ended_as", "conflict"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="engagement_ends_with_a_conflict",
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conflict", False), ("conflict__isnull", False)),
                    models.Q(("ended_as__in", ["returned", "concluded"]), _negated=True),
                    _connector="OR",
                ),
                name="engagement_judged_only_without_conflict",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(
                fields=("engagement", "principle", "version"), name="judgement_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("principle__gte", 1), ("principle__lte", 8)), name="judgement_of_a_principle"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["met", "recommendation", "not met"])), name="judgement_verdict"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("finding", ""), _negated=True), name="judgement_with_a_finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recommendation", ""), ("verdict", "met")),
                    models.Q(
                        models.Q(("verdict", "met"), _negated=True), models.Q(("recommendation", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="judgement_recommends_unless_met",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("engagement", "number"), name="question_number_once"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("about", ""), _negated=True)),
                name="question_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="answer_in_words"),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.UniqueConstraint(fields=("engagement", "number"), name="trace_number_once"),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.UniqueConstraint(fields=("engagement", "ref"), name="trace_ref_once"),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", ""), ("traced", ""), ("traced_at__isnull", True)),
                    models.Q(
                        ("result__in", ["agrees", "differs", "not seen"]),
                        ("traced_at__isnull", False),
                        models.Q(("traced", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="trace_with_a_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("conclusion__in", ["assured", "assured_with_recommendations", "not_assured"])),
                name="statement_conclusion",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("summary", ""), _negated=True), name="statement_in_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                    _connector="OR",
                ),
                name="statement_signed_by_somebody",
            ),
        ),
        migrations.RunPython(guard_submissions, unguard_submissions),
        migrations.RunPython(guard, unguard),
    ]
