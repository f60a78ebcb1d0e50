"""Addresses of doubts, people and organisations, below the programme."""

from django.urls import URLPattern, path

from karvon.web.people import erasing, organisations, review, views

urlpatterns: list[URLPattern] = [
    path("<str:programme_key>/doubts/", review.doubts, name="doubts"),
    path("<str:programme_key>/doubts/decide/", review.decide, name="decide"),
    path("<str:programme_key>/doubts/all-one/<str:crowd>/", review.all_one, name="all-one"),
    path(
        "<str:programme_key>/doubts/<str:a>/<str:b>/undo/<int:decision>/", review.undo, name="undo-decision"
    ),
    path("<str:programme_key>/people/", views.people, name="people"),
    path("<str:programme_key>/people/workbook/", views.people_workbook, name="people-workbook"),
    path("<str:programme_key>/people/suggestions/", views.suggestions, name="suggestions"),
    path("<str:programme_key>/people/take-back/<int:entry>/", views.take_back, name="take-back-said"),
    path("<str:programme_key>/people/<str:key>/", views.person, name="person"),
    path("<str:programme_key>/people/<str:key>/erase/", erasing.erase, name="erase-person"),
    path("<str:programme_key>/people/<str:key>/take-away/", views.take_away, name="take-away"),
    path("<str:programme_key>/people/<str:key>/the-same-as/", views.make_one, name="make-one"),
    path("<str:programme_key>/organisations/", organisations.organisations, name="organisations"),
    path("<str:programme_key>/spellings/", organisations.spellings, name="spellings"),
    path("<str:programme_key>/spellings/<str:group>/", organisations.claim, name="claim"),
    path(
        "<str:programme_key>/organisations/part/<int:entry>/", organisations.part, name="part-organisations"
    ),
    path("<str:programme_key>/organisations/<str:key>/", organisations.organisation, name="organisation"),
    path("<str:programme_key>/organisations/<str:key>/the-same-as/", organisations.merge, name="merge"),
]
