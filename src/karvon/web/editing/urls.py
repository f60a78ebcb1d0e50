"""Addresses of writing things down, below ``write/`` of a programme."""

from django.urls import URLPattern, path

from karvon.web.editing import views

urlpatterns: list[URLPattern] = [
    path("<str:programme_key>/write/", views.writing, name="writing"),
    path("<str:programme_key>/write/take-back/<int:entry>/", views.take_back, name="take-back"),
    path("<str:programme_key>/write/<str:kind>/", views.things, name="writing-kind"),
    path("<str:programme_key>/write/<str:kind>/new/", views.new_thing, name="writing-new"),
    path("<str:programme_key>/write/<str:kind>/at/<str:key>/", views.thing, name="writing-thing"),
]
