"""Elm House: whole families; everyone may read their manual and suggest something; one yes is enough here."""

from fieldcraft.shell.sample.steps import Adaptation, Note, Own, Remark, Revised, Step, Suggestion

BETHAN, HASSAN, JO = "Bethan Rees", "Hassan Mirza", "Jo Brennan"

_HELD: tuple[Step, ...] = (
    Note(
        "When someone is angry with you",
        "In the family home, find out beforehand where the second door is.",
        "Leave if you are afraid.",
        by=JO,
    ),
    Note("The weekly team meeting", "Every fourth week the page of the manual comes first. We tried it and kept it.", by=JO),
    Note("Plans on one page", "Use the roll of lining paper. Children draw their box.", "Four boxes are enough", by=BETHAN),
    Own(
        "Crisis at the kitchen table",
        "Sit where you can see the door and the kettle. Ask everybody the same question, the youngest first: what is the "
        "hardest part of today? Write the answers on one sheet, in their words.\n\n"
        "Before you ask anybody anything, look round: is one of them afraid of another? Then this is not the table for it. See "
        "people alone and follow the safeguarding procedure. **When life is in danger, call the emergency number**; the sheet "
        "can wait.\n\n"
        "End with tonight only. Who sleeps where, who rings whom, when do we come tomorrow? Read it aloud and leave the sheet.",
        ("family", "safety"),
        by=JO,
    ),
    Adaptation(
        "Working with families and friends",
        (
            (
                "Ask the person who counts as family.",
                "Ask everyone at the table who counts as family, and who is missing from it.",
            ),
            (
                "[[Sharing information]] goes further.",
                "We settle this in the first meeting, aloud, with everybody there who may hear it. [[Sharing information]] goes further.",
            ),
            (
                "Speak with everyone in the first ten minutes, the quietest first.",
                "Speak with everyone in the first ten minutes, the youngest first.",
            ),
            (
                "Write the answers in their own words where all can see.",
                "Write the answers on one sheet, in their own words, where all can see. Then ask who else would have had an answer. An "
                "empty chair may stay empty, and is asked too.",
            ),
        ),
        by=JO,
        reason="We meet whole families; the core writes about one person and their family.",
        pole="evidence",
    ),
    Revised(
        "Working with families and friends",
        (
            (
                "An empty chair may stay empty, and is asked too.",
                "If they would like it, an empty chair stands there for somebody who is missing, and is asked too.",
            ),
        ),
        by=HASSAN,
        reason="After a death the chair needs the family's yes.",
        pole="local_practice",
        after=Remark(
            "Working with families and friends",
            "The chair can be a gift. For a family who have lost somebody it can also be too much, and once it stands there nobody "
            "dares to say so.",
            passage="An empty chair may stay empty, and is asked too.",
            by=BETHAN,
            replies=((JO, "True. We should ask before we fetch it."),),
        ),
    ),
    Adaptation(
        "Joint visits",
        (
            (
                "Three workers in a small kitchen is a committee.",
                "To the first meeting with a family we always go in twos, and say so when we ring. Three workers in a small kitchen is "
                "a committee.",
            ),
            (
                "Agree between you who leads, what the other is for, and what the sign is for leaving.",
                "Agree between you who leads, who is there for the youngest, and what the sign is for leaving.",
            ),
            (
                "Take five minutes in the car before you drive.",
                "Take ten minutes in the car before you drive; the second five are for the children, who are easily left out of the "
                "first.",
            ),
        ),
        by=BETHAN,
        reason="One of us cannot listen to the parents and see the children.",
        pole="local_practice",
    ),
    Revised(
        "Joint visits",
        (("and say so when we ring.", "and say so when we ring. If the family would rather have one of us, and nothing speaks against it, one of us comes."),),
        by=JO,
        reason="“Always” was about us. Two families would have let one person in and not two.",
        pole="local_practice",
    ),
    Adaptation(
        "Meetings the person would recognise",
        (
            (
                "What they heard is what the meeting decided; the minutes are only the minutes.",
                "What they heard is what the meeting decided; the minutes are only the minutes. Ask the children the same, by themselves: "
                "they have heard another meeting.",
            ),
        ),
        by=HASSAN,
        reason="A girl of nine told us that the meeting had decided to sell her bed.",
        pole="local_practice",
    ),
    Adaptation(
        "Working with schools",
        (
            (
                "Tell them one thing that helps in lessons tomorrow, not a history.",
                "Tell them one thing that helps in lessons tomorrow, not a history. Where there are brothers and sisters, ring each "
                "school by itself.",
            ),
        ),
        by=BETHAN,
        reason="What helped one of them was read out about the other.",
        pole="local_practice",
    ),
)  # fmt: skip

_NOTICED: tuple[Step, ...] = (
    Remark(
        "When someone is angry with you",
        "In a narrow hall there is nowhere else to stand. I have begun to wait on the landing until somebody has sat down.",
        passage="never stand between a person and the door",
        by=HASSAN,
        replies=((JO, "So do I. Bethan, will you put it into our note about the second door?"),),
    ),
    Remark(
        "Crisis at the kitchen table",
        "We should read this page aloud in the meeting before the summer. I noticed that I remember the question and forget the "
        "part about looking round first.",
        by=JO,
    ),
    Suggestion(
        "Joint visits",
        "When two of you come, please tell us beforehand which one will talk with the children. They like to know it the day before. So do I.",
        passage="Tell the person that two are coming, why, and who the other one is.",
        from_name="A father",
        let_stand_by=JO,
        replies=((JO, "Thank you. That is a small thing and we can do it from this week on. I should like to see it on the page."),),
    ),
    Suggestion(
        "Crisis at the kitchen table",
        "Thank you for letting families read this. May I suggest one thing? Tell the children first that they may say “pass”. In a "
        "room full of grown-ups a question is still a question, even if it is asked kindly.",
        passage="Ask everybody the same question, the youngest first: what is the hardest part of today?",
        from_name="A grandmother",
    ),
)  # fmt: skip

ELM_HOUSE = (*_HELD, *_NOTICED)
