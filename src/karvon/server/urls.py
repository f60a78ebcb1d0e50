"""All addresses of the website; each begins with the language of its page."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver

from karvon.web.urls import urlpatterns as pages

urlpatterns: list[URLPattern | URLResolver] = list(i18n_patterns(*pages))
