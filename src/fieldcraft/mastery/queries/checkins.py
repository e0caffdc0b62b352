"""How the week was: what is asked this week, what was answered, and what the weeks look like from further away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from json import dumps
from uuid import UUID

from django.utils import timezone

from fieldcraft.errors import NotFound
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Answer, CheckIn, Event
from fieldcraft.measures.queries.asked import Asked, Question, open_pack
from fieldcraft.measures.queries.packs import OWN_WEEK, in_my_language, pack_named
from fieldcraft.people.access import Actor

A_MONTH = timedelta(weeks=4)


def this_week() -> date:
    """The Monday of the week that is now where the reader is."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


def state_of(answers: Mapping[str, int], line: str) -> str:
    """What somebody who looks at a check-in has before them; another state means that something came in between."""
    return sha256(dumps([sorted(answers.items()), line]).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Asking:
    """What is put to the actor this week.

    questions: with those that are asked once a month only when a month has passed.
    answers, line: what they said this week already. seen: the state of that, "" when they have not been here yet.
    rests_until: the first day on which it is asked again, for what is asked less often than every week; None when now.
    """

    asked: Asked
    week: date
    questions: tuple[Question, ...]
    answers: Mapping[str, int]
    line: str
    seen: str
    rests_until: date | None = None


def asking(actor: Actor, pack_id: str = OWN_WEEK) -> Asking:
    """What a pack asks the actor this week; at most four queries. Raises NotFound for one that is not open to them."""
    asked, week = open_pack(actor, pack_id), this_week()
    mine = policy.mine(actor, CheckIn).filter(pack=pack_id)
    now = mine.filter(week=week).first()
    answers = answers_of(now)
    rests = None
    if now is None and asked.pack.interval_days > 7:
        last = mine.order_by("-week").values_list("week", flat=True).first()
        again = last + timedelta(days=asked.pack.interval_days) if last else week
        rests = again if again > timezone.localdate() else None
    line = now.line if now else ""
    seen = state_of(answers, line) if now else ""
    return Asking(asked, week, _due(actor, asked, week), answers, line, seen, rests)


def answers_of(checkin: CheckIn | None) -> dict[str, int]:
    """What was answered, by item; nothing where nothing was."""
    return dict(checkin.answers.values_list("item", "value")) if checkin else {}


def _due(actor: Actor, asked: Asked, week: date) -> tuple[Question, ...]:
    """Every question but those of a month that were answered in another week of the last four."""
    monthly = [question.key for question in asked.questions if question.is_monthly]
    if not monthly:
        return asked.questions
    lately = policy.mine(actor, Answer).filter(
        checkin__pack=asked.pack.id, checkin__week__gt=week - A_MONTH, checkin__week__lt=week, item__in=monthly
    )
    answered = set(lately.values_list("item", flat=True))
    return tuple(question for question in asked.questions if question.key not in answered)


def home_weeks(actor: Actor) -> dict[str, object]:
    """What the first screen of the compass shows of this: whether there are weeks, and one for this week; one query."""
    last = policy.mine(actor, CheckIn).filter(pack=OWN_WEEK).order_by("-week").values_list("week", flat=True).first()
    return {"has_weeks": last is not None, "has_this_week": last == this_week()}


def is_kept_this_week(actor: Actor, pack_id: str) -> bool:
    """Whether something was kept this week."""
    return policy.mine(actor, CheckIn).filter(pack=pack_id, week=this_week()).exists()


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence with what was answered to it. key: of the item."""

    key: str
    text: str
    value: int


@dataclass(frozen=True, slots=True)
class WeekAsRead:
    """One check-in as its owner reads it again. low_end, high_end: what the lowest and the highest answer say."""

    checkin: CheckIn
    title: str
    said: tuple[Said, ...]
    low: int
    high: int
    low_end: str
    high_end: str
    is_this_week: bool
    is_weekly: bool


def week_as_read(actor: Actor, checkin_id: UUID) -> WeekAsRead:
    """One check-in of the actor, in the words of its own version. Raises NotFound."""
    checkin = policy.mine(actor, CheckIn).filter(pk=checkin_id).first()
    if checkin is None:
        raise NotFound()
    pack = pack_named(checkin.pack, checkin.pack_version)
    texts = {item.key: in_my_language(item.text) for item in pack.items}
    ends = in_my_language(pack.low_end), in_my_language(pack.high_end)
    if pack.needs_permission:
        texts, ends = _licensed(actor, checkin.pack, texts)
    answers = answers_of(checkin)
    said = tuple(Said(key, text, answers[key]) for key, text in texts.items() if key in answers)
    return WeekAsRead(
        checkin,
        in_my_language(pack.title),
        said,
        pack.low,
        pack.high,
        *ends,
        is_this_week=checkin.week == this_week(),
        is_weekly=checkin.pack == OWN_WEEK,
    )


def _licensed(actor: Actor, pack_id: str, texts: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, str]]:
    """The wording of the organisation's own copy; bare numbers once the instrument is closed."""
    try:
        asked = open_pack(actor, pack_id)
    except NotFound:
        return {key: f"{number}." for number, key in enumerate(texts, start=1)}, ("", "")
    return {question.key: question.text for question in asked.questions}, (asked.low_end, asked.high_end)


def event_of_mine(actor: Actor, event_id: UUID) -> Event:
    """One thing the actor pinned to their weeks. Raises NotFound."""
    event = policy.mine(actor, Event).filter(pk=event_id).first()
    if event is None:
        raise NotFound()
    return event


def latest_checkin(actor: Actor) -> CheckIn | None:
    """The actor's latest check-in of a week, which their note about the pictures belongs to."""
    return policy.mine(actor, CheckIn).filter(pack=OWN_WEEK).order_by("-week").first()
