"""Coming in: with a password, a link, six digits, a recovery code, a passkey; and by keyboard alone."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations

pytestmark = pytest.mark.journey
OpenPage = Callable[..., Page]
PASSWORD = "four words to picture"
TALL = 3000  # so that nothing lies under the thumb bar while it is measured


def _six_digits(secret: str) -> str:
    """RFC 6238 with its usual parameters."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture
def account(open_page: OpenPage) -> tuple[Page, str]:
    """Somebody new, invited by Amina; signed in, with their address."""
    lead = open_page()
    lead.goto("/")
    lead.get_by_role("button", name="Be Amina").click()
    lead.get_by_role("link", name="Team", exact=True).click()
    lead.get_by_role("link", name="Harbour Street").click()
    lead.get_by_role("button", name="Invite").click()
    link = lead.locator("code").inner_text()
    page = open_page(height=TALL)
    email = f"new-{time.monotonic_ns()}@example.org"
    page.goto(link)
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Your name").fill("Noor Haddad")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("link", name="Harbour Street")).to_be_visible()
    return page, email


def _sign_out(page: Page) -> None:
    page.goto("/people/me/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def _sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _still_me(page: Page) -> None:
    """Before a second step changes, the password is asked for once more."""
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def _letter(letters: Path, to: str) -> str:
    """The newest letter to this address."""
    for _attempt in range(40):
        for file in sorted(letters.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True):
            if f"To: {to}" in (text := file.read_text()):
                return text
        time.sleep(0.1)
    raise AssertionError(f"No letter to {to}.")


def test_a_wrong_password_keeps_what_was_typed(account: tuple[Page, str]) -> None:
    page, email = account
    _sign_out(page)

    _sign_in(page, email, "something else entirely")

    expect(page.get_by_role("alert")).to_contain_text("not correct")
    assert page.get_by_label("Email").input_value() == email
    assert violations(page) == []


def test_a_forgotten_password_is_replaced_by_letter(account: tuple[Page, str], letters: Path) -> None:
    page, email = account
    _sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look at your letters")).to_be_visible()

    link = re.search(r"http\S+/account/password/reset/key/\S+", _letter(letters, email))
    assert link
    page.goto(link[0])
    assert violations(page) == []
    page.get_by_label("New Password", exact=True).fill("another four words here")
    page.get_by_label("New Password (again)").fill("another four words here")
    page.get_by_role("button", name="Keep this password").click()
    _sign_in(page, email, "another four words here")

    expect(page.get_by_role("heading", name="Good to see you, Noor")).to_be_visible()


def test_six_digits_and_a_recovery_code_let_in(account: tuple[Page, str]) -> None:
    page, email = account
    page.goto("/account/2fa/totp/activate/")
    _still_me(page)
    expect(page.get_by_role("heading", name="Six digits from an app")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Authenticator code").fill(_six_digits(page.locator("code").inner_text()))
    page.get_by_role("button", name="Turn it on").click()
    page.goto("/account/2fa/")
    page.get_by_role("link", name="See my codes").click()
    assert violations(page) == []
    code = page.locator(".codes code").first.inner_text()
    _sign_out(page)

    _sign_in(page, email)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", name="Good to see you, Noor")).to_be_visible()


def test_a_passkey_lets_in(account: tuple[Page, str]) -> None:
    page, _email = account
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    own = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**own, "isUserVerified": True}})
    page.goto("/account/2fa/webauthn/add/")
    _still_me(page)
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("The passkey is kept.")).to_be_visible()
    _sign_out(page)

    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", name="Good to see you, Noor")).to_be_visible()


def test_signing_in_and_reading_by_keyboard_alone(account: tuple[Page, str]) -> None:
    page, email = account
    _sign_out(page)
    page.goto("/account/login/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Email")).to_be_focused()
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    _tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Good to see you, Noor")).to_be_visible()
    _tab_to(page, "Find a page")
    page.keyboard.type("first meeting")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search")).to_be_visible()
    _tab_to(page, "The first meeting")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="The first meeting", level=1)).to_be_visible()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing of this name has the focus."""
    named = "(e => e.labels?.[0]?.innerText || e.ariaLabel || e.innerText || '')(document.activeElement)"
    for _step in range(40):
        if page.evaluate(named).strip() == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"“{name}” was not reached with the Tab key.")


def test_every_screen_before_signing_in_is_accessible(open_page: OpenPage) -> None:
    paths = ("login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/x-y/", "inactive/")
    for colours in ("light", "dark"):
        page = open_page(colours=colours, height=TALL)
        for path in (*paths, "confirm-email/", "confirm-email/none/"):
            page.goto(f"/account/{path}")

            assert (path, violations(page)) == (path, [])
            assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_screen_of_ones_account_is_accessible(account: tuple[Page, str]) -> None:
    page, _email = account
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        for path in ("email/", "password/change/", "2fa/", "2fa/webauthn/", "logout/"):
            page.goto(f"/account/{path}")

            assert (path, violations(page)) == (path, [])


def test_the_frame_speaks_german_to_those_who_ask_for_it(open_page: OpenPage) -> None:
    page = open_page(language="de-DE")
    page.goto("/account/login/")
    expect(page.get_by_role("heading", name="Anmelden", level=1)).to_be_visible()

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
