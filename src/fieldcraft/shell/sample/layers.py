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
        Aside("Working with schools", "We work with adults; for parents' questions we ask Elm House."),
    ),
    "Elm House": (
        Note("When someone is angry with you", "In the family home, find out beforehand where the second door is.", "Leave if you are afraid."),
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
