"""Mounts every room."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from fieldcraft.shell import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("enter/", views.enter, name="enter"),
    path("health/", views.health, name="health"),
    # A form without a token, so that a page for readers who are not signed in is the same for all of them and can be
    # kept; all that somebody else's page could do with it is to change the language of a reader's screen.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("account/", include("allauth.urls")),
    path("people/", include("fieldcraft.people.urls")),
    path("compass/", include("fieldcraft.mastery.urls")),
    path("", include("fieldcraft.together.urls")),
    path("", include("fieldcraft.theory.urls")),
    path("measures/", include("fieldcraft.measures.urls")),
    path("", include("fieldcraft.manual.urls")),
]
