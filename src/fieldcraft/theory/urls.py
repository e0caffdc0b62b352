"""Where the theory room answers."""

from django.urls import URLPattern, URLResolver, path, register_converter

from fieldcraft.theory.models import Kind
from fieldcraft.theory.views import (
    claim,
    claims,
    evidence,
    picture,
    psychology,
    purposes,
    purposes_keeping,
    purposes_offering,
    releases,
)


class KindInAddress:
    """The two things that an organisation states, by the words in their addresses."""

    regex = "theory|psychology"

    def to_python(self, value: str) -> Kind:
        return Kind.PSYCHOLOGY if value == "psychology" else Kind.LEARNING

    def to_url(self, value: str) -> str:
        return "psychology" if value == Kind.PSYCHOLOGY else "theory"


register_converter(KindInAddress, "kind")

app_name = "theory"
urlpatterns: list[URLPattern | URLResolver] = [
    path("psychology/<slug:key>/", psychology.psychology_why, name="psychology-why"),
    path("teams/<uuid:team_id>/picture/", releases.team_picture, name="team-picture"),
    path("organisations/<slug:slug>/ledger/", releases.ledger_page, name="ledger"),
    path("organisations/<slug:slug>/ledger/least/", releases.thresholds, name="thresholds"),
    path("organisations/<slug:slug>/tests/", evidence.test_list, name="test-list"),
    path("organisations/<slug:slug>/claims/<uuid:claim_id>/test/", evidence.claim_test, name="claim-test"),
    path("offering/", purposes_offering.offering, name="offering"),
    path("offering/<uuid:invitation_id>/", purposes_offering.offering_make, name="offering-make"),
    path("organisations/<slug:slug>/purposes/", purposes.purpose_map_page, name="purpose-map"),
    path("organisations/<slug:slug>/purposes/panel/", purposes.purpose_panel, name="purpose-panel"),
    path("organisations/<slug:slug>/purposes/ask/", purposes_keeping.invitation_make, name="invitation-make"),
    path("conditions/<uuid:condition_id>/purposes/", purposes.condition_purposes, name="condition-purposes"),
    path("invitations/<uuid:invitation_id>/", purposes.invitation_page, name="invitation"),
    path("invitations/<uuid:invitation_id>/wall/", purposes.purpose_wall, name="purpose-wall"),
    path("invitations/<uuid:invitation_id>/others/", purposes.purpose_rest, name="purpose-rest"),
    path("invitations/<uuid:invitation_id>/themes/<uuid:theme_id>/", purposes.purpose_theme, name="purpose-theme"),
    path("invitations/<uuid:invitation_id>/sort/", purposes_keeping.purpose_sort, name="purpose-sort"),
    path("invitations/<uuid:invitation_id>/in-the-way/", purposes_keeping.purpose_point, name="purpose-point"),
    path("invitations/<uuid:invitation_id>/answer/", purposes_keeping.invitation_answer, name="invitation-answer"),
    path("organisations/<slug:slug>/stated/", claims.stated_panel, name="stated-panel"),
    path("organisations/<slug:slug>/theory/picture/", picture.picture, name="picture"),
    path("organisations/<slug:slug>/theory/picture/file/", picture.picture_file, name="picture-file"),
    path("organisations/<slug:slug>/theory/picture/move/", picture.picture_move, name="picture-move"),
    path("organisations/<slug:slug>/theory/loops/name/", picture.loop_name, name="loop-name"),
    path("organisations/<slug:slug>/psychology/offered/<slug:key>/", psychology.switch, name="switch"),
    path("organisations/<slug:slug>/<kind:kind>/", claims.theory, name="theory"),
    path("organisations/<slug:slug>/<kind:kind>/start/", claims.theory_start, name="theory-start"),
    path("organisations/<slug:slug>/<kind:kind>/add/", claims.claim_add, name="claim-add"),
    path("organisations/<slug:slug>/<kind:kind>/history/", claims.theory_history, name="theory-history"),
    path("organisations/<slug:slug>/<kind:kind>/compare/", claims.theory_compare, name="theory-compare"),
    path("organisations/<slug:slug>/claims/<uuid:claim_id>/", claim.claim, name="claim"),
    path("organisations/<slug:slug>/claims/<uuid:claim_id>/change/", claim.claim_change, name="claim-change"),
    path("organisations/<slug:slug>/claims/<uuid:claim_id>/drop/", claim.claim_drop, name="claim-drop"),
    path("organisations/<slug:slug>/claims/<uuid:claim_id>/compare/", claim.claim_compare, name="claim-compare"),
    path("organisations/<slug:slug>/claims/<uuid:claim_id>/challenge/", claim.claim_challenge, name="claim-challenge"),
    path("organisations/<slug:slug>/challenges/<uuid:challenge_id>/", claim.challenge, name="challenge"),
]
