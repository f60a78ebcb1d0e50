"""Addresses of the pages: keys, random ids and hashes only, never a name."""

from django.urls import URLPattern, URLResolver, path

from karvon.web import (
    audit,
    evidence,
    findings,
    programme,
    proposals,
    search,
    training,
    visits,
)
from karvon.web.accounts.urls import urlpatterns as accounts
from karvon.web.attendance.urls import urlpatterns as attendance
from karvon.web.bringing.urls import urlpatterns as bringing
from karvon.web.editing.urls import urlpatterns as editing
from karvon.web.feedback.urls import urlpatterns as feedback
from karvon.web.journal.urls import urlpatterns as journal
from karvon.web.people.urls import urlpatterns as people
from karvon.web.publishing.urls import urlpatterns as publishing
from karvon.web.results.urls import urlpatterns as results
from karvon.web.scores.urls import urlpatterns as scores
from karvon.web.working.urls import urlpatterns as working

urlpatterns: list[URLPattern | URLResolver] = [
    path("", programme.home, name="home"),
    *accounts,
    *journal,
    *working,
    *attendance,
    *scores,
    *feedback,
    path("<str:programme_key>/", programme.overview, name="overview"),
    *people,
    *results,
    path("<str:programme_key>/contracts/", programme.contracts, name="contracts"),
    path("<str:programme_key>/contracts/<str:key>/", programme.contract, name="contract"),
    path("<str:programme_key>/visits/", visits.visits, name="visits"),
    path("<str:programme_key>/visits/<str:key>/", visits.visit, name="visit"),
    path("<str:programme_key>/events/", training.events, name="events"),
    path("<str:programme_key>/events/<str:key>/", training.event, name="event"),
    path("<str:programme_key>/recommendations/", findings.recommendations, name="recommendations"),
    path("<str:programme_key>/proposals/", proposals.proposals, name="proposals"),
    *bringing,
    path("<str:programme_key>/sheets/", evidence.sheets, name="sheets"),
    path("<str:programme_key>/sheets/<str:key>/", evidence.sheet, name="sheet"),
    path("<str:programme_key>/lines/<str:key>/", evidence.line, name="line"),
    path("<str:programme_key>/documents/", evidence.documents, name="documents"),
    path("<str:programme_key>/files/<str:sha256>/", evidence.file, name="file"),
    path("<str:programme_key>/images/<str:sha256>/", evidence.image, name="image"),
    *publishing,
    path("<str:programme_key>/experts/<str:key>/", findings.expert, name="expert"),
    path("<str:programme_key>/audit/<str:contract>/", audit.contract, name="audit"),
    path("<str:programme_key>/audit/<str:contract>/results/<str:key>/", audit.figure, name="audit-figure"),
    path(
        "<str:programme_key>/audit/<str:contract>/results/<str:key>/left-out/",
        audit.left_out,
        name="audit-left-out",
    ),
    path("<str:programme_key>/audit/<str:contract>/events/<str:key>/", audit.event, name="audit-event"),
    path("<str:programme_key>/audit/<str:contract>/sheets/<str:key>/", audit.sheet, name="audit-sheet"),
    path("<str:programme_key>/audit/<str:contract>/lines/<str:key>/", audit.line, name="audit-line"),
    path("<str:programme_key>/audit/<str:contract>/files/<str:sha256>/", audit.file, name="audit-file"),
    path("<str:programme_key>/audit/<str:contract>/images/<str:sha256>/", audit.image, name="audit-image"),
    path("<str:programme_key>/search/", search.search, name="search"),
    *editing,
]
