"""Other people's compasses: a few weeks, two reflections, many weeks. Some have none, and that is as it should be."""

from fieldcraft.shell.sample.compasses.entries import (
    BandMoved,
    Compass,
    Direction,
    Happened,
    InTheWay,
    Picture,
    Pinned,
    Reflected,
    SoNow,
    Weeks,
)

AMINA = Compass(
    "harbour-street-manual",
    (
        Picture(
            74,
            "first month",
            "In their first month new colleagues tell me what they would do differently here. We try one of the things, and they "
            "see us do it.",
            "team",
            "held",
            ("We stay a team that can be told something.",),
            "An hour for it that is not taken from the visits.",
        ),
        SoNow(
            72,
            "first month",
            "I asked a colleague after five months. There had been a list once; nobody adds to it any more.",
            "I was kind, and I was too late.",
        ),
        BandMoved(72, "first month", ("vision further",)),
        InTheWay(
            40,
            "urgent",
            "By Thursday the meeting is full of what cannot wait, and what could wait never gets its turn.",
            "set_up",
            "influence",
            "In the week of the power cut we talked for an hour about one page, and nothing fell over.",
            "first month",
        ),
    ),
    Weeks(
        count=9,
        since=12,
        level=4.6,
        gaps=((5, 6),),
        lines=("Five calls before nine. After that it was a good day.", "Dee said no to me, and she was right."),
    ),
)

TOM = Compass(
    "mill-lane-manual",
    (Direction(52, "That somebody's first own door is really theirs."),),
    Weeks(count=3, since=6, level=4.8, lines=("The bread and salt.",)),
)

JO = Compass(
    "elm-house-manual",
    (
        Reflected(
            ago=38,
            title="After the away day",
            answers=(
                "We wrote so many things on paper that the wall was full, and then it was half past four. What stayed with me is the one "
                "sentence that Bethan said on the stairs: ask them before you tidy up. I should like to begin the next one with that.",
            ),
        ),
        Reflected(
            ago=12,
            exercise="whose-purpose",
            answers=(
                "That people leave us with more friends than they came with.",
                "I think it was Hassan. It has been on our door for so long that it sounds like all of us.",
                "Yes.",
                "Friends is his word. Mine would be: that somebody would notice if they did not come.",
                "The number of activities. To whoever asked for it.",
            ),
        ),
    ),
)

KOFI = Compass(
    "mill-lane-manual",
    (
        Pinned(571, "Mill Lane"),
        Pinned(312, "Down to two"),
        Pinned(214, "Three again"),
        Happened(
            ago=20,
            hunch="Leave the folder shut.",
            happened="I left the folder shut, and we had breakfast. The plan came up by itself when the toast was gone.",
            outcome="helped",
            page="Plans on one page",
        ),
    ),
    Weeks(
        count=70,
        since=92,
        level=4.0,
        drift=0.3,
        gaps=((31, 35), (70, 73)),
        lines=(
            "New streets, new bus, same kettle.",
            "Handover took four minutes, and everybody knew what to do.",
            "Too many people asked me for too many small things.",
            "Rosa gave me the morning to write it up.",
            "I had it in my head that it would not work, and it did not.",
            "Nobody moved house this week.",
            "Tom and I changed one line of a page, and it stayed changed.",
            "Half the week went on a key.",
            "Sun. It matters more than one thinks.",
        ),
    ),
)  # fmt: skip
