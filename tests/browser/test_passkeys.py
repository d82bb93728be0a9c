"""Second factors in a real browser: an app, a passkey of a virtual device, and their pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from .conftest import DESK, PHONE, Opens, one_time_link, serving, tracker
from .test_every_page import problems_of
from .test_story import write_list

pytestmark = pytest.mark.browser
ACCOUNT = ("imani@example.org", "horse battery staple correct")
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of an instance whose one administrator needs a second factor. A passkey is for a name: an
    address of numbers has none."""
    folder = tmp_path_factory.mktemp("instance")
    instance, listed = folder / "union", folder / "list.csv"
    write_list(listed, date.today().year)
    tracker(instance, "init")
    options = ("--create-conventions", "--body", "union", "--currency", "USD", "--time-zone", "UTC")
    tracker(instance, "import", "items", str(listed), *options)
    tracker(instance, "body", "set", "union", "--second-factor", "yes")
    made = tracker(
        instance, "user", "create", ACCOUNT[0], "--name", "Imani", "--role", "administrator"
    )
    with serving(instance) as where:
        yield where.replace("127.0.0.1", "localhost") + one_time_link(made)


def looked_at(page: Page, wrong: list[str]) -> None:
    """As it stands, on a phone and a desk, light and dark; no colour is on its way to another."""
    page.wait_for_load_state()
    for size, scheme in ((PHONE, "light"), (DESK, "dark")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        wrong += problems_of(page, f"{page.url} at {size['width']} {scheme}")


def test_an_app_and_a_passkey_are_set_up_and_sign_in(address: str, opens: Opens) -> None:
    home, wrong = address[: address.index("/account/")], list[str]()
    page = opens(DESK)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(address)
    page.locator("input[name=password]").fill(ACCOUNT[1])
    page.get_by_role("button", name="Set the password").click()
    # she is led to set one up
    page.wait_for_url(f"{home}/account/second-factor")
    looked_at(page, wrong)
    page.get_by_role("link", name="Set up an app that shows codes").click()
    page.wait_for_url(f"{home}/account/second-factor/app")
    looked_at(page, wrong)
    totp = TOTP(key=page.locator("dd code").inner_text())
    page.get_by_label("Code from your app").fill(totp.generate().token)
    page.get_by_role("button", name="Set up the app").click()
    expect(page.locator(".codes code")).to_have_count(10)
    looked_at(page, wrong)
    recovery_code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.wait_for_url(f"{home}/account/second-factor/passkey")
    page.get_by_label("Name of the passkey").fill("the phone of Imani")
    looked_at(page, wrong)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(f"{home}/account")
    expect(page.locator("main")).to_contain_text("the phone of Imani")
    looked_at(page, wrong)
    # with the passkey alone
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(f"{home}/sign-in")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    looked_at(page, wrong)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{home}/office")
    # one that is stopped says so
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(f"{home}/sign-in")  # with its script
    page.route("**/sign-in/passkey", lambda route: route.fulfill(body="no options"))
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("The browser gave no passkey")).to_be_visible()
    # without JavaScript by a recovery code, and nothing speaks of passkeys
    plain = opens(PHONE, javascript=False)
    sign_in_first_step(plain, home)
    expect(plain.get_by_role("button", name="Use a passkey")).to_be_hidden()
    plain.get_by_text("Use a recovery code").click()
    plain.get_by_role("textbox", name="Recovery code").fill(recovery_code)
    plain.get_by_role("button", name="Sign in with the recovery code").click()
    plain.wait_for_url(f"{home}/office")
    assert "9 recovery codes are left." in plain.locator("body").inner_text()
    assert not wrong, "\n".join(wrong)


def sign_in_first_step(page: Page, home: str) -> None:
    page.goto(f"{home}/sign-in")
    page.locator("input[name=email]").fill(ACCOUNT[0])
    page.locator("input[name=password]").fill(ACCOUNT[1])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{home}/sign-in/code")
