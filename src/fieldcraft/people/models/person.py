"""The person who signs in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from fieldcraft.ids import uuid7


class PersonManager(BaseUserManager["Person"]):
    """Makes persons with a folded e-mail address."""

    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: object) -> "Person":
        person = self.model(email=email.strip().casefold(), name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody with an account; what they may do follows from their memberships alone.

    email: folded to lower case, for signing in.
    is_sample: one of the sample community; such a person can be entered with one click in demo mode.
    theme: "light", "dark", or "" to follow the device.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return self.name


def display_name(person: Person) -> str:
    """How a person is called on screen."""
    return person.name or person.email.partition("@")[0]
