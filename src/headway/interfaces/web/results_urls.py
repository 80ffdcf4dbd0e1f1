"""Addresses of Results, below `results/`."""

from django.urls import path

from headway.interfaces.web import results, sample, why_not

urlpatterns = [
    path("", results.page, name="results"),
    path("begin/", sample.begin, name="first-run"),
    path("ladder/", results.ladder, name="results-ladder"),
    path("evidence/<str:figure>/", results.evidence, name="results-evidence"),
    path("evidence/<str:figure>/note/", results.note, name="results-note"),
    path("notes/<int:note_id>/withdraw/", results.withdraw_note, name="results-withdraw-note"),
    path("opportunities/", results.opportunities_behind, name="results-opportunities"),
    path("objection/", results.objection, name="results-objection"),
    path("objection/<int:objection_id>/withdraw/", results.withdraw, name="results-withdraw"),
    path("brief/", results.brief, name="results-brief"),
    path("why-not/", why_not.page, name="results-why-not"),
    path("job/<int:job_id>/", results.job, name="results-job"),
    path("job/<int:job_id>/stop/", results.stop_job, name="results-job-stop"),
]
