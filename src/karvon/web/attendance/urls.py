"""Addresses of attendance, below an event's own."""

from django.urls import URLPattern, path

from karvon.web.attendance import typing_in, views

_EVENT = "<str:programme_key>/events/<str:key>"

urlpatterns: list[URLPattern] = [
    path(f"{_EVENT}/attendance/", views.attendance, name="attendance"),
    path(f"{_EVENT}/attendance/several/", views.several, name="attendance-several"),
    path(f"{_EVENT}/attendance/heads/", views.heads, name="heads"),
    path(f"{_EVENT}/attendance/undo/<int:entry>/", views.undo, name="attendance-undo"),
    path(f"{_EVENT}/type-in/", typing_in.desk, name="type-in"),
    path(f"{_EVENT}/type-in/known/", typing_in.known, name="known-people"),
    path(f"{_EVENT}/type-in/<int:number>/", typing_in.row, name="typed-row"),
    path(f"{_EVENT}/attendance/of/<str:line>/", views.line, name="attendance-line"),
]
