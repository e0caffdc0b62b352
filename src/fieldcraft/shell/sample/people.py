"""Who the sample community is: organisations, teams, their quorums and people; all made up."""

ORGANISATIONS = {"tideway": "Tideway Trust", "northfield": "Northfield Community Mental Health"}
TEAMS = {"Harbour Street": "tideway", "Mill Lane": "tideway", "Quayside": "northfield", "Elm House": "northfield"}

QUORUMS = {"Harbour Street": 2, "Quayside": 2}
"""How many agree before a change counts; one elsewhere."""

PUBLIC = frozenset({"Elm House"})
"""Teams that let everyone read their manual, and take suggestions from readers outside."""

PEOPLE: tuple[tuple[str, str, str, str], ...] = (
    ("Dee Okafor", "tideway", "Harbour Street", "member"),
    ("Amina Yusuf", "tideway", "Harbour Street", "lead"),
    ("Wendell Clarke", "tideway", "Harbour Street", "member"),
    ("Tom Hallett", "tideway", "Mill Lane", "member"),
    ("Rosa Lindgren", "tideway", "Mill Lane", "lead"),
    ("Kofi Mensah", "tideway", "Mill Lane", "member"),
    ("Edith Marlow", "tideway", "", "editor"),
    ("Sam Whitcombe", "tideway", "", "administrator"),
    ("Ines Ferreira", "northfield", "Quayside", "lead"),
    ("Callum Reid", "northfield", "Quayside", "member"),
    ("Zofia Nowak", "northfield", "Quayside", "member"),
    ("Jo Brennan", "northfield", "Elm House", "lead"),
    ("Hassan Mirza", "northfield", "Elm House", "member"),
    ("Bethan Rees", "northfield", "Elm House", "member"),
    ("Priya Nair", "northfield", "", "convenor"),
    ("Leon Adeyemi", "northfield", "", "administrator"),
)
"""Name, organisation, team ("" for the organisation itself) and role; the first one stands first on the screen."""

SAFETY: dict[str, tuple[str, str]] = {
    "tideway": (
        "In danger, now: the emergency number.\nBy day: the duty desk at Harbour Street, the number on your card.\n"
        "By night and at weekends: the on-call manager, through the Trust's switchboard.\n"
        "For yourself: the staff listening line, day and night, without giving your name.",
        "Worried about a child or an adult? Tell the duty desk the same day, before you write it up. "
        "Nobody there? Ring the safeguarding lead; the way is on the first page of the manual.",
    ),
    "northfield": (
        "In danger, now: the emergency number.\nThe crisis team, day and night, through the hospital's switchboard.\n"
        "For yourself: your supervisor, or the counsellor for staff; nobody is told that you rang.",
        "Say it to your lead before you go home, and to the safeguarding desk by noon the next day.",
    ),
}
"""For each organisation: whom to call, and its safeguarding route; made up, without a number that could ring somewhere."""
