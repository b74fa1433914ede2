"""An account: reading it, typing it, and its workbook."""

from django.urls import path

from outcomes.views import (
    account,
    co_production,
    entries,
    evidence,
    factors,
    goals,
    importance,
    ledger,
    starting,
    steps,
    theory,
    words,
    workbook,
)

app_name = "outcomes"
urlpatterns = [
    path("workbook/template.xlsx", workbook.template, name="template"),
    path("workbook/marked/<uuid:refused_id>/", workbook.marked, name="marked_workbook"),
    path("organisations/<slug:organisation>/accounts/new/", workbook.start, name="start"),
    path("organisations/<slug:organisation>/accounts/begin/", starting.begin, name="begin"),
    path("words/", words.words, name="words"),
    path("accounts/<uuid:account_id>/", account.overview, name="account"),
    path("accounts/<uuid:account_id>/steps/", steps.steps, name="steps"),
    path("accounts/<uuid:account_id>/steps/<slug:stage>/", steps.step, name="step"),
    path("accounts/<uuid:account_id>/about/", entries.details, name="details"),
    path("accounts/<uuid:account_id>/value-map/", account.value_map, name="value_map"),
    path("accounts/<uuid:account_id>/how-sure/", account.sensitivity, name="sensitivity"),
    path("accounts/<uuid:account_id>/how-change-happens/", theory.theory_of_change, name="theory_of_change"),
    path("accounts/<uuid:account_id>/importance/", importance.importance, name="importance"),
    path("accounts/<uuid:account_id>/factors/", factors.overview, name="factors"),
    path("accounts/<uuid:account_id>/factors/<str:ref>/", factors.factor, name="factor"),
    path("accounts/<uuid:account_id>/principles/", account.principles, name="principles"),
    path("accounts/<uuid:account_id>/figures/<str:name>/", account.figure, name="figure"),
    path("accounts/<uuid:account_id>/history/", account.history, name="history"),
    path("accounts/<uuid:account_id>/raised/", ledger.ledger, name="ledger"),
    path("accounts/<uuid:account_id>/co-production/", co_production.co_production, name="co_production"),
    path("accounts/<uuid:account_id>/goals/", goals.goals, name="goals"),
    path("accounts/<uuid:account_id>/evidence/new/", evidence.new, name="new_evidence"),
    path("accounts/<uuid:account_id>/evidence/files/<slug:sha256>/", evidence.download, name="evidence_file"),
    path("accounts/<uuid:account_id>/workbook/", workbook.replace, name="workbook"),
    path("accounts/<uuid:account_id>/workbook.xlsx", workbook.export, name="export"),
    path("accounts/<uuid:account_id>/entries/", entries.contents, name="contents"),
    path("accounts/<uuid:account_id>/entries/<slug:slug>/", entries.entries, name="entries"),
    path("accounts/<uuid:account_id>/entries/<slug:slug>/new/", entries.new_entry, name="new_entry"),
    path("accounts/<uuid:account_id>/entries/<slug:slug>/row/<str:ref>/", entries.entry, name="entry"),
    path(
        "accounts/<uuid:account_id>/entries/<slug:slug>/row/<str:ref>/remove/",
        entries.remove_entry,
        name="remove_entry",
    ),
]
