"""Addresses of test scores, below an event's own."""

from django.urls import URLPattern, path

from karvon.web.scores import views

_EVENT = "<str:programme_key>/events/<str:key>"

urlpatterns: list[URLPattern] = [
    path(f"{_EVENT}/scores/", views.scores, name="scores"),
    path(f"{_EVENT}/scores/enter/", views.enter, name="scores-enter"),
]
