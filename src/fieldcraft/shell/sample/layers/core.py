"""What became of the core after the teams had adapted it, and what was noticed about it."""

from fieldcraft.shell.sample.steps import Remark, Revised, Step, Suggestion

EDITH = "Edith Marlow"

CORE_MOVES_ON: tuple[Step, ...] = (
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
)
"""Each of these pages is adapted by a team, which is out of step from then on; in the second, both changed one sentence."""

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
