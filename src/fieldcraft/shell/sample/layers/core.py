"""What became of the core after the teams had adapted it, and what was noticed about it."""

from fieldcraft.shell.sample.steps import Gathered, GivenUp, Remark, Revised, Step, Suggestion

EDITH = "Edith Marlow"

_GATHERED = (
    Revised(
        "The two-visit rule",
        (
            (
                "If you cannot, nothing is lost. Choose the small thing for the third, with a colleague.",
                "If you cannot, nothing is lost. Choose the small thing for the third, with a colleague.\n\n"
                "Ask them at the end of the second visit what, if anything, was of use. Their answer counts, not ours.",
            ),
        ),
        by=EDITH,
        reason="Workers asked for it at the last gathering: the page told us to judge by ourselves whether we had been of use.",
        pole="local_practice",
    ),
    Revised(
        "Working with families and friends",
        (
            (
                "Speak with everyone in the first ten minutes, the quietest first.",
                "Speak with everyone in the first ten minutes, and begin with whoever is asked least at home.",
            ),
            (
                "If one member of the family is always wrong in your notes, take that to [[Ten-minute case talk]].",
                "If one member of the family is always wrong in your notes, take that to [[Ten-minute case talk]].\n\n"
                "Write down at the end who was not there and should have been asked, and ask them before the next meeting.",
            ),
        ),
        by=EDITH,
        reason="Quiet is not the same as unheard. Three teams told us that they had begun with the shy uncle and forgotten the loud sister.",
        pole="local_practice",
    ),
    Revised(
        "Safety plans",
        (
            (
                "Everybody named in the plan has read it and said yes.",
                "Everybody named in the plan has a copy, has read it, and has been asked aloud: will you be there?",
            ),
        ),
        by=EDITH,
        reason="In several reviews, people named in a plan had never seen it.",
        pole="evidence",
    ),
    Revised(
        "Plans on one page",
        (
            (
                "Nothing makes a plan more believable.",
                "Nothing makes a plan more believable. Put the date in the corner: a plan without one is believed for too long.",
            ),
        ),
        by=EDITH,
        reason="Two teams found plans from the year before last on the wall, with nobody sure whether they still held.",
        pole="local_practice",
    ),
    Revised(
        "Meetings the person would recognise",
        (
            (
                "Meet the person for a quarter of an hour the day before.",
                "Meet the person in the week before, for as long as they need.",
            ),
            (
                "Stop after forty minutes, even if the list is longer.",
                "Stop after thirty minutes, even if the list is longer.",
            ),
            (
                "No abbreviations.",
                "No abbreviations, and nobody's first name unless everybody has one.",
            ),
        ),
        by=EDITH,
        reason="People who had been to many meetings told us that they stop listening after half an hour, and why they do not ask for more.",
        pole="evidence",
    ),
    Revised(
        "Who does what, in the family's words",
        (
            (
                "Put a date on it and look at it again when anything begins or ends.",
                "Put a date on it and look at it again when anything begins or ends, and after three months even if nothing did.",
            ),
        ),
        by=EDITH,
        reason="A table that nobody had touched for a year was taken for the truth.",
        pole="local_practice",
    ),
    Revised(
        "The phone call before the referral",
        (
            (
                "Ask what makes a good referral for them, what they are tired of, and what the person could expect in the first week.",
                "Ask what makes a good referral for them, what they are tired of, and what the person could expect in the first week. If "
                "another service wants the opposite, ask what each is most afraid of; you can usually plan for both.",
            ),
        ),
        by=EDITH,
        reason="This is what was used of the page on services that pull apart.",
        pole="local_practice",
    ),
    GivenUp(
        "When services pull apart",
        by=EDITH,
        reason="Hardly anybody found it when it was needed. What was used of it stands on the page about the phone call now.",
        pole="local_practice",
    ),
    Revised(
        "Working with schools",
        (("Mornings are the hardest.", "Mornings are the hardest, and in colleges the first week is."),),
        by=EDITH,
        title="Working with schools and colleges",
        reason="Half of those who looked for it wanted to ring a college.",
        pole="local_practice",
    ),
)

_AT_ONCE: tuple[Step, ...] = (
    Revised(
        "Joint visits",
        (
            (
                "Do not use the second worker to win an argument.",
                "Do not use the second worker to win an argument, and do not let the family use one of you to win theirs.",
            ),
        ),
        by=EDITH,
        reason="Asked for by a team in which it had happened twice.",
        pole="local_practice",
    ),
    Revised(
        "Working with the police and courts",
        (
            (
                "Ask who will be with them on the way home.",
                "Ask who will be with them on the way home, and ring that evening.",
            ),
        ),
        by=EDITH,
        reason="The hearing is over at noon, and the day is not.",
        pole="local_practice",
    ),
    Revised(
        "Ten-minute case talk",
        by=EDITH,
        section=("Thinking together and manualizing",),
        reason="It is looked for beside the pages on thinking together.",
    ),
)

CORE_MOVES_ON: tuple[Step, ...] = (
    *_AT_ONCE,
    Gathered(
        "What you told us at the gathering",
        by=EDITH,
        changes=_GATHERED,
        note="Eight pages are a little different, one has gone, and none is longer than a minute's reading. Meetings may be shorter, "
        "plans carry a date, and whoever is named in a safety plan is asked aloud.\n\n"
        "If your team has a page in its own words, nothing has changed for you yet: yours stays until you decide.",
    ),
)
"""Pages that teams adapted, covered or set aside, and that are out of step from then on; of some, both changed one sentence."""

CORE_NOTICED: tuple[Step, ...] = (
    Remark(
        "Handover that helps",
        "With us the young person speaks first now, and the list comes after. It has changed what we hand over. Might that be "
        "something for every team?",
        passage="If possible do it in the same room as the person",
        by="Rosa Lindgren",
        replies=(
            (
                EDITH,
                "I should like to read your page. Use it a little longer, and then offer it with what you saw, the times it was "
                "no use included.",
            ),
        ),
    ),
    Remark(
        "If you have ten minutes",
        "I gave this page to somebody on her second day, and she asked where the rest was that she had to read. I said that "
        "this was it. Please keep it as short as it is.",
        by="Amina Yusuf",
        answered=(EDITH, "Thank you. Whenever somebody wants to add to it, I shall read them this."),
    ),
    Suggestion(
        "Safety plans",
        "On our side of the river the person at the other end of the number is often an agency nurse who has never seen the "
        "plan. Could the page say who tells the night desk that there is one?",
        passage="Ring one of the numbers together and see who answers.",
        by="Ines Ferreira",
    ),
)
