"""Writes a compass through the room's own actions, and puts each entry where it stands in time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_never, cast

from django.utils import timezone, translation

from fieldcraft.manual.policy import visible_remarks
from fieldcraft.manual.queries.drafts import open_drafts
from fieldcraft.manual.queries.pages import edition_of
from fieldcraft.manual.queries.resolve import Stack, stack_named
from fieldcraft.mastery.actions import compass, obstacles, practice, reflections
from fieldcraft.mastery.actions.checkins import Told, keep_checkin, note_fit, pin_event
from fieldcraft.mastery.actions.sample import date_back, say_what_it_became
from fieldcraft.mastery.actions.shares import look_at_shared, share_thing
from fieldcraft.mastery.queries.checkins import this_week
from fieldcraft.mastery.queries.compass.own import stamp
from fieldcraft.mastery.queries.compass.visions import marks
from fieldcraft.mastery.queries.practice import Cited, note_of, state_of
from fieldcraft.mastery.queries.reflections import exercise_named
from fieldcraft.mastery.queries.shares import thing_of_mine
from fieldcraft.mastery.queries.shown import as_shown
from fieldcraft.measures.queries.asked import open_pack
from fieldcraft.measures.queries.packs import OWN_WEEK
from fieldcraft.shell.sample.compasses.entries import (
    BandMoved,
    Compass,
    Direction,
    Entry,
    Happened,
    InTheWay,
    Picture,
    PictureChanged,
    Pinned,
    Reflected,
    Shared,
    SoNow,
    Tried,
    Weeks,
)
from fieldcraft.shell.sample.compasses.weeks import weeks_of

if TYPE_CHECKING:
    from fieldcraft.manual.queries.layers import Held
    from fieldcraft.people.access import Actor

_A_TICK = 0.001  # things are listed by their ids, which keep the order of making to the millisecond
_FRIDAY = 4


@dataclass(slots=True)
class Writing:
    """One person writing.

    people: everybody by name. made: what they wrote so far, by its key; what it is, only mastery knows.
    """

    actor: Actor
    people: dict[str, Actor]
    compass: Compass
    made: dict[str, Any] = field(default_factory=dict)
    purpose: Any = None

    def write(self) -> None:
        """All of it."""
        with translation.override("en"):
            for entry in self.compass.entries:
                self._put(entry)
                time.sleep(_A_TICK)
        if self.compass.weeks:
            self._weeks(self.compass.weeks)

    def _put(self, entry: Entry) -> None:  # noqa: C901 — one case for each kind of entry
        match entry:
            case Direction():
                self._direction(entry)
            case Picture():
                self._picture(entry)
            case PictureChanged():
                self._change(entry)
            case SoNow():
                seen = compass.Seen(entry.seen, entry.story, entry.wrong)
                made = compass.keep_now(actor=self.actor, vision=self.made[entry.of], seen=seen)
                date_back(actor=self.actor, thing=made, at=_moment(entry.ago))
            case BandMoved():
                self._band(entry)
            case InTheWay():
                self._in_the_way(entry)
            case Tried():
                self._tried(entry)
            case Happened():
                self._happened(entry)
            case Reflected():
                self._reflected(entry)
            case Pinned():
                pin_event(actor=self.actor, on=_moment(entry.ago).date(), words=entry.words)
            case Shared():
                self._shared(entry)
            case _:
                assert_never(entry)

    def _direction(self, entry: Direction) -> None:
        before, at = self.purpose, _moment(entry.ago)
        self.purpose = compass.begin_purpose(actor=self.actor, sentence=entry.sentence)
        date_back(actor=self.actor, thing=self.purpose, made_at=at)
        if before:
            date_back(actor=self.actor, thing=before, ended_at=at)

    def _picture(self, entry: Picture) -> None:
        now = compass.begin_vision(actor=self.actor, picture=entry.picture)
        said: dict[str, Any] = {"scope": entry.scope, "organisation_could": entry.organisation_could}
        if entry.horizon:
            said["horizon"] = timezone.localdate() + timedelta(days=entry.horizon)
        for name, value in said.items():
            now = compass.say_of_vision(actor=self.actor, vision=now, based_on=stamp(now, name), **{name: value})
        for words in entry.brings:
            is_wish, based_on = words == entry.brings[-1], stamp(now, "brings")
            now = compass.add_bring(actor=self.actor, vision=now, words=words, is_wish=is_wish, based_on=based_on)
        compass.hold_vision(actor=self.actor, vision=now, hold=cast("Any", entry.hold))
        self._keep(entry.key, now, entry.ago)

    def _change(self, entry: PictureChanged) -> None:
        now = thing_of_mine(self.actor, "vision", self.made[entry.of].pk)
        changed = compass.Changed(cast("Any", entry.kind), entry.picture, entry.why, entry.said)
        based_on = stamp(now, "picture")
        made = compass.change_vision(actor=self.actor, vision=self.made[entry.of], changed=changed, based_on=based_on)
        date_back(actor=self.actor, thing=made, at=_moment(entry.ago))

    def _band(self, entry: BandMoved) -> None:
        vision = self.made[entry.of]
        for move in entry.moves:
            end, way = move.split()
            compass.move_end(actor=self.actor, vision=vision, end=end, way=way)
        mark = marks(self.actor, vision).first()
        assert mark
        date_back(actor=self.actor, thing=mark, at=_moment(entry.ago))

    def _in_the_way(self, entry: InTheWay) -> None:
        place = (self._stack, self._held(entry.page)) if entry.page else None
        now = obstacles.name_obstacle(actor=self.actor, text=entry.text, vision=self.made.get(entry.of), place=place)
        for name in ("kind", "whose", "against"):
            value, based_on = getattr(entry, name), stamp(now, name)
            now = obstacles.say_of_obstacle(actor=self.actor, obstacle=now, based_on=based_on, **{name: value})
        self._keep(entry.key, now, entry.ago)
        if entry.gone is not None:
            obstacles.put_out_of_the_way(actor=self.actor, obstacle=now)
            date_back(actor=self.actor, thing=now, gone_at=_moment(entry.gone))

    def _tried(self, entry: Tried) -> None:
        cited, vision = self._cited(entry.page), self.made.get(entry.of)
        now = practice.keep_practice(
            actor=self.actor, what=entry.what, when=entry.when, cited=cited, vision_id=vision.pk if vision else None
        )
        self._keep(entry.key, now, entry.ago)
        if entry.ended is not None:
            practice.end_practice(actor=self.actor, practice=now)
            date_back(actor=self.actor, thing=now, ended_at=_moment(entry.ended))

    def _happened(self, entry: Happened) -> None:
        said = practice.Happened(
            entry.happened,
            entry.hunch,
            entry.surprise,
            entry.reasons,
            entry.outcome,
            Decimal(entry.hours) if entry.hours else None,
            entry.with_others,
        )
        tried = self.made[entry.tried].pk if entry.tried else None
        cited = self._cited(entry.page, is_of_former_text=entry.is_of_former_text)
        note = practice.keep_note(actor=self.actor, happened=said, cited=cited, practice_id=tried)
        if entry.followed and (kept := note_of(self.actor, note.pk)):
            seen, what = state_of(kept), entry.followed_what
            practice.say_followed(actor=self.actor, note=kept, followed=entry.followed, what=what, seen=seen)
        date_back(actor=self.actor, thing=note, made_at=_moment(entry.ago))
        self._hold_beside(entry, note)
        self._became(entry, note)

    def _hold_beside(self, entry: Happened, note: Any) -> None:
        for key, speaks_for in ((entry.speaks_for, True), (entry.speaks_against, False)):
            if key:
                beside = {"obstacle": self.made[key], "note": note, "speaks_for": speaks_for}
                held = obstacles.hold_beside(actor=self.actor, **beside)
                date_back(actor=self.actor, thing=held, at=_moment(entry.ago))

    def _became(self, entry: Happened, note: Any) -> None:
        """What this person has waiting on that page already: the sample's manual comes before its compasses."""
        if not entry.became:
            return
        page_id, manual, me = self._held(entry.page).page_id, self._stack.manual, self.actor.person_id
        drafts = open_drafts(manual) if entry.became == "draft" else ()
        remarks = visible_remarks(self.actor, manual) if entry.became == "remark" else ()
        draft = next((each for each in drafts if (each.edition.page_id, each.by_id) == (page_id, me)), None)
        remark = next((each for each in remarks if (each.page_id, each.by_id) == (page_id, me)), None)
        say_what_it_became(actor=self.actor, note=note, draft=draft, remark=remark)

    def _reflected(self, entry: Reflected) -> None:
        exercise = exercise_named(self.actor, entry.exercise) if entry.exercise else None
        prompts = exercise.prompts if exercise else ("",)
        vision, today = self.made.get(entry.of), timezone.localdate()
        now = reflections.keep_reflection(
            actor=self.actor,
            answers=list(zip(prompts, entry.answers, strict=True)),
            title=exercise.title if exercise else entry.title,
            exercise=entry.exercise,
            wakes_on=today + timedelta(days=max(entry.wakes, 1)) if entry.wakes is not None else None,
            vision_id=vision.pk if vision else None,
        )
        date_back(actor=self.actor, thing=now, made_at=_moment(entry.ago))
        if exercise and entry.later:
            later = list(zip(exercise.later, entry.later, strict=True))
            reflections.add_to_reflection(actor=self.actor, reflection=now, answers=later)
        if entry.wakes is not None:
            date_back(actor=self.actor, thing=now, wakes_on=today + timedelta(days=entry.wakes))
        if entry.wakes is not None and entry.woken:
            reflections.wake(actor=self.actor, reflection=now, words=entry.woken)
            date_back(actor=self.actor, thing=now, woken_at=_moment(-entry.wakes))

    def _shared(self, entry: Shared) -> None:
        thing, reader = thing_of_mine(self.actor, "vision", self.made[entry.of].pk), self.people[entry.reader]
        assert reader.person_id
        share = share_thing(
            actor=self.actor,
            kind="vision",
            thing_id=thing.pk,
            reader_id=reader.person_id,
            until=timezone.localdate() + timedelta(days=entry.days),
            seen=as_shown(thing).mark,
        )
        date_back(actor=self.actor, thing=share, made_at=_moment(entry.ago))
        look_at_shared(actor=reader, share_id=share.pk)
        date_back(actor=self.actor, thing=share.reads.get(), at=_moment(entry.read))

    def _weeks(self, plan: Weeks) -> None:
        asked, monday, latest = open_pack(self.actor, OWN_WEEK), this_week(), None
        for each in weeks_of(self.actor.name, plan):
            week, told = monday - timedelta(weeks=each.ago), Told(each.answers, each.line)
            latest = keep_checkin(actor=self.actor, asked=asked, week=week, told=told, seen="") or latest
            if latest:
                days = (timezone.localdate() - week).days - _FRIDAY
                date_back(actor=self.actor, thing=latest, made_at=_moment(days))
        if latest and plan.fits:
            note_fit(actor=self.actor, checkin_id=latest.pk, words=plan.fits, seen="")

    def _keep(self, key: str, thing: Any, ago: int) -> None:
        date_back(actor=self.actor, thing=thing, made_at=_moment(ago))
        self.made[key] = thing

    @property
    def _stack(self) -> Stack:
        stack = stack_named(self.compass.manual)
        if stack is None:
            raise LookupError(f"There is no manual {self.compass.manual}")
        return stack

    def _held(self, page: str) -> Held:
        held = self._stack.titled(page)
        if held is None:
            raise LookupError(f"{self.compass.manual} has no page {page}")
        return held

    def _cited(self, page: str, *, is_of_former_text: bool = False) -> Cited | None:
        if not page:
            return None
        held = self._held(page)
        former = edition_of(held).current if is_of_former_text else None
        read = former.parent_id if former else held.revision_id
        return Cited(self.compass.manual, held.page_id, read)


def _moment(ago: int) -> datetime:
    """So many days ago, or the Friday before, at some hour of a working day."""
    day = timezone.localtime() - timedelta(days=ago)
    day -= timedelta(days=max(0, day.weekday() - _FRIDAY))
    return day.replace(hour=8 + ago * 5 % 12, minute=ago * 7 % 60, second=0, microsecond=0)
