"""The Tideway Trust's own pages over the core, and what is being gathered there for the winter."""

from fieldcraft.shell.sample.steps import Gathered, Own, Step

EDITH = "Edith Marlow"
TIDEWAY_TITLE = "Tideway Trust manual"

TIDEWAY: tuple[Step, ...] = (
    Own(
        "The car park at the main building",
        "The gate closes at nine in the evening, and the porter has the key. Ring the porter before you are standing in front of "
        "it. If somebody is in danger, do not look for the porter: call the emergency number and go by the front door.",
        ("team",),
        by=EDITH,
        reason="Three people have slept on a sofa since last winter.",
    ),
    Gathered(
        "Before the winter",
        by=EDITH,
        changes=(
            Own(
                "Visits when the roads are icy",
                "Ring in the morning and ask whether today will do as well by telephone. For some people it will; they are glad not to "
                "have to think of you on the hill. If you are worried about somebody, say so to your lead, who finds out who lives "
                "nearest. [[When you are worried about someone]] holds in every weather.",
                ("planning", "safety"),
                by=EDITH,
                reason="Last January each team had a rule of its own, and two families were told three things.",
            ),
        ),
    ),
)
