"""Dee Okafor, Harbour Street: what she is here for, two pictures, what is so, and what is in the way."""

from fieldcraft.shell.sample.compasses.dee_practice import PRACTICE, REFLECTIONS
from fieldcraft.shell.sample.compasses.entries import (
    BandMoved,
    Compass,
    Direction,
    Entry,
    InTheWay,
    Picture,
    PictureChanged,
    Pinned,
    Shared,
    SoNow,
    Weeks,
)

RING, TABLE = "they ring us", "one table"

_PICTURES: tuple[Entry, ...] = (
    Direction(402, "To do my share properly, and to go home with a clear head."),
    Direction(251, "That nobody is given up on."),
    Picture(
        243,
        RING,
        "Families ring us.",
        "people",
        "held",
        (
            "We come earlier, with less noise on the stairs.",
            "Nobody has to be the brave one alone at three in the morning.",
            "I go home and have been of use.",
        ),
        "A desk with a person at it until eight in the evening, and one number for all of us.",
        420,
    ),
    SoNow(
        236,
        RING,
        "I went through the call book for the month. Most calls came from the police, a school or a landlord. Two came from a "
        "family.",
        "They do not trust us with it while it is small.",
        "If somebody said that they had wanted to ring and did not know whom.",
    ),
    BandMoved(236, RING, ("vision further", "now further")),
    PictureChanged(
        204,
        RING,
        "clearer",
        "A family rings us before it breaks. Somebody picks up who has been in their kitchen.",
        "learnt",
        "The drawing exercise: I could not see anybody in my picture, so I put two people in.",
    ),
    SoNow(
        190,
        RING,
        "On the landing I saw two of our cards pinned up beside the meter.",
        "A card is easier to keep than a promise.",
    ),
    BandMoved(190, RING, ("now closer",)),
    BandMoved(184, RING, ("vision further",)),
    SoNow(
        119,
        RING,
        "I was away for six weeks. Three messages lay in my tray, and all three were a fortnight old.",
        "Without me nobody picks up.",
        "If one of them had been rung back on the same day, and nobody took the slip out.",
    ),
    BandMoved(119, RING, ("now further", "now further")),
    PictureChanged(
        109,
        RING,
        "smaller",
        "One family on our stairs rings us before it breaks, and I pick up.",
        "hurt",
        "All the families of the quarter, that was too heavy to carry up four floors.",
    ),
    BandMoved(108, RING, ("vision closer",)),
    SoNow(
        71,
        RING,
        "The desk had somebody at it on nine evenings of this month. On four of them it rang.",
        "It rings when somebody is there; I had it the other way round.",
        "A month of full evenings without a call.",
    ),
    BandMoved(71, RING, ("now closer", "now closer")),
    PictureChanged(
        40,
        RING,
        "larger",
        "The families on our stairs ring while it is still small: the meter, the letter, the bad night. Whoever sits at the desk "
        "knows them, and says: I am putting my coat on.",
        "learnt",
        "It need not be me who picks up. That is what I learnt from the four evenings.",
    ),
    BandMoved(39, RING, ("vision further",)),
    Picture(
        33,
        TABLE,
        "At handover we sit at one table. The newest of us speaks first, and nobody looks at the clock before ten.",
        "team",
        "forming",
        ("I hear what I have stopped noticing.",),
        "The back room, every week, without somebody else's boxes in it.",
    ),
    SoNow(
        30,
        TABLE,
        "Four of us stood in the corridor with our coats on. It took six minutes.",
        "We are good at this, and we have forgotten what for.",
    ),
    BandMoved(30, TABLE, ("vision closer",)),
    SoNow(
        16,
        RING,
        "Somebody rang twice this week about something small. Once I sat at the desk, and once it was Wendell, who wrote down "
        "every word.",
        "It has begun, and it hangs on two stubborn people.",
        "If it goes on in a week in which both of us are off.",
    ),
    BandMoved(16, RING, ("now closer",)),
    BandMoved(9, TABLE, ("now closer",)),
)

_IN_THE_WAY: tuple[Entry, ...] = (
    InTheWay(
        231,
        "never",
        "It will always be like this: they ring when it has broken, and not before.",
        "cannot_be_reached",
        "influence",
        "Two did ring about the meter, once.",
        RING,
    ),
    InTheWay(
        186,
        "ask him",
        "I have not asked Wendell whether he would come along. He has just started, and I am the loud one.",
        "between",
        "mine",
        "He asked me about the stairs twice, of his own accord.",
        gone=58,
    ),
    InTheWay(
        104,
        "rota",
        "The rota gives us one evening in three, and it is made two floors above us.",
        "set_up",
        "not_mine",
        "",
        RING,
    ),
    InTheWay(
        63,
        "fourth thing",
        "I do not know how to say no to the fourth small thing on the landing without shutting the door on the first three.",
        "not_how",
        "mine",
        page="Small useful things",
    ),
    InTheWay(
        22,
        "letters",
        "Speaking at the Trust's meeting is for people with letters after their name.",
        "not_for_me",
        "mine",
        "Amina has none, and they listened to her.",
        TABLE,
    ),
)

_PINNED: tuple[Entry, ...] = (
    Pinned(261, "Wendell started"),
    Pinned(124, "Back again"),
    Pinned(88, "New rota"),
)

_WEEKS = Weeks(
    count=40,
    since=51,
    level=4.2,
    drift=0.7,
    gaps=((19, 24),),
    lines=(
        "A quiet Monday. It made the whole week longer, in a good way.",
        "Three times up the stairs for nothing, and then the lift worked.",
        "Amina took the form off my hands.",
        "We laughed at handover. That carries further than one thinks.",
        "The printer. I am not joking.",
        "Somebody else decided, and told us on Friday.",
        "I said what I was there for, in one sentence, and was let in.",
        "Tired. Nothing wrong, only tired.",
        "Wendell asked me why, and I had an answer.",
        "Two evenings at the desk. It rang once.",
        "I said at the meeting what I think of the page about missed visits, and nobody looked at their shoes.",
    ),
    fits="The dip was the time before I went away, and I knew it then. What came after feels steadier than it looks here.",
)

_SHARED: tuple[Entry, ...] = (Shared(4, TABLE, "Amina Yusuf", 7, 2),)


def _when(entry: Entry) -> int:
    return -entry.ago


DEE = Compass(
    "harbour-street-manual",
    tuple(sorted((*_PICTURES, *_IN_THE_WAY, *PRACTICE, *REFLECTIONS, *_PINNED, *_SHARED), key=_when)),
    _WEEKS,
)
