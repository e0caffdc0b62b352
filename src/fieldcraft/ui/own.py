"""Whose page it is: binds what is typed on a device to whoever typed it."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import salted_hmac


def mark_of(person: AbstractBaseUser | AnonymousUser | None) -> str:
    """Tells whoever is signed in from others on the same device, without telling who it is; "" for strangers."""
    if person is None or not person.is_authenticated:
        return ""
    return salted_hmac("ui.own_mark", str(person.pk), algorithm="sha256").hexdigest()[:32]
