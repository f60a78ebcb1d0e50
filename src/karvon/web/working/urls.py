"""Addresses of long work: of a programme, and of a folder that brings a new one."""

from django.urls import URLPattern, path

from karvon.web.working import views

urlpatterns: list[URLPattern] = [
    path("-/under-way/<str:key>/", views.new_programme_work, name="new-work"),
    path("-/under-way/<str:key>/progress/", views.new_programme_progress, name="new-work-progress"),
    path("<str:programme_key>/under-way/<str:key>/", views.work, name="work"),
    path("<str:programme_key>/under-way/<str:key>/progress/", views.progress, name="work-progress"),
]
