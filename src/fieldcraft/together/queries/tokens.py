"""What stands for a person at a condition, so that they alone find their own again, and nobody is found from it."""

from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "fieldcraft.together.raising"


def token(person_id: UUID, condition_id: UUID) -> str:
    """HMAC-SHA256 of the person and the condition under the installation's key, 64 signs.

    The same person has another token at each condition, so that no two of theirs can be told to belong together.
    """
    return _made_with(settings.SECRET_KEY, person_id, condition_id)


def tokens(person_id: UUID, condition_id: UUID) -> list[str]:
    """The token of today, and those of earlier keys of the installation, by which older raisings are found."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_made_with(key, person_id, condition_id) for key in keys]


def _made_with(key: str | bytes, person_id: UUID, condition_id: UUID) -> str:
    return salted_hmac(_SALT, f"{person_id.hex}:{condition_id.hex}", secret=key, algorithm="sha256").hexdigest()
