"""What stands for a person at an invitation, so that they alone find their own again, and nobody is found from it."""

from functools import lru_cache
from hmac import HMAC
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

_OFFERING, _TURN = "fieldcraft.theory.offering", "fieldcraft.theory.offering.turn"


def token(person_id: UUID, invitation_id: UUID) -> str:
    """HMAC-SHA256 of the person and the invitation under the installation's key, 64 signs; another at each invitation."""
    return _made_with(settings.SECRET_KEY, person_id, invitation_id)


def tokens(person_id: UUID, invitation_id: UUID) -> list[str]:
    """The token of today, and those of earlier keys of the installation."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_made_with(key, person_id, invitation_id) for key in keys]


def _made_with(key: str | bytes, person_id: UUID, invitation_id: UUID) -> str:
    words = f"{person_id.hex}:{invitation_id.hex}"
    return salted_hmac(_OFFERING, words, secret=key, algorithm="sha256").hexdigest()


def turn(sentence: str, invitation_id: UUID) -> str:
    """By which sentences are shuffled: made of their words alone, so that the order knows no person and no time."""
    made = _nothing_yet(settings.SECRET_KEY).copy()
    made.update(f"{invitation_id.hex}:{sentence}".encode())
    return made.hexdigest()


@lru_cache(maxsize=1)
def _nothing_yet(key: str) -> HMAC:
    """The HMAC before any words, kept in memory, since a map has hundreds of sentences."""
    return salted_hmac(_TURN, "", secret=key, algorithm="sha256")
