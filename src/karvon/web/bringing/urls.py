"""Addresses of the desk, and of what is done with a sheet that came from it."""

from django.urls import URLPattern, path

from karvon.web.bringing import scans, signatures, views

urlpatterns: list[URLPattern] = [
    path("<str:programme_key>/desk/", views.desk, name="desk"),
    path("<str:programme_key>/desk/<str:key>/", views.draft, name="desk-draft"),
    path("<str:programme_key>/desk/<str:key>/progress/", views.progress, name="desk-progress"),
    path("<str:programme_key>/desk/<str:key>/back/", views.back, name="desk-back"),
    path("<str:programme_key>/desk/<str:key>/take-back/", views.withdraw, name="desk-withdraw"),
    path("<str:programme_key>/desk/<str:key>/count-again/", views.restore, name="desk-restore"),
    path("<str:programme_key>/sheets/<str:key>/signatures/", signatures.signatures, name="signatures"),
    path("<str:programme_key>/sheets/<str:key>/scan/<int:number>/", scans.page_of_scan, name="scan-page"),
    path("<str:programme_key>/sheets/<str:key>/replace/", views.replace, name="sheet-replace"),
    path("<str:programme_key>/sheets/<str:key>/take-back/", views.withdraw_sheet, name="sheet-withdraw"),
    path("<str:programme_key>/sheets/<str:key>/count-again/", views.restore_sheet, name="sheet-restore"),
]
