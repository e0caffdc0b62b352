"""Where the together room answers."""

from django.urls import URLPattern, URLResolver, path

from fieldcraft.together.views import conditions, mine, raising, trail

app_name = "together"
urlpatterns: list[URLPattern | URLResolver] = [
    path("conditions/raise/", raising.condition_raise, name="condition-raise"),
    path("conditions/mine/", mine.mine, name="mine"),
    path("conditions/mine/today/", mine.mine_panel, name="mine-panel"),
    path("conditions/<uuid:condition_id>/", conditions.condition, name="condition"),
    path("conditions/pages/<slug:slug>/<path:address>/", conditions.page_panel, name="page-panel"),
    path("conditions/moved/<uuid:team_id>/", trail.team_panel, name="team-panel"),
    path("organisations/<slug:slug>/conditions/", conditions.condition_list, name="condition-list"),
    path("organisations/<slug:slug>/conditions/open/", conditions.condition_panel, name="condition-panel"),
    path("trail/", trail.trail, name="trail"),
]
