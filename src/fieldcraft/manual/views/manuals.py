"""A manual as a whole: its contents, index, changes, search, and what it is built on."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import FieldcraftError, NotAllowed
from fieldcraft.manual import policy
from fieldcraft.manual.actions.manuals import ask_first, build_on, open_to, start_manual, stop_building_on
from fieldcraft.manual.actions.remarks import switch_suggestions
from fieldcraft.manual.forms import AudienceForm, BuildOnForm, StartForm, SuggestionsForm
from fieldcraft.manual.models import Audience
from fieldcraft.manual.queries.changes import Change, changed_lately
from fieldcraft.manual.queries.contents import Node, contents
from fieldcraft.manual.queries.neighbours import new_to_us
from fieldcraft.manual.queries.notes_left import held_left
from fieldcraft.manual.queries.pages import keepers_for, manual_named, manuals_to_read, stacks_to_read
from fieldcraft.manual.queries.publications import gathering
from fieldcraft.manual.queries.reading import page_url, pages_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.queries.search import search
from fieldcraft.manual.queries.steps import moved_on, state_of_steps
from fieldcraft.manual.queries.transfer import count_inferred
from fieldcraft.manual.views.asked import is_known, stack_or_404, tag_of, with_tag
from fieldcraft.manual.views.feeds import own_key
from fieldcraft.people.access import ActorRequest

OPEN_TREE, WHOLE_TREE = 120, 300  # a longer tree begins closed; a still longer one is a page for each section
SHOWN_STEPS = 5


def manual_list(request: ActorRequest) -> HttpResponse:
    """The manuals this reader may open."""
    context = {"manuals": manuals_to_read(request.actor), "may_start": bool(keepers_for(request.actor))}
    return render(request, "manual/manual_list.html", context)


def manual_start(request: ActorRequest) -> HttpResponse:
    """Begin a manual for a team or an organisation."""
    keepers = {
        str(team or organisation): (organisation, team, name) for organisation, team, name in keepers_for(request.actor)
    }
    if not keepers:
        raise NotAllowed(_("Beginning a manual is for leads, editors and administrators. Ask one of them."))
    choices = [(key, name) for key, (_organisation, _team, name) in keepers.items()]
    form = StartForm(request.POST or None, keepers=choices, manuals=manuals_to_read(request.actor))
    if request.method == "POST" and form.is_valid():
        organisation, team, _name = keepers[form.cleaned_data["keeper"]]
        below = [manual for slug in form.cleaned_data["built_on"] if (manual := manual_named(slug))]
        made = start_manual(
            actor=request.actor,
            organisation_id=organisation,
            team_id=team,
            title=form.cleaned_data["title"],
            built_on=below,
        )
        return redirect("manual:contents", made.slug)
    return render(request, "manual/manual_start.html", {"form": form}, status=400 if form.errors else 200)


def contents_page(request: ActorRequest, slug: str) -> HttpResponse:
    """The contents, whole or by section."""
    stack = stack_or_404(request.actor, slug)
    is_house = policy.is_of_the_house(request.actor, stack.manual)
    steps = moved_on([stack], timezone.localdate()) if is_house else []
    tag = tag_of(request, stack, state_of_steps(steps))
    if is_known(request, tag):
        return with_tag(HttpResponse(status=304), tag)
    found = contents(stack)
    write = policy.can_write(request.actor, stack.manual)
    root = found.root
    path = [part for part in request.GET.get("section", "").split("/") if part]
    node = _at(root, path)
    context = {
        "stack": stack,
        "manual": stack.manual,
        "node": node,
        "path": path,
        "is_top": node is root,
        "shown": node.children[:WHOLE_TREE],
        "is_whole": node.count <= WHOLE_TREE,
        "is_open": node.count <= OPEN_TREE,
        "count": found.count,
        "aside": found.aside if node is root else (),
        "pages_url": pages_url(slug),
        "noted": stack.layers[0].notes,
        "write": write,
        "can_publish": (may_publish := policy.can_publish(request.actor, stack.manual)),
        "gathering": gathering(stack.manual) if may_publish else None,
        "notes_left": len(held_left(stack)) if write else 0,
        "may_see_remarks": policy.can_see_remarks(request.actor, stack.manual),
        "guesses": count_inferred(stack.manual) if write else 0,
        "steps": steps[:SHOWN_STEPS],
        "step_count": len(steps),
    }
    return with_tag(render(request, "manual/contents.html", context), tag)


def _at(root: Node, path: list[str]) -> Node:
    node = root
    for part in path:
        node = next((child for child in node.children if child.slug == part and child.children), node)
    return node


def index_page(request: ActorRequest, slug: str) -> HttpResponse:
    """All pages from A to Z, one letter at a time when there are many."""
    stack = stack_or_404(request.actor, slug)
    tag = tag_of(request, stack)
    if is_known(request, tag):
        return with_tag(HttpResponse(status=304), tag)
    letters = contents(stack).letters
    chosen = request.GET.get("letter", "")
    is_long = contents(stack).count > WHOLE_TREE
    shown = [row for row in letters if row[0] == (chosen or letters[0][0])] if is_long and letters else letters
    context = {
        "stack": stack,
        "manual": stack.manual,
        "letters": [letter for letter, _pages in letters],
        "shown": shown,
        "is_long": is_long,
        "pages_url": pages_url(slug),
    }
    return with_tag(render(request, "manual/index.html", context), tag)


def changes_page(request: ActorRequest, slug: str) -> HttpResponse:
    """What changed lately in what this manual's reader gets."""
    stack = stack_or_404(request.actor, slug)
    tag = tag_of(request, stack)
    if is_known(request, tag):
        return with_tag(HttpResponse(status=304), tag)
    changes = [(change, _where(stack, change)) for change in changed_lately(stack)]
    context = {"stack": stack, "manual": stack.manual, "changes": changes, "feed_key": own_key(request)}
    return with_tag(render(request, "manual/changes.html", context), tag)


def _where(stack: Stack, change: Change) -> str:
    """The page; of one that is not there any more, the text that it last had."""
    if change.held:
        return page_url(stack, change.held)
    return reverse("manual:revision", args=[stack.manual.slug, change.revision_id])


def search_page(request: ActorRequest, slug: str) -> HttpResponse:
    """Search in this manual as its reader sees it."""
    stack = stack_or_404(request.actor, slug)
    return _found(request, [stack], stack)


def search_all(request: ActorRequest) -> HttpResponse:
    """Search in every manual the reader may open."""
    return _found(request, list(stacks_to_read(request.actor)), None)


def _found(request: ActorRequest, stacks: list[Stack], stack: Stack | None) -> HttpResponse:
    text = request.GET.get("q", "")
    found = search(stacks, text)
    context: dict[str, object] = {"stack": stack, "manual": stack and stack.manual, "text": text[:400], "found": found}
    if stack is None:
        context["new_to_us"] = new_to_us(request.actor, stacks, [hit.held.page_id for hit in found.hits])
    return render(request, "manual/search.html", context)


def about(request: ActorRequest, slug: str) -> HttpResponse:
    """Who keeps the manual, what it is built on, who reads it; changed here by those who may."""
    stack = stack_or_404(request.actor, slug)
    may = policy.can_shape(request.actor, stack.manual)
    problem = ""
    if request.method == "POST":
        try:
            _shape(request, stack)
            return redirect("manual:about", slug)
        except FieldcraftError as refusal:
            problem = str(refusal)
    readable = [each for each in manuals_to_read(request.actor) if each not in stack.manuals]
    context = {
        "stack": stack,
        "manual": stack.manual,
        "built_on": stack.manuals[1:],
        "direct": set(stack.manual.inclusions.values_list("included_id", flat=True)),
        "may": may,
        "problem": problem,
        "audience_form": AudienceForm(initial={"audience": stack.manual.audience}),
        "build_on_form": BuildOnForm(manuals=readable),
        "suggestions_form": SuggestionsForm(initial={"suggestions": "yes" if stack.manual.takes_suggestions else "no"}),
    }
    return render(request, "manual/about.html", context, status=400 if problem else 200)


def _shape(request: ActorRequest, stack: Stack) -> None:
    """Which of the page's forms was sent."""
    manual = stack.manual
    if "audience" in request.POST:
        form = AudienceForm(request.POST)
        if form.is_valid():
            open_to(actor=request.actor, manual=manual, audience=Audience(form.cleaned_data["audience"]))
        return
    if "suggestions" in request.POST:
        switch_suggestions(actor=request.actor, manual=manual, are_taken=request.POST["suggestions"] == "yes")
        return
    acts = {"included": build_on, "remove": stop_building_on, "first": ask_first}
    asked, act = next(((key, act) for key, act in acts.items() if key in request.POST), ("", build_on))
    other = manual_named(request.POST.get(asked, ""))
    if other is None:
        raise FieldcraftError(_("Choose a manual from the list."))
    act(actor=request.actor, manual=manual, included=other)
