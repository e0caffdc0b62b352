"""Mill Lane: young people who leave care for a flat of their own; one yes is enough here."""

from fieldcraft.shell.sample.steps import Adaptation, ChangedBack, Note, Own, Remark, Revised, Step

KOFI, ROSA, TOM = "Kofi Mensah", "Rosa Lindgren", "Tom Hallett"

_HELD: tuple[Step, ...] = (
    Note(
        "Ending well",
        "For our young people leaving care, the flat is the ending. We come once after the move, with bread and salt.",
        by=TOM,
    ),
    Note(
        "Working with schools",
        "The college wants the letter from us before the first week, not after the first missed day. Rosa has a good one.",
        by=TOM,
    ),
    Own(
        "Chosen family",
        "Most of our young people have left the family they were born into, or were taken from it. Ask who counts now: somebody "
        "they were in care with, a foster mother of long ago, the man at the corner shop who keeps the parcels. Ask what each "
        "of them may know, one thing at a time.\n\n"
        "Invite them as you would invite a family. They have often been told that they are nobody's relative, and are early, and "
        "bring something.\n\n"
        "## When one of them is the danger\n\n"
        "Somebody who was kind first may want something for it later: money, the key, a favour. Do not ask about it while that "
        "person may hear, now or later. See the young person alone and follow the safeguarding procedure. "
        "[[When you are worried about someone]] has the words.\n\n"
        "[[Working with families and friends]] stays the page for everything else.",
        ("family", "network"),
        by=ROSA,
        reason="The core's page begins with a mother in the next room. Ours are seldom there.",
    ),
    Own(
        "The first night in a flat",
        "A lamp, a kettle, a lock that works, and somebody who rings at nine. The rest can wait.\n\n"
        "The first night is quiet in a way that few of them have ever heard. Say so beforehand. Agree whom they may ring when it "
        "is too quiet, and let them ring that person once while you are still there.\n\n"
        "Do not come in the morning to see whether it is tidy. Come to have breakfast.",
        ("planning",),
        by=TOM,
    ),
    Adaptation(
        "Plans on one page",
        (
            ("Four boxes are enough:", "Four boxes are enough, and a fifth for the flat:"),
            (
                "| **Who does what by when** | **What we do if it goes wrong** |",
                "| **Who does what by when** | **What we do if it goes wrong** |\n"
                "| **The flat: landlord, meter, spare key, and whom to ring about each** | |",
            ),
            (
                "Write it with them, in their words, on paper, at the table. Take a photograph and leave the paper.",
                "Write it with them, in their words, at the table, on the back of the tenancy folder, because that is the one paper "
                "nobody throws away. Take a photograph and leave the folder.",
            ),
            (
                "A mother wants him out of bed and he wants her out of his room.",
                "The landlord wants quiet after ten and she wants her friends round.",
            ),
        ),
        by=TOM,
        reason="Plans on loose paper were lost in every move.",
        pole="local_practice",
    ),
    Revised(
        "Plans on one page",
        (("on the back of the tenancy folder,", "inside the cover of the tenancy folder,"),),
        by=KOFI,
        reason="The back of the folder is where the letters get stapled.",
        pole="local_practice",
        after=Remark(
            "Plans on one page",
            "Twice this month the plan was under a pile of letters from the council, stapled on top of it. The folder is right. Is the "
            "back the right side of it?",
            passage="on the back of the tenancy folder",
            by=ROSA,
            replies=((TOM, "Inside the cover, then? Nothing is ever stapled there."),),
        ),
    ),
    Adaptation(
        "Handover that helps",
        (
            (
                "If possible do it in the same room as the person, and let them correct you.",
                "We do it in the flat, with the young person, and they speak first.",
            ),
            (
                "- What matters to them today\n- What we promised\n- What we are worried about, and the plan if it comes",
                "- What matters to me today, in their own words\n- What I was promised\n- What I would like the new one to know\n"
                "- What we are worried about, and the plan if it comes",
            ),
            (
                "Said aloud at a kitchen table, with the young man listening, it may sound like this:",
                "The first three are theirs. Then the one who is leaving adds the rest, and says it to the young person and not to the "
                "colleague. It may sound like this:",
            ),
            (
                "Then it is his turn. What would he like Priya to know?",
                "Then it is his turn again. Is there anything that Priya should hear and that nobody has said?",
            ),
            (
                "A handover is finished when the new person has repeated it.",
                "A handover is finished when the new person has repeated it to the young person.",
            ),
        ),
        by=ROSA,
        reason="Young people told us that they heard of a change of worker from the timetable.",
        pole="local_practice",
    ),
    Revised(
        "Handover that helps",
        (
            (
                "We do it in the flat, with the young person, and they speak first.",
                "We send the young person our list two days before. Then we do it in the flat, and they speak first.",
            ),
        ),
        by=KOFI,
        reason="So that nobody hears for the first time, in front of somebody new, what we are worried about.",
        pole="local_practice",
    ),
    ChangedBack(
        "Handover that helps",
        by=ROSA,
        reason="We tried the list for six weeks. On paper it read like a report about them, and they came to defend themselves. "
        "Kofi's point stands; we now tell them our worry on the visit before, aloud.",
        pole="local_practice",
    ),
)  # fmt: skip

_NOTICED: tuple[Step, ...] = (
    Remark(
        "Ending well",
        "We tell everybody “you can always ring”, and after the file is closed that is not so. What can each of us honestly "
        "promise, and for how long?",
        passage="Leave a way back, and say honestly how long it is open.",
        by=KOFI,
        replies=(
            (ROSA, "Three months is what our rota could bear. Let us take it to the meeting, so that we all say the same."),
        ),
        passed_on=(
            ROSA,
            "Young people hear “always” where we mean “for a while”. Could the page say that a way back needs a length, and that "
            "the team agrees on one before anybody promises it?",
        ),
    ),
    Remark(
        "The first night in a flat",
        "It helps. I should like to add what to leave in the fridge; but then it turns into a shopping list. What do you think, Rosa?",
        by=TOM,
    ),
    Remark(
        "Working with families and friends",
        "Should we set this page aside, now that we have our own on chosen family?",
        by=KOFI,
        answered=(
            ROSA,
            "I thought of it. But what it says about danger at home is just as true for ours, so it stays, and our page leads to it.",
        ),
    ),
)  # fmt: skip

MILL_LANE = (*_HELD, *_NOTICED)
