"""The four kinds of refusal; each has a stable `code` and a sentence that says what to do next."""


class FieldcraftError(Exception):
    """A refusal that carries its sentence to the reader.

    sentence: in the reader's words; may be a lazy translation.
    code: stable, for programs.
    """

    code = "refused"

    def __init__(self, sentence: object = "", *, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if code:
            self.code = code

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(FieldcraftError):
    """What is asked for is not there, or is something this person may not know of."""

    code = "not_found"


class NotAllowed(FieldcraftError):
    """This person may know of it, but not do this to it."""

    code = "not_allowed"


class Invalid(FieldcraftError):
    """What was given does not make sense; nothing was changed."""

    code = "invalid"


class Stale(FieldcraftError):
    """Somebody else changed it since it was read; nothing was overwritten."""

    code = "stale"
