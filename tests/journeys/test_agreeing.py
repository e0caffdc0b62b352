"""A change on its way: put to the team, agreed, declined, done anew, withdrawn; and a remark that becomes one."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import (
    ELM,
    HARBOUR,
    MILL,
    ONE,
    TWO,
    OpenPage,
    add_words,
    change,
    enter,
    follow,
    more,
    press,
    select,
    send,
    the_text,
)

pytestmark = pytest.mark.journey


def test_a_change_is_put_to_the_team_agreed_by_a_colleague_and_then_read_by_all(open_page: OpenPage) -> None:
    dee, amina, tom = (enter(open_page, name) for name in ("Dee", "Amina", "Tom"))
    page_there = f"{HARBOUR}p/after-a-crisis/"
    words = "In our streets the neighbours ask first."

    dee.goto(page_there)
    follow(dee, "Change this for our team")
    add_words(dee, f" {words}")
    dee.get_by_label("Why?").fill("They stood in the stairwell before we did.")
    dee.get_by_role("radio", name="local practice").check()
    press(dee, "See my change")
    expect(dee.get_by_role("heading", name="Your change")).to_be_visible()
    expect(dee.locator(".compare ins").filter(has_text=words)).to_be_visible()
    send(dee, TWO)
    expect(dee.get_by_text("Readers get it when enough have agreed.").first).to_be_visible()
    expect(dee.get_by_text("1 of 2 has agreed.")).to_be_visible()

    tom.goto(page_there)
    expect(tom.locator(".prose")).not_to_contain_text(words)
    expect(tom.get_by_text("The words of Working Alongside")).to_be_visible()
    expect(tom.get_by_text("A change of this page is being agreed")).to_be_visible()
    follow(tom, "Dee Okafor's draft of")
    expect(tom.get_by_role("button", name="I agree")).to_be_disabled()
    expect(tom.get_by_text("Only members of this team can change its manual.")).to_be_visible()

    amina.goto(page_there)
    follow(amina, "Dee Okafor's draft of")
    expect(amina.locator(".compare ins").filter(has_text=words)).to_be_visible()
    press(amina, "I agree")
    expect(amina.get_by_role("status")).to_contain_text("Agreed. Readers have it now.")
    expect(amina.get_by_text("adapted", exact=True)).to_be_visible()

    tom.goto(page_there)
    expect(tom.locator(".prose")).to_contain_text(words)
    expect(tom.get_by_text("serves local practice")).to_be_visible()
    more(tom, "History: who changed what, and why")
    expect(tom.get_by_role("listitem").filter(has_text="Dee Okafor, Amina Yusuf").first).to_be_visible()


def test_a_draft_is_declined_with_a_reason_another_done_anew_and_a_third_withdrawn(open_page: OpenPage) -> None:
    dee, amina = enter(open_page, "Dee"), enter(open_page, "Amina")
    page_there = f"{HARBOUR}p/leaving-the-team/"

    change(dee, page_there, " We sing.", button=TWO)
    expect(dee.get_by_role("button", name="Withdraw it")).to_be_visible()
    amina.goto(dee.url)
    amina.get_by_text("Not this").click()
    amina.get_by_label("Why not?").fill("Two of us would hide.")
    press(amina, "Decline it")
    expect(amina.get_by_text("Two of us would hide.")).to_be_visible()
    dee.reload()
    expect(dee.get_by_text("Two of us would hide.")).to_be_visible()
    expect(dee.get_by_text("Amina Yusuf")).to_be_visible()

    change(dee, page_there, " We bake.", button=TWO)
    amina.goto(dee.url)
    follow(amina, "Change the draft")
    expect(amina.get_by_text("your team agrees afresh")).to_be_visible()
    add_words(amina, " Or buy a cake.")
    send(amina, TWO)
    expect(amina.locator(".compare")).to_contain_text(["We bake. Or buy a cake."])
    expect(amina.get_by_text("by Amina Yusuf")).to_be_visible()
    press(amina, "Withdraw it")
    expect(amina.get_by_role("status")).to_contain_text("you can begin again from it.")

    dee.goto(f"{page_there}history/")
    expect(dee.get_by_text("A newer draft took its place.")).to_be_visible()
    dee.goto(page_there)
    expect(dee.get_by_text("A change of this page is being agreed")).not_to_be_attached()


def test_a_remark_on_a_passage_is_answered_becomes_a_draft_and_is_settled_by_it(open_page: OpenPage) -> None:
    dee, amina = enter(open_page, "Dee"), enter(open_page, "Amina")
    page_there = f"{HARBOUR}p/safety-plans/"
    dee.goto(page_there)
    passage = " ".join(dee.locator(".prose p").first.inner_text().split()[:7])

    select(dee, passage)
    dee.get_by_role("region", name="What you selected").get_by_role("link", name="Remark on this").click()
    expect(dee.get_by_text("Seen by everyone in the organisation, never by readers outside.")).to_be_visible()
    dee.get_by_label("What did you notice?").fill("There is seldom a calm day in the week we meet.")
    press(dee, "Keep the remark")
    expect(dee.get_by_role("status")).to_contain_text("Your remark stands with the page.")

    _to_manualize(amina)
    follow(amina.get_by_role("listitem").filter(has_text="seldom a calm day"), "Safety plans")
    expect(amina.locator("q")).to_have_text(passage)
    amina.get_by_label("Your reply").fill("Then a calm hour?")
    press(amina, "Reply")
    expect(amina.get_by_role("listitem").filter(has_text="Then a calm hour?")).to_contain_text("Amina Yusuf")
    follow(amina, "Turn it into a draft")
    add_words(amina, " A calm hour will do.")
    send(amina, TWO)
    expect(amina.get_by_role("link", name="It comes from a remark")).to_be_visible()
    _to_manualize(amina)
    expect(amina.get_by_role("link", name="a draft was made of it")).to_be_visible()

    _to_manualize(dee)
    waiting = dee.get_by_role("region", name="wait for a yes")
    expect(waiting.get_by_role("listitem").filter(has_text="Safety plans")).to_contain_text("not among them yet")
    follow(waiting, "Safety plans")
    press(dee, "I agree")
    expect(dee.locator(".prose")).to_contain_text("A calm hour will do.")
    dee.get_by_text("1 remark is settled").click()
    expect(dee.get_by_text("What came of it: the page was changed")).to_be_visible()
    _to_manualize(dee)
    expect(dee.get_by_text("seldom a calm day")).not_to_be_attached()


def _to_manualize(page: Page) -> None:
    page.goto(HARBOUR)
    follow(page, "To manualize")


def test_a_suggestion_from_outside_is_held_until_the_team_lets_it_stand(open_page: OpenPage) -> None:
    reader = open_page(javascript=False)
    reader.goto(f"{ELM}p/the-weekly-team-meeting/")
    follow(reader, "Suggest something")
    expect(reader.get_by_text("This is no way to reach a worker.")).to_be_visible()
    reader.get_by_label("What would you suggest?").fill("Could you ask one of us to come to it once?")
    press(reader, "Send it")
    expect(reader.get_by_role("status")).to_contain_text("Those who keep this manual will read it.")
    expect(reader.get_by_text("Could you ask one of us")).not_to_be_attached()

    jo = enter(open_page, "Jo")
    jo.goto(f"{ELM}to-manualize/")
    held = jo.get_by_role("region", name="from outside")
    follow(held.get_by_role("listitem").filter(has_text="Could you ask one of us"), "The weekly team meeting")
    press(jo, "Let it stand")
    expect(jo.get_by_role("status")).to_contain_text("It stands with the page now")

    hassan = enter(open_page, "Hassan")
    hassan.goto(f"{ELM}p/the-weekly-team-meeting/")
    expect(hassan.get_by_role("region", name="Remarks")).to_contain_text("Could you ask one of us")


def test_a_page_is_set_aside_with_a_reason_used_again_returned_and_brought_back(open_page: OpenPage) -> None:
    page = enter(open_page, "Rosa", javascript=False)
    page_there = f"{MILL}p/meetings-the-person-would-recognise/"

    page.goto(page_there)
    more(page, "Set it aside")
    page.get_by_label("Why does your team not use this page?").fill("Ours come to no meetings.")
    press(page, "Set it aside")
    expect(page.get_by_text("Your team set this page aside")).to_be_visible()
    expect(page.get_by_text("Ours come to no meetings.")).to_be_visible()
    more(page, "Return to the core")
    press(page, "Return to the core")
    expect(page.get_by_role("status")).to_contain_text("For thirty days it can be brought back.")
    expect(page.get_by_text("The words of Working Alongside")).to_be_visible()

    page.goto(MILL)
    follow(page, "Bring something back")
    given_up = page.get_by_role("listitem").filter(has_text="Meetings the person would recognise")
    given_up.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("status")).to_contain_text("Brought back.")
    page.goto(page_there)
    expect(page.get_by_text("Your team set this page aside")).to_be_visible()
    follow(page, "Use it again, in our words")
    send(page, ONE)
    expect(page.get_by_text("Your team set this page aside")).not_to_be_attached()


def test_a_team_agrees_without_javascript(open_page: OpenPage) -> None:
    dee, amina = (enter(open_page, name, javascript=False) for name in ("Dee", "Amina"))
    page_there = f"{HARBOUR}p/looking-after-each-other/"

    dee.goto(page_there)
    follow(dee, "Change this for our team")
    the_text(dee).fill("Somebody asks at five whether you are going home.")
    send(dee, TWO)
    amina.goto(dee.url)
    press(amina, "I agree")

    expect(amina.locator(".prose")).to_contain_text("whether you are going home.")
