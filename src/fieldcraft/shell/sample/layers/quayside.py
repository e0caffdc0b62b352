"""Quayside: adults, a ward round and a duty desk that is awake all night; they agree in twos."""

from fieldcraft.shell.sample.steps import Adaptation, Aside, Note, Own, Remark, Revised, Step

CALLUM, INES, ZOFIA = "Callum Reid", "Ines Ferreira", "Zofia Nowak"

_HELD: tuple[Step, ...] = (
    Note(
        "Turning up again",
        "Agree with the duty desk before the fifth visit without an answer. They may know more than we do.",
        by=CALLUM,
        yes=INES,
    ),
    Note(
        "When you are worried about someone",
        "The duty desk answers day and night, and would rather be rung ten times for nothing.",
        "say it to another person the same day",
        by=INES,
        yes=CALLUM,
    ),
    Aside(
        "Working with schools",
        by=CALLUM,
        yes=ZOFIA,
        reason="We work with adults; for parents' questions we ask Elm House.",
    ),
    Own(
        "Ward round, and what we bring to it",
        "We have four minutes. Say what the person asked us to say, in their words, first. Then one thing that has changed "
        "at home, and one thing we need from the ward before the weekend. Ring the person within the hour.\n\n"
        "Ask the person the day before what they want said, and what is to be left out. If they would rather say it themselves, "
        "ask for the chair beside them and keep quiet for three of the four minutes.\n\n"
        "What has to do with danger goes first after all, in one plain sentence, and you have told the person that it will.",
        ("meeting", "network"),
        by=CALLUM,
        yes=INES,
    ),
    Revised(
        "Ward round, and what we bring to it",
        (
            (
                "Ring the person within the hour.",
                "Tell the person beforehand when you will ring, and ring then: the same day, before their supper.",
            ),
        ),
        by=ZOFIA,
        yes=INES,
        reason="A promise of an hour that we kept one time in three. A time that we can keep is worth more.",
        pole="local_practice",
        after=Remark(
            "Ward round, and what we bring to it",
            "Within the hour I am still on the stairs to the next ward. People wait beside the phone, and I ring when it is dark.",
            passage="Ring the person within the hour.",
            by=CALLUM,
            replies=((ZOFIA, "With me too. I would rather promise less."),),
        ),
    ),
    Adaptation(
        "Safety plans",
        (
            (
                "A safety plan is made with the person on a calm day, for the day that is not calm.",
                "A safety plan is made with the person on a calm day, for the day that is not calm. Whoever will be there at three in "
                "the morning is asked to the table too, if the person wants them.",
            ),
            (
                "- Whom can I be with? Whom can I ring at three in the morning?",
                "- Whom can I be with? Whom can I ring at three in the morning, and who rings me?",
            ),
            (
                "in the phone, behind the mirror, with a sister.",
                "in the phone, behind the mirror, with a sister. The duty desk has a copy, and the person knows that it has.",
            ),
        ),
        by=CALLUM,
        yes=INES,
        reason="The night staff did not know the plans.",
        pole="evidence",
    ),
    Revised(
        "Safety plans",
        (
            (
                "Look at it again after every bad night, and once in a while after a run of good ones: [[After a crisis]].",
                "Look at it again after every bad night, and on the first Monday of the month with whoever is on nights, who asks about "
                "what they could not use: [[After a crisis]].",
            ),
        ),
        by=INES,
        yes=ZOFIA,
        reason="When we went through the copies at the desk in March, a third were older than half a year.",
        pole="evidence",
    ),
    Revised(
        "Safety plans",
        (("and on the first Monday of the month with", "and in the first week of the month with"),),
        by=ZOFIA,
        yes=CALLUM,
        reason="On two Mondays running nobody from the night was awake enough to be asked anything.",
        pole="local_practice",
    ),
    Adaptation(
        "Handover that helps",
        (
            (
                "If possible do it in the same room as the person, and let them correct you.",
                "If possible do it in the same room as the person, and let them correct you. Between shifts that is seldom possible; "
                "then read your list to them before you go home, and change what they say is wrong.",
            ),
            (
                "- What I do not know\n",
                "- Who is on tonight, and whether they have met\n- What I do not know\n",
            ),
            (
                "Put danger at the top, in one plain sentence, with what has been arranged and who knows.",
                "Put danger at the top, in one plain sentence, with what has been arranged and who knows. The duty desk reads that "
                "sentence back to you.",
            ),
        ),
        by=ZOFIA,
        yes=CALLUM,
        reason="Half of our handovers are from the day to the night, and the person is not in the room.",
        pole="local_practice",
    ),
    Adaptation(
        "Ten-minute case talk",
        (
            (
                "Keep a clock on the table where all can see it.",
                "Keep a clock on the table where all can see it; the egg timer from the ward's kitchen will do.",
            ),
        ),
        by=INES,
        yes=ZOFIA,
        reason="With a telephone for a clock somebody always reads a message.",
        pole="local_practice",
    ),
)  # fmt: skip

_WAITING: tuple[Step, ...] = (
    Adaptation(
        "After a crisis",
        (
            (
                "Sleep, food, one visit, no big decisions.",
                "Sleep, food, one visit, no big decisions, and a call from the same voice each evening.",
            ),
            (
                "What happened, hour by hour, as a camera would have seen it; then what each of us thought.",
                "Or later; they say when. What happened, hour by hour, as a camera would have seen it, drawn on a long sheet; then what "
                "each of us thought.",
            ),
            (
                "The person decides whether to be part of this, when, and who else is at the table.",
                "The person decides whether to be part of this, when, and who else is at the table. At most three of us come, and one of "
                "them was on that night.",
            ),
        ),
        by=CALLUM,
        reason="Two people told us that the talk came too early, and with too many of us.",
        pole="evidence",
    ),
    Remark(
        "Safety plans",
        "When I try this from the team's phone, no number is shown, and people do not pick up. Leon, can our phones show one?",
        passage="Ring one of the numbers together and see who answers.",
        by=ZOFIA,
        replies=((INES, "Until Leon has found out, let them ring from their own phone, with you beside them."),),
    ),
    Remark(
        "Why we think people learn",
        "I look after our organisation's theory, and I should like to hear it from you before I write anything: what would make "
        "you say that this page is not true here?",
        by="Priya Nair",
        replies=((CALLUM, "Before I answer: who reads what I write here, and what will you do with it?"),),
    ),
)  # fmt: skip

QUAYSIDE = (*_HELD, *_WAITING)
