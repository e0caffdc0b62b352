"""A refusal gives back what was typed, and nothing that nobody typed."""

import re
from uuid import uuid4

from tests.conftest import Cast
from tests.together.made import WORDS, as_, html

from fieldcraft.together.actions.raising import raise_with_name


def given_back(screen: str) -> list[str]:
    return re.findall(r'<pre class="source">(.*?)</pre>', screen, re.S)


def test_the_words_come_back_and_the_mark_beside_them_does_not(cast: Cast) -> None:
    made = raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=WORDS)

    answer = as_(cast, "ben").post(f"/conditions/{made.pk}/", {"act": "trying", "seen": "0", "words": "A second desk."})

    assert answer.status_code == 403
    assert given_back(html(answer)) == ["A second desk."]


def test_what_a_camera_would_have_seen_comes_back(cast: Cast) -> None:
    answer = as_(cast, "ben").post(f"/compass/nows/{uuid4()}/", {"seen": "They call late.", "story": "They fear us."})

    assert answer.status_code == 404
    assert sorted(given_back(html(answer))) == ["They call late.", "They fear us."]
