"""Where the together room answers."""

from django.urls import URLPattern, URLResolver

app_name = "together"
urlpatterns: list[URLPattern | URLResolver] = []
