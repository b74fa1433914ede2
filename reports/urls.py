"""Reports: asked for, watched, published, downloaded."""

from django.urls import path

from reports.views import assurer, author, coordinator, funder, granting, submitting, verify, versions, withdrawing

app_name = "reports"
urlpatterns = [
    path("accounts/<uuid:account_id>/submit/", submitting.submit, name="submit"),
    path("accounts/<uuid:account_id>/submit/reasons/", submitting.explain, name="explain"),
    path("accounts/<uuid:account_id>/submit/take-back/", submitting.take_back, name="take_back"),
    path("accounts/<uuid:account_id>/reports/", author.reports, name="reports"),
    path("accounts/<uuid:account_id>/versions/", versions.versions, name="versions"),
    path("accounts/<uuid:account_id>/versions/<int:earlier>/now/", versions.changed_since, name="changed_since"),
    path("accounts/<uuid:account_id>/versions/<int:earlier>/<int:later>/", versions.difference, name="difference"),
    path("accounts/<uuid:account_id>/assurance/", coordinator.assurance, name="assurance"),
    path("accounts/<uuid:account_id>/assurance/relieve/", coordinator.relieve, name="relieve"),
    path("assurance/questions/<uuid:question_id>/", coordinator.answer, name="answer"),
    path("assurance/", assurer.engagements, name="engagements"),
    path("assurance/<uuid:engagement_id>/", assurer.workbench, name="workbench"),
    path("assurance/<uuid:engagement_id>/independence/", assurer.declare, name="declare"),
    path("assurance/<uuid:engagement_id>/principles/<int:principle>/", assurer.judge, name="judge"),
    path("assurance/<uuid:engagement_id>/sample/", assurer.sample, name="sample"),
    path("assurance/<uuid:engagement_id>/sample/<int:number>/", assurer.trace, name="trace"),
    path("assurance/<uuid:engagement_id>/calculation/", assurer.calculation, name="calculation"),
    path("assurance/<uuid:engagement_id>/changes/", versions.changes, name="changes"),
    path("assurance/<uuid:engagement_id>/questions/", assurer.ask, name="ask"),
    path("assurance/<uuid:engagement_id>/questions/<uuid:question_id>/", assurer.thread, name="thread"),
    path("assurance/<uuid:engagement_id>/questions/<uuid:question_id>/close/", assurer.close, name="close"),
    path("assurance/<uuid:engagement_id>/return/", assurer.give_back, name="give_back"),
    path("assurance/<uuid:engagement_id>/statement/", assurer.conclude, name="conclude"),
    path("assurance/<uuid:engagement_id>/statement/sign/", assurer.sign, name="sign"),
    path("reports/renderings/<uuid:job_id>/", author.rendering, name="rendering"),
    path("reports/renderings/<uuid:job_id>/again/", author.try_again, name="try_again"),
    path("reports/<uuid:report_id>/editions/", author.editions, name="editions"),
    path("reports/<uuid:report_id>/publish/", author.publish, name="publish"),
    path("reports/<uuid:report_id>/withdraw/", withdrawing.withdraw, name="withdraw"),
    path("accounts/<uuid:account_id>/funders/", granting.funders, name="funders"),
    path("grants/<uuid:grant_id>/end/", granting.end, name="end_grant"),
    path("reports/<uuid:report_id>.pdf", funder.download, name="download"),
    path("reports/<uuid:report_id>.xlsx", funder.workbook, name="workbook"),
    path("reports/<uuid:report_id>.json", funder.data, name="data"),
    path("published/", funder.published, name="published"),
    path("published/letters/", funder.letters, name="letters"),
    path("published/letters/stop/<str:token>/", funder.stop_letters, name="stop_letters"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
]
