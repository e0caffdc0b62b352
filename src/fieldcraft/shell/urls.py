"""Mounts every room."""

from django.urls import URLPattern, URLResolver, include, path

from fieldcraft.shell import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("enter/", views.enter, name="enter"),
    path("health/", views.health, name="health"),
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.urls")),
    path("people/", include("fieldcraft.people.urls")),
    path("", include("fieldcraft.manual.urls")),
]
