"""What a reader from outside suggested goes to nobody else while it is held, as they were told before they wrote."""

import pytest
from tests.conftest import Cast
from tests.manual.remarks_made import suggest
from tests.together.made import as_, html

from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.passing import pass_on
from fieldcraft.manual.actions.remarks import let_remark_stand
from fieldcraft.manual.models import Manual, Remark, Revision
from fieldcraft.manual.queries.remarks import state_of

SAID = "Say who you are before you knock, please."


def test_it_is_passed_on_by_no_way_until_it_stands(cast: Cast, page: Revision, open_manual: Manual) -> None:
    held, ben = suggest(cast, page, by="cleo", body=SAID), as_(cast, "ben")
    here = f"/m/street-manual/remarks/{held.pk}/"

    assert "pass-on/" not in html(ben.get(here))
    assert SAID not in html(ben.get(f"{here}pass-on/"))
    assert ben.post(f"{here}pass-on/", {"to": "core", "body": SAID}).status_code == 400
    with pytest.raises(Invalid, match="Let it stand first"):
        pass_on(actor=cast.actor("ben"), remark=held, to=cast.core, body=SAID)
    assert not Remark.objects.filter(manual=cast.core).exists()

    let_remark_stand(actor=cast.actor("ben"), remark=held, seen=state_of(held))
    assert "pass-on/" in html(ben.get(here))
