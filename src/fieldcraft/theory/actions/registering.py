"""Registering a link's question: all that is settled before any answer is looked at, under one number that anybody can check."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.causal import verdict as rule
from fieldcraft.errors import Invalid
from fieldcraft.people.access import Actor, require
from fieldcraft.theory import policy
from fieldcraft.theory.models import Claim, ClaimText, Construct, Sign, Test
from fieldcraft.theory.queries.tests import NotYet, Step, dates_of, open_test_of, step_of, variables_of

RULE = "2026-11"
"""Which rule is judged by; a new one whenever the estimator or `engine/causal/verdict.py` changes a verdict."""
DATES = 4


@transaction.atomic
def register_test(*, actor: Actor, claim: Claim, today: date) -> Test:
    """Ask a link's question at the next four dates; what is asked cannot be changed any more, only ended."""
    organisation = claim.theory.organisation_id
    require(policy.can_keep_theory(actor, organisation))
    now = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("source", "target", "current", "theory")
        .get(pk=claim.pk)
    )
    if now.dropped_in is not None or now.current is None:
        raise Invalid(_("This is not claimed any more."))
    step = step_of(now, now.current)
    if isinstance(step, NotYet):
        raise Invalid(step.reason)
    _end_if_over(now, today)
    registered = _registered(now, now.current, step, today)
    assert actor.person_id  # who keeps a theory is signed in
    made = Test.objects.create(
        claim=now, text=now.current, registered=registered, digest=digest_of(registered), by_id=actor.person_id
    )
    record(by=actor.person_id, verb="test.registered", subject=made, organisation=organisation)
    return made


def _end_if_over(claim: Claim, today: date) -> None:
    """A question whose dates have all passed makes room for the next; one that is open does not."""
    before = open_test_of(claim)
    if before is None:
        return
    if max(dates_of(before)) > today:
        raise Invalid(_("This question is registered already. It is judged at its dates."))
    before.ended_on = today
    before.save(update_fields=["ended_on"])


def digest_of(registered: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: keys in order, no spaces, UTF-8."""
    return sha256(canonical(registered).encode()).hexdigest()


def canonical(registered: Mapping[str, Any]) -> str:
    """The text whose digest is shown."""
    return json.dumps(registered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _registered(claim: Claim, text: ClaimText, step: Step, today: date) -> dict[str, Any]:
    assert claim.source
    assert claim.target
    return {
        "claim": text.says,
        "theory_version": claim.theory.version,
        "claim_version": text.version,
        "cause": _end(claim.source),
        "outcome": _end(claim.target),
        "sign": text.sign,
        "sign_of_the_way_back": _sign_back(claim),
        "step": step.value,
        "variables": list(variables_of(claim)),
        "least": {
            "people": rule.LEAST_PEOPLE,
            "share_of_one_team_at_most": rule.MOST_OF_ONE_TEAM,
            "standard_deviation_of_the_estimate_at_most": rule.SURE_ENOUGH,
            "effect": rule.LEAST_EFFECT,
        },
        "rule": RULE,
        "registered_on": today.isoformat(),
        "dates": [day.isoformat() for day in dates_after(today)],
    }


def _end(construct: Construct) -> dict[str, str]:
    return {"name": construct.name, "measure": construct.measure}


def _sign_back(claim: Claim) -> str:
    """The sign that the theory itself gives to the way back; more where it states none."""
    back = Claim.objects.filter(
        theory=claim.theory_id, source=claim.target_id, target=claim.source_id, dropped_in=None
    ).select_related("current")
    found = back.first()
    return found.current.sign if found and found.current else Sign.MORE.value


def dates_after(today: date) -> tuple[date, ...]:
    """The next four dates of the calendar on which links are judged; never today, whose answers may be known."""
    days = (day for year in (today.year, today.year + 1) for day in rule.verdict_dates(year))
    return tuple(day for day in days if day > today)[:DATES]
