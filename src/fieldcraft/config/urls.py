"""Mounts the shell, which mounts every room."""

from django.urls import include, path

urlpatterns = [path("", include("fieldcraft.shell.urls"))]
handler400 = "fieldcraft.shell.views.bad_request"
handler403 = "fieldcraft.shell.views.not_allowed"
handler404 = "fieldcraft.shell.views.not_found"
handler500 = "fieldcraft.shell.views.broken"
