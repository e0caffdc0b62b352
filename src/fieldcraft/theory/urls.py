"""Where the theory room answers."""

from django.urls import URLPattern, URLResolver

app_name = "theory"
urlpatterns: list[URLPattern | URLResolver] = []
