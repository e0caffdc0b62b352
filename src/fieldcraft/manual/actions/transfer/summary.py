"""A plan as plain values, so that it can be kept, shown and looked at again before it is carried out."""

from typing import Any

from fieldcraft.manual.actions.transfer.plan import Doing, Plan, Planned

SHOWN = 500
_TELLING = (
    Doing.OWN_WORDS,
    Doing.OWN_OVER_BELOW,
    Doing.SET_ASIDE,
    Doing.ADD,
    Doing.REVISE,
    Doing.ADAPT,
    Doing.SAME,
    Doing.SAME_AS_BELOW,
)


def summary_of(plan: Plan) -> dict[str, Any]:
    """What the plan page shows: counts of all, and of each kind of line the first 500.

    notes, notes_there: how many local notes come, and are there already. notes_left: titles of the pages that they want.
    ours: [edition, title, doing] of pages that people here decided on; those beyond the first 500 cannot be chosen.
    set_aside: titles of pages that are not used where the file comes from.
    pages: [title, doing]. inferred: [title, title below, how alike 0–1]. losses: [title, [[kind, count, example]]].
    """
    ordered = sorted(plan.pages, key=lambda page: _TELLING.index(page.doing))
    return {
        "counts": dict(plan.counts),
        "total": len(plan.pages),
        "pages": [[page.document.title, page.doing.value] for page in ordered[:SHOWN]],
        "ours": [[str(page.edition_id), page.document.title, page.doing.value] for page in plan.ours][:SHOWN],
        "inferred": [_inferred(page) for page in plan.pages if page.base][:SHOWN],
        "set_aside": [each.title for each in plan.library.set_aside][:SHOWN],
        "losses": [_losses(page) for page in plan.pages if page.document.losses][:SHOWN],
        "skipped": len(plan.library.skipped),
        "files": len(plan.library.attachments),
        "notes": sum(note.comes for note in plan.notes),
        "notes_there": sum(note.is_there for note in plan.notes),
        "notes_left": [note.note.title for note in plan.notes if note.beside is None][:SHOWN],
    }


def _inferred(page: Planned) -> list[Any]:
    return [page.document.title, page.below.title if page.below else "", page.base[1] if page.base else 0]


def _losses(page: Planned) -> list[Any]:
    return [page.document.title, [[loss.kind.value, loss.count, loss.example] for loss in page.document.losses]]
