"""Addresses of writing things down, below ``write/`` of a programme, and of beginning one."""

from django.urls import URLPattern, path

from karvon.web.editing import programmes, views

urlpatterns: list[URLPattern] = [
    path("-/programmes/new/", programmes.new_programme, name="programme-new"),
    path("-/programmes/upload/", programmes.upload_programme, name="programme-upload"),
    path("<str:programme_key>/write/folder/", programmes.replace_programme, name="programme-replace"),
    path("<str:programme_key>/write/", views.writing, name="writing"),
    path("<str:programme_key>/write/take-back/<int:entry>/", views.take_back, name="take-back"),
    path("<str:programme_key>/write/<str:kind>/", views.things, name="writing-kind"),
    path("<str:programme_key>/write/<str:kind>/new/", views.new_thing, name="writing-new"),
    path("<str:programme_key>/write/<str:kind>/at/<str:key>/", views.thing, name="writing-thing"),
]
