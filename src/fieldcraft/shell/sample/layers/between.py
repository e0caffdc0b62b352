"""What passes between the teams and the core: offers, and what they did once the core had moved on."""

from fieldcraft.shell.sample.steps import Borrowed, Combined, Kept, Offered, Step

EDITH = "Edith Marlow"

OFFERS: dict[str, tuple[Step, ...]] = {
    "Elm House": (
        Offered(
            "Meetings the person would recognise",
            by="Hassan Mirza",
            reason="We have asked eleven children after a meeting. Seven had heard something that nobody had said, and four of those were "
            "frightened by it. It took five minutes each to put right.",
            said=(
                (EDITH, "Did any of the parents mind that you asked the children by themselves?"),
                (
                    "Jo Brennan",
                    "One did. We asked with her in the next room and the door open, and that was all right.",
                ),
            ),
            drawn_in=(
                EDITH,
                "Eleven children are not a study, and they are enough for a sentence. It was missing.",
            ),
        ),
    ),
    "Harbour Street": (
        Offered(
            "Two of us after dark",
            by="Amina Yusuf",
            reason="Since we put both names on the board before noon, nobody has gone up alone because asking felt like a fuss.",
            not_drawn_in=(
                EDITH,
                "The months and the hour belong to your streets; in the villages it is dark at four, and one worker has to cover forty "
                "miles. Two teams would have set it aside within a week. Keep it; and I should like to ask you for the board as an "
                "example beside our page on joint visits.",
            ),
        ),
    ),
    "Mill Lane": (
        Offered(
            "Handover that helps",
            by="Rosa Lindgren",
            reason="In nine handovers the young person spoke first. In six of them they named something that none of us would have put on "
            "the list. Twice it was no use: they did not want to be in the room, and we did it the old way.",
            said=(
                (EDITH, "What do you do when the young person says nothing at all?"),
                (
                    "Kofi Mensah",
                    "Then we wait for as long as it takes to make tea, and begin with what was promised. Nobody has left yet. It says so "
                    "nowhere on the page, and perhaps it should.",
                ),
            ),
        ),
    ),
    "Quayside": (
        Offered(
            "Handover that helps",
            by="Zofia Nowak",
            reason="The core thinks of a new worker. Most handovers are from the day to the night, with nobody in the room. Since the night "
            "reads the first sentence back, it has been misheard once, and we noticed.",
            is_named=False,
        ),
    ),
}
"""What each team offered to the core, and what became of it, before the core moved on."""

INTO_STEP: dict[str, tuple[Step, ...]] = {
    "Elm House": (
        Combined(
            "Joint visits",
            by="Bethan Rees",
            reason="It goes well with what we have: with children in the room nobody should win anything.",
            pole="local_practice",
        ),
    ),
    "Harbour Street": (
        Combined(
            "The phone call before the referral",
            (
                (
                    "and what the person could expect in the first week.",
                    "and what the person could expect in the first week. If another service wants the opposite, ask what each is most afraid "
                    "of; you can usually plan for both.",
                ),
            ),
            by="Amina Yusuf",
            reason="The core's new part is what we lose with the page on services that pull apart. Our first sentence stays.",
        ),
        Kept(
            "Joint visits",
            days=45,
            by="Amina Yusuf",
            yes="Dee Okafor",
            reason="Until the evenings are light again we go by our own rule for the tower blocks. Then we read the core's with fresh eyes.",
            pole="local_practice",
        ),
        Borrowed("Joint visits", "Elm House manual", by="Dee Okafor"),
    ),
}
"""What became of pages that were out of step; the others still are."""
