"""Addresses of the journal: of a programme, and of the whole installation."""

from django.urls import URLPattern, path

from karvon.web.journal import views

urlpatterns: list[URLPattern] = [
    path("-/journal/", views.whole_journal, name="whole-journal"),
    path("-/journal/table/", views.whole_table, name="whole-journal-table"),
    path("<str:programme_key>/journal/", views.journal, name="journal"),
    path("<str:programme_key>/journal/table/", views.table, name="journal-table"),
]
