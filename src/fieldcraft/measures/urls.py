"""Where the measures answer."""

from django.urls import URLPattern, URLResolver, path

from fieldcraft.measures.views import packs

app_name = "measures"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", packs.pack_list, name="pack-list"),
    path("<slug:pack_id>/", packs.pack, name="pack"),
    path("<slug:pack_id>/permission/", packs.permission_enter, name="permission-enter"),
    path("<slug:pack_id>/permission/<uuid:permission_id>/end/", packs.permission_end, name="permission-end"),
]
