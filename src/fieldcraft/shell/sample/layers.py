"""What the sample's four teams made of the core: notes, adaptations, pages of their own, pages set aside, drafts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A local note beside a core page."""

    page: str
    body: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A team's own version; `follows` is False where the core moves on afterwards."""

    page: str
    body: str
    reason: str
    pole: str = "local_practice"
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """A page that only this team has."""

    title: str
    body: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A page the team does not use."""

    page: str
    reason: str


Made = Note | Adaptation | Own | Aside

LAYERS: dict[str, tuple[Made, ...]] = {
    "Harbour Street": (
        Note("The weekly team meeting", "Ours is on Thursday at ten, in the back room. Whoever comes first puts the kettle on."),
        Note(
            "Small useful things",
            "The number 14 bus stops running at seven. We keep six day tickets in the top drawer; sign one out.",
            "Find out when the bus goes.",
        ),
        Adaptation(
            "The two-visit rule",
            "By the end of the second visit something small has become better because we came.\n\n"
            "In our streets the first visit is often on the stairs. We count it only when we sat down somewhere together. "
            "Ask at the end: “Was this worth your time?” If the answer is no, say thank you and change one thing.\n\n"
            "See [[Small useful things]] and our own page [[The back stairs]].",
            "The first contact here is seldom a visit; counting it made us hurry.",
        ),
        Adaptation(
            "Missed visits",
            "A missed visit says something, but not what. Hold three guesses.\n\nWe text the same day and go by within three "
            "days, always two of us in the tower blocks after dark.",
            "Two of us felt unsafe last winter.",
            is_draft=True,
        ),
        Own(
            "The back stairs",
            "Half of our work begins on the back stairs of the tower blocks. Stand two steps below the person, so that they "
            "can leave upwards. Do not write there. If others come by, talk about the weather.",
            ("first contact",),
        ),
        Note(
            "Turning up again",
            "The card goes under the door, not through the flap; half of the flaps in the tower blocks are nailed up.",
            "Put a handwritten card through it",
        ),
        Note("Sharing information", "For the liaison worker's number and the form, ask Amina. The form takes four minutes."),
        Own(
            "Two of us after dark",
            "From October to March nobody goes into the tower blocks alone after five. Put your name beside a colleague's on "
            "the board before noon; if there is nobody left, the visit moves to the morning, and you say so to the family.\n\n"
            "Waiting in the car is not being two. See [[Joint visits]] for what the second one is there for.",
            ("safety", "team"),
        ),
        Aside("Working with the police and courts", "Our organisation has a liaison worker who does this; ring her first."),
    ),
    "Mill Lane": (
        Note("Ending well", "For our young people leaving care, the flat is the ending. We come once after the move, with bread and salt."),
        Adaptation(
            "Plans on one page",
            "One page, four boxes, and a fifth for the landlord's telephone number.\n\n"
            "We write it on the back of the tenancy folder, because that is the one paper nobody throws away.",
            "Plans on loose paper were lost in every move.",
        ),
        Note(
            "Working with schools",
            "The college wants the letter from us before the first week, not after the first missed day. Rosa has a good one.",
        ),
        Adaptation(
            "Handover that helps",
            "We hand over in the flat, with the young person, and they speak first.\n\n"
            "- What matters to me today\n- What I was promised\n- What I would like the new one to know\n\n"
            "Then the one who is leaving adds what they are worried about, and says it to the young person and not to the "
            "colleague. Whoever takes over repeats it. See [[Who does what, in the family's words]].",
            "Young people told us that they heard of a change of worker from the timetable.",
        ),
        Aside("Working with families and friends", "Most of our young people have left theirs. We are writing our own page about chosen family."),
        Own("The first night in a flat", "A lamp, a kettle, a lock that works, and somebody who rings at nine. The rest can wait.", ("planning",)),
    ),
    "Quayside": (
        Note("Turning up again", "Agree with the duty desk before the fifth visit without an answer. They may know more than we do."),
        Adaptation(
            "Safety plans",
            "We make it with the person on a calm day, and with whoever will be there at three in the morning.\n\n"
            "- What do I notice first?\n- What has helped?\n- Whom do I ring, and who rings me?\n\n"
            "Follow the safeguarding procedure first. **When life is in danger, call the emergency number.** "
            "The duty desk has a copy, and the person knows it.",
            "The night staff did not know the plans.",
            "evidence",
        ),
        Note(
            "When you are worried about someone",
            "The duty desk answers day and night, and would rather be rung ten times for nothing.",
            "say it to another person the same day",
        ),
        Adaptation(
            "After a crisis",
            "In the first two days: sleep, food, one visit, no big decisions, and a call from the same voice each evening.\n\n"
            "In the second week we draw the hours on a long sheet, first what could be seen, then what each of us thought. "
            "The person decides who sits at that table. The duty desk sends somebody who was on that night.",
            "Two people told us that the talk came too early, and with too many of us.",
            is_draft=True,
        ),
        Own(
            "Ward round, and what we bring to it",
            "We have four minutes. Say what the person asked us to say, in their words, first. Then one thing that has changed "
            "at home, and one thing we need from the ward before the weekend. Ring the person within the hour.",
            ("meeting", "network"),
        ),
        Aside("Working with schools", "We work with adults; for parents' questions we ask Elm House."),
    ),
    "Elm House": (
        Note("When someone is angry with you", "In the family home, find out beforehand where the second door is.", "Leave if you are afraid."),
        Adaptation(
            "Working with families and friends",
            "Everyone who lives at the table counts, and so does everyone who is missing from it.\n\n"
            "We ask each the same small question, the youngest first, and write the answers on one sheet. "
            "Then we ask who else would have had an answer. An empty chair may stay empty, and is asked too.\n\n"
            "What may be told to whom we settle in the first meeting, aloud: see [[Sharing information]].",
            "We meet whole families; the core writes about one person and their family.",
            "evidence",
        ),
        Note("The weekly team meeting", "Every fourth week the page of the manual comes first. We tried it and kept it."),
        Note("Plans on one page", "Use the roll of lining paper. Children draw their box.", "Four boxes are enough"),
        Own(
            "Crisis at the kitchen table",
            "Sit where you can see the door and the kettle. Ask everybody the same question, the youngest first: what is the "
            "hardest part of today? Write the answers on one sheet, in their words.",
            ("family", "safety"),
        ),
    ),
}  # fmt: skip

CORE_MOVES_ON: dict[str, str] = {
    "The two-visit rule": "\n\nAsk them at the end of the second visit what, if anything, was of use. Their answer counts, not ours.",
    "Working with families and friends": "\n\nWrite down at the end who was not there and should have been asked, and ask them before the next meeting.",
    "Safety plans": "\n\nGive everybody named in it a copy, and ask each one aloud: will you be there?",
}
"""What the core adds after the teams adapted these pages, so that some are out of step."""

PEOPLE: tuple[tuple[str, str, str, str], ...] = (
    ("Dee Okafor", "tideway", "Harbour Street", "member"),
    ("Amina Yusuf", "tideway", "Harbour Street", "lead"),
    ("Tom Hallett", "tideway", "Mill Lane", "member"),
    ("Rosa Lindgren", "tideway", "Mill Lane", "lead"),
    ("Edith Marlow", "tideway", "", "editor"),
    ("Sam Whitcombe", "tideway", "", "administrator"),
    ("Ines Ferreira", "northfield", "Quayside", "lead"),
    ("Callum Reid", "northfield", "Quayside", "member"),
    ("Jo Brennan", "northfield", "Elm House", "lead"),
    ("Priya Nair", "northfield", "", "convenor"),
    ("Leon Adeyemi", "northfield", "", "administrator"),
)
