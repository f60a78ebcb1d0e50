"""Addresses of reports, below the programme."""

from django.urls import URLPattern, path

from karvon.web.publishing import views

urlpatterns: list[URLPattern] = [
    path("<str:programme_key>/reports/", views.reports, name="reports"),
    path("<str:programme_key>/reports/preview/", views.preview, name="report-preview"),
    path("<str:programme_key>/reports/made/", views.made, name="report-made"),
    path("<str:programme_key>/reports/templates/", views.templates, name="report-templates"),
    path("<str:programme_key>/reports/templates/add/", views.add_template, name="add-template"),
    path("<str:programme_key>/reports/freeze/", views.freeze, name="freeze"),
    path("<str:programme_key>/reports/editions/<int:number>/publish/", views.publish, name="publish-edition"),
    path(
        "<str:programme_key>/reports/editions/<int:number>/withdraw/", views.withdraw, name="withdraw-edition"
    ),
    path("<str:programme_key>/reports/<str:sha256>/", views.edition_file, name="edition-file"),
]
