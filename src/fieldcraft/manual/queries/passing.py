"""To whom a remark can be passed on, and what became of it there."""

from fieldcraft.manual.models import Kind, Manual, Remark
from fieldcraft.manual.queries.resolve import Stack


def places_to_pass_on(stack: Stack, remark: Remark) -> list[Manual]:
    """The manuals below that have the page and were not told yet, the core first; one query."""
    told = set(Remark.objects.filter(passed_from=remark).values_list("manual_id", flat=True))
    below = [
        manual
        for manual, layer in zip(stack.manuals[1:], stack.layers[1:], strict=True)
        if remark.page_id in layer.covers and manual.pk not in told
    ]
    return sorted(below, key=lambda manual: manual.kind != Kind.CORE)


def passed_on(remark: Remark) -> list[Remark]:
    """What it became in the manuals below, for those who may see the remark itself; oldest first."""
    return list(remark.passed_on.select_related("manual").order_by("id"))
