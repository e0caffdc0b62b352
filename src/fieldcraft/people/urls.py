"""Where the people room answers."""

from django.urls import URLPattern, URLResolver, path

from fieldcraft.people.views import joining, teams

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", teams.me, name="me"),
    path("teams/", teams.team_list, name="team-list"),
    path("organisations/<slug:slug>/", teams.organisation, name="organisation"),
    path("teams/<uuid:team_id>/", teams.team, name="team"),
    path("memberships/<uuid:membership_id>/end/", teams.membership_end, name="membership-end"),
    path("memberships/<uuid:membership_id>/role/", teams.membership_role, name="membership-role"),
    path("invitations/<uuid:invitation_id>/withdraw/", teams.invitation_withdraw, name="invitation-withdraw"),
    path("join/<str:key>/", joining.join, name="join"),
    path("set-up/", joining.set_up, name="set-up"),
]
