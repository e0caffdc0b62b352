"""The mark that binds words kept on a device to the person who wrote them."""

from types import SimpleNamespace

from django.template.loader import get_template
from django.test import override_settings

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def _keep(pk: int | None) -> str:
    """What the page says where words are kept, for a person or a stranger (None)."""
    request = SimpleNamespace(user=SimpleNamespace(pk=pk, is_authenticated=pk is not None))
    with override_settings(STORAGES=PLAIN):
        html = str(get_template("ui/keep.html").render({"request": request}))
    return html.split('data-own="')[1].split('"')[0]


def test_each_person_has_a_mark_of_their_own_that_stays() -> None:
    assert _keep(1) == _keep(1)
    assert _keep(1) != _keep(2)


def test_the_mark_does_not_tell_whose_it_is() -> None:
    with override_settings(SECRET_KEY="another key of another organisation"):
        elsewhere = _keep(1)

    assert len(_keep(1)) == 32
    assert _keep(1) != elsewhere


def test_a_stranger_has_none() -> None:
    assert _keep(None) == ""
