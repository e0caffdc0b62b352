"""Where the compass answers."""

from django.urls import URLPattern, URLResolver, path

from fieldcraft.mastery.views import home

app_name = "mastery"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
]
