"""Addresses of feedback: the form below ``-/``, which no programme's key begins with, the rest below the event."""

from django.urls import URLPattern, path

from karvon.web.feedback import asking, tables, views

_EVENT = "<str:programme_key>/events/<str:key>/feedback"

urlpatterns: list[URLPattern] = [
    path("-/feedback/<str:token>/", asking.give, name="feedback-give"),
    path("-/feedback/<str:token>/thanks/", asking.thanks, name="feedback-thanks"),
    path(f"{_EVENT}/", views.feedback, name="feedback"),
    path(f"{_EVENT}/link/", views.link, name="feedback-link"),
    path(f"{_EVENT}/link/<str:link>/close/", views.close, name="feedback-close"),
    path(f"{_EVENT}/type-in/", views.type_in, name="feedback-type"),
    path(f"{_EVENT}/answers/<str:answer>/leave-out/", views.leave_out, name="feedback-leave-out"),
    path(f"{_EVENT}/table/", tables.choose, name="feedback-table"),
    path(f"{_EVENT}/table/<str:sha256>/", tables.columns, name="feedback-columns"),
    path(f"{_EVENT}/undo/<int:entry>/", views.undo, name="feedback-undo"),
]
