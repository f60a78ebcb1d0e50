"""Addresses of figures and statements, below the programme."""

from django.urls import URLPattern, path

from karvon.web.results import views

urlpatterns: list[URLPattern] = [
    path("<str:programme_key>/results/", views.results, name="results"),
    path("<str:programme_key>/results/<str:key>/", views.figure, name="figure"),
    path("<str:programme_key>/results/<str:key>/people/", views.counted, name="counted"),
    path(
        "<str:programme_key>/results/<str:key>/people/workbook/",
        views.counted_workbook,
        name="counted-workbook",
    ),
    path("<str:programme_key>/results/<str:key>/left-out/", views.left_out, name="left-out"),
    path("<str:programme_key>/statements/", views.statements, name="statements"),
    path("<str:programme_key>/statements/<str:key>/", views.statement, name="statement"),
    path("<str:programme_key>/how-we-count/", views.counting, name="counting"),
]
