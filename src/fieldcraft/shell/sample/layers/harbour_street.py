"""Harbour Street: keyworkers among tower blocks, who agree in twos."""

from fieldcraft.shell.sample.steps import (
    Adaptation,
    Aside,
    Copied,
    Declined,
    Note,
    Own,
    Remark,
    Revised,
    Step,
    Withdrawn,
)

AMINA, DEE, WENDELL = "Amina Yusuf", "Dee Okafor", "Wendell Clarke"

_HELD: tuple[Step, ...] = (
    Note(
        "The weekly team meeting",
        "Ours is on Thursday at ten, in the back room. Whoever comes first puts the kettle on.",
        by=DEE,
        yes=AMINA,
    ),
    Note(
        "Small useful things",
        "The number 14 bus stops running at seven. We keep six day tickets in the top drawer; sign one out.",
        "Find out when the bus goes.",
        by=DEE,
        yes=WENDELL,
    ),
    Own(
        "The back stairs",
        "Half of our work begins on the back stairs of the tower blocks. Nobody has invited us there, and nobody has sent us "
        "away. Stand two steps below the person, so that they can leave upwards. Do not write there. If others come by, talk "
        "about the weather.\n\n"
        "Keep it short. Say who you are, say one thing that you could do, and ask where they would rather talk. A place that "
        "they name is the first thing they have decided about us.\n\n"
        "What must not be overheard waits for that place. If somebody may be in danger, it does not wait: "
        "[[When you are worried about someone]].",
        ("first contact",),
        by=DEE,
        yes=AMINA,
        reason="Every new colleague asked, and each of us told it differently.",
    ),
    Note(
        "Turning up again",
        "The card goes under the door, not through the flap; half of the flaps in the tower blocks are nailed up.",
        "Put a handwritten card through it",
        by=WENDELL,
        yes=DEE,
    ),
    Note(
        "Sharing information",
        "For the liaison worker's number and the form, ask Amina. The form takes four minutes.",
        by=AMINA,
        yes=DEE,
    ),
    Own(
        "Two of us after dark",
        "From October to March nobody goes into the tower blocks alone after five. Put your name beside a colleague's on "
        "the board before noon; if there is nobody left, the visit moves to the morning, and you say so to the family.\n\n"
        "Waiting in the car is not being two. See [[Joint visits]] for what the second one is there for.\n\n"
        "If somebody's life may be in danger, the emergency number does not wait for a second worker, and neither does the "
        "safeguarding procedure.",
        ("safety", "team"),
        by=AMINA,
        yes=WENDELL,
        reason="Two of us felt unsafe last winter, and each had thought that the others minded less.",
    ),
    Aside(
        "Working with the police and courts",
        by=AMINA,
        yes=DEE,
        reason="Our organisation has a liaison worker who does this; ring her first. If somebody is in danger this minute, say "
        "what is needed to protect them, and ring her afterwards.",
    ),
    Adaptation(
        "The two-visit rule",
        (
            (
                "A form filled, a lift given, a phone call made with them listening.",
                "A form filled, a lift given, a phone call made with them listening. In our streets the first contact is often "
                "on [[The back stairs]], and that is not a visit yet. We begin to count when we have sat down somewhere together.",
            ),
            (
                "[[Small useful things]] has a list.",
                "[[Small useful things]] has a list, and the day tickets are in the top drawer.",
            ),
            (
                "do with them, unless today is a day when they cannot.",
                "do with them, unless today is a day when they cannot. Before you go, ask: “Was this worth your time?” If the answer "
                "is no, thank them and change one thing.",
            ),
        ),
        by=AMINA,
        yes=DEE,
        reason="The first contact here is seldom a visit; counting it made us hurry.",
        pole="local_practice",
    ),
    Revised(
        "The two-visit rule",
        (
            (
                "We begin to count when we have sat down somewhere together.",
                "We begin to count when we have stayed for a while in a place that they chose, standing up if need be.",
            ),
        ),
        by=DEE,
        yes=WENDELL,
        reason="Not everybody has a chair to offer. What matters is that they chose the place.",
        pole="local_practice",
        after=Remark(
            "The two-visit rule",
            "I have had two good beginnings beside the bins this month. “Sat down” makes me wait for a chair that nobody offers.",
            passage="We begin to count when we have sat down somewhere together.",
            by=WENDELL,
            replies=((AMINA, "I wrote that, and I was thinking of kitchens. Dee, would you find the words?"),),
        ),
    ),
    Adaptation(
        "Joint visits",
        (
            (
                "Where your organisation says that a visit is made by two, it is made by two or put off.",
                "Where your organisation says that a visit is made by two, it is made by two or put off. With us that is every "
                "visit to the tower blocks in the dark: [[Two of us after dark]].",
            ),
            (
                "For some people two strangers on the sofa are one too many, and a walk works better.",
                "For some people two strangers on the sofa are one too many, and a walk along the quay works better.",
            ),
            (
                "If either of you says \"I think we left the lights on\", you both get up.",
                "If either of you says \"I think we left the lights on\", you both get up, and nobody asks why before you are in "
                "the street.",
            ),
        ),
        by=WENDELL,
        yes=AMINA,
        reason="We quarrelled on a landing about whether it was time to go. That must not happen again.",
        pole="local_practice",
    ),
    Adaptation(
        "Meetings the person would recognise",
        (
            (
                "Meet the person for a quarter of an hour the day before.",
                "Meet the person for a quarter of an hour the day before, in the launderette or on the stairs.",
            ),
            (
                "Stop after forty minutes, even if the list is longer.",
                "Stop after forty minutes, even if the list is longer, and walk home with whoever would like that.",
            ),
        ),
        by=WENDELL,
        yes=DEE,
        reason="In the tower blocks nobody has a quiet room, and the way home is where people say what they thought of it.",
        pole="local_practice",
    ),
    Adaptation(
        "Who does what, in the family's words",
        (
            (
                "Put a date on it and look at it again when anything begins or ends.",
                "Put a date on it, as large as the title, and look at it again when anything begins or ends.",
            ),
        ),
        by=DEE,
        yes=WENDELL,
        reason="We found three tables in one kitchen, and nobody could say which was the newest.",
        pole="local_practice",
    ),
    Adaptation(
        "When services pull apart",
        (
            (
                "After the second one, bring the two together, on the phone if need be,",
                "After the second one, bring the two together in the family's kitchen, or on the phone if need be,",
            ),
        ),
        by=AMINA,
        yes=WENDELL,
        reason="Two who have sat at one table are slower to write letters about each other.",
        pole="local_practice",
    ),
    Adaptation(
        "The phone call before the referral",
        (("Ring before you write.", "Ring before you write, and ring from the car, before it has become a form."),),
        by=WENDELL,
        yes=AMINA,
        reason="Back at the desk I never ring.",
        pole="local_practice",
    ),
    Copied(
        "Crisis at the kitchen table",
        "Elm House manual",
        by=WENDELL,
        yes=DEE,
        reason="On a joint visit Hassan did this in front of me. We have kitchens too.",
    ),
)  # fmt: skip

_ANSWERED: tuple[Step, ...] = (
    Declined(
        Aside(
            "Observing each other",
            by=WENDELL,
            reason="We have said for a year that we would do this, and have never got round to it.",
        ),
        by=DEE,
        reason="Thank you for saying it aloud. I think it is the rota that gets in the way and not the page: both times we tried, "
        "one of us was called out. Come along with me on one visit in June. If it is no use then, I will say yes.",
    ),
    Withdrawn(
        Adaptation(
            "The first meeting",
            (
                (
                    "2. Let them choose the place and the chair.",
                    "2. Let them choose the place and the chair. In the tower blocks, offer the launderette.",
                ),
            ),
            by=AMINA,
            reason="Many would rather not have us at home the first time.",
        ),
        reason="Only one line of this is about us. A note will do, and then we go on reading the core's page as it gets better.",
    ),
    Note(
        "The first meeting",
        "In the tower blocks the place they choose is often the launderette. It is warm and it has two doors. Sit where you can "
        "both see one.",
        "Let them choose the place and the chair.",
        by=AMINA,
        yes=WENDELL,
    ),
)

_WAITING: tuple[Step, ...] = (
    Adaptation(
        "Missed visits",
        (
            (
                "Text the same day, warmly and without a lesson.",
                "Text the same day, warmly and without a lesson, and go by within three days.",
            ),
            (
                "no money on the meter, a child with a cough, a court letter that morning.",
                "no money on the meter, a child with a cough, the lift out of order again.",
            ),
            (
                "If you think that life may be in danger behind that door, call the emergency number.",
                "If you think that life may be in danger behind that door, call the emergency number. After dark we go up in "
                "twos; but where there is danger the call comes first, and does not wait until a second worker is found.",
            ),
            (
                "After the third in a row, bring it to the meeting,",
                "After the second in a row, bring it to the meeting,",
            ),
        ),
        by=DEE,
        reason="Two of us felt unsafe last winter, and three weeks of waiting for a third missed visit were too long.",
        pole="local_practice",
    ),
    Revised(
        "The weekly team meeting",
        (
            (
                "Ours is on Thursday at ten, in the back room.",
                "Ours is on Thursday at half past nine, in the back room, so that nobody has to leave before the page of the "
                "manual.",
            ),
        ),
        by=WENDELL,
        reason="Since the winter two of us have gone at half past ten to be at a door by eleven.",
        pole="local_practice",
    ),
    Remark(
        "Sharing information",
        "After five I get stuck here. The liaison worker has gone home, and I do not know who decides in the evening. Sam, could "
        "you find out whom we ask, so that we can put it into our note?",
        passage="Who in my organisation can I ask in the next hour?",
        by=WENDELL,
        replies=(
            (AMINA, "On Sunday it was the same for me. Until Sam knows: where there is danger, ring the duty desk; do not wait for the form."),
        ),
    ),
    Remark(
        "The back stairs",
        "I used this on Tuesday, and it held. What I missed is a sentence for the moment when a neighbour asks who we are. What do "
        "you say?",
        by=DEE,
    ),
)  # fmt: skip

HARBOUR_STREET = (*_HELD, *_ANSWERED, *_WAITING)
