"""The pages that mailed links open."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.server.conftest import OpenWorld
from tests.server.http.test_invitations import code_of, invite, invited, listed, number, organizations_of
from tests.server.mailbox import Mailbox
from tests.server.world import PASSWORD, World

pytestmark = pytest.mark.anyio

NEW = {"action": "sign-up", "full_name": "New Person", "password": PASSWORD, "tos_accepted": "yes"}


def says(reply: httpx.Response, text: str, status: int = 200) -> bool:
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    return reply.status_code == status and text in reply.text


async def test_looking_changes_nothing_and_no_page_runs_a_script(world: World) -> None:
    ann, bob = await world.person("ann"), await world.person("bob")
    _, mail = await invited(world, ann, bob.email)
    _, new_mail = await invited(world, ann, "new@example.com")
    await world.http.post("/me/lost_passwords", json={"email": bob.email})
    [lost] = await Mailbox().read(world.server)
    for link in (mail.link, new_mail.link, lost.link):
        for method in ("GET", "HEAD", "GET"):
            reply = await world.http.request(method, link)
            assert reply.status_code == 200
            policy = reply.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; style-src 'sha256-")
            assert "form-action 'self'; base-uri 'none'; frame-ancestors 'none'" in policy
            assert reply.headers["cache-control"] == "no-store"
            assert reply.headers["referrer-policy"] == "same-origin"
            assert "<script" not in reply.text
    assert {each["state"] for each in await listed(world, ann)} == {"pending"}
    assert (await world.http.get("/me/lost_passwords", params={"token_code": lost.code})).status_code == 200
    assert (await world.http.put(mail.link)).status_code == 404


async def test_what_people_call_themselves_is_text(world: World) -> None:
    ann = await world.person("ann")
    await world.http.put("/me", auth=ann.auth, json={"fullname": "<img src=x onerror=alert(1)>"})
    await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, json={"name": '"><script>&'})
    _, mail = await invited(world, ann, "new@example.com")
    shown = (await world.http.get(mail.link)).text
    assert "&lt;img src=x onerror=alert(1)&gt; (ann@example.com) invites new@example.com" in shown
    assert "<img" not in shown
    assert "<script>" not in shown
    again = await world.http.post(mail.link, data={**NEW, "full_name": '"><b>', "password": "short"})
    assert says(again, 'value="&quot;&gt;&lt;b&gt;"', 400)


async def test_who_is_new_signs_up_and_joins(world: World) -> None:
    ann = await world.person("ann")
    _, mail = await invited(world, ann, "new@example.com")
    assert says(await world.http.get(mail.link), "Sign up and join")
    for change, text in (
        ({"password": "short"}, "Password should be at least 6 characters"),
        ({"tos_accepted": ""}, "tos_accepted must be true"),
        ({"action": ""}, "The form was not complete."),
    ):
        assert says(await world.http.post(mail.link, data={**NEW, **change}), text, 400)
    assert says(await world.http.post(mail.link, data=NEW), "You are now a member of ann&#x27;s organization.")
    me = await world.http.get("/me", auth=("new@example.com", PASSWORD))
    assert me.json()["fullname"] == "New Person"
    assert says(await world.http.get(mail.link), "This invitation does not work", 404)


async def test_where_addresses_are_proved_who_signs_up_by_the_inviters_link_proves_theirs_first(
    new_world: OpenWorld,
) -> None:
    world = await new_world(prove_addresses=True)
    ann = await world.person("ann")
    url = (await invite(world, ann, "new@example.com", skip_email=True)).json()["data"][0]["invite_url"]
    assert says(await world.http.post(url, data=NEW), "first open the link that has been mailed to you")
    refused = await world.http.post(url, data={"action": "accept", "password": PASSWORD})
    assert says(refused, "If its address is not proved yet", 403)
    [proof] = await Mailbox().read(world.server)
    assert says(await world.http.get(proof.link), "New Person has an account here")
    assert await number(world, "SELECT COUNT(*) FROM users WHERE proved_at IS NULL") == 1
    assert says(await world.http.post(proof.link), "new@example.com is proved to be your address.")
    assert says(await world.http.post(proof.link), "This link does not work", 404)
    accepted = await world.http.post(url, data={"action": "accept", "password": PASSWORD})
    assert says(accepted, "You are now a member")


async def test_who_has_an_account_accepts_by_password_by_session_or_by_mail(world: World) -> None:
    ann = await world.person("ann")
    for name, way in (("bob", "password"), ("carl", "session"), ("dora", "mail")):
        person = await world.person(name)
        code, mail = await invited(world, ann, person.email)
        link = mail.link if way == "mail" else mail.link.replace(mail.code, code)
        form = {"action": "accept", "password": ""}
        if way != "mail":
            assert says(await world.http.post(link, data=form), f"Forbidden. Log in as {person.email}", 403)
            wrong = await world.http.post(link, data={**form, "password": "wrong"})
            assert says(wrong, "Incorrect username and/or password", 403)
        if way == "password":
            form["password"] = PASSWORD
        if way == "session":
            session = await world.http.post("/me/sessions", auth=(person.email, PASSWORD))
            assert session.cookies
            stolen = await world.http.post(link, data=form, headers={"Origin": "https://evil.example"})
            assert says(stolen, "Cross-origin request refused", 403)
        assert says(await world.http.post(link, data=form), "You are now a member")
        world.http.cookies.clear()
        await Mailbox().read(world.server)
        assert ann.organization_id in await organizations_of(world, person)


async def test_rejecting_needs_no_account(world: World) -> None:
    ann = await world.person("ann")
    _, mail = await invited(world, ann, "new@example.com")
    reply = await world.http.post(mail.link, data={"action": "reject"})
    assert says(reply, "You have not joined ann&#x27;s organization.")
    assert [each["state"] for each in await listed(world, ann)] == ["rejected"]


async def test_a_new_password_is_set_once(world: World) -> None:
    ann = await world.person("ann")
    await world.http.post("/me/lost_passwords", json={"email": ann.email})
    [lost] = await Mailbox().read(world.server)
    assert says(await world.http.post(lost.link, data={"password": "five5"}), "at least 6 characters", 400)
    assert says(await world.http.post(lost.link, data={"password": "another horse"}), "Your new password is set.")
    assert (await world.http.get("/me", auth=(ann.email, "another horse"))).status_code == 200
    assert says(await world.http.post(lost.link, data={"password": "third horse"}), "does not work", 404)


async def test_nonsense_is_answered_in_words(world: World) -> None:
    for path in ("invitations", "passwords", "addresses"):
        for method in ("GET", "POST"):
            reply = await world.http.request(method, f"http://127.0.0.1:8080/{path}/nothing")
            assert says(reply, "does not work", 404)
    ann = await world.person("ann")
    link = code_of(await invite(world, ann, "new@example.com"))
    too_long = await world.http.post(f"http://127.0.0.1:8080/invitations/{link}", content=b"x" * 20_000)
    assert says(too_long, "The form was not complete.", 400)
    other = await world.http.get("http://127.0.0.1:8080/nothing")
    assert (other.status_code, other.json()) == (404, "Not found")


async def test_under_https_browsers_are_told_to_stay_there(new_world: OpenWorld) -> None:
    world = await new_world(public_url="https://people.example.com")
    reply = await world.http.get("/invitations/nothing")
    page = await world.http.get("https://people.example.com/invitations/nothing")
    assert reply.headers["strict-transport-security"] == page.headers["strict-transport-security"]
    assert re.search("max-age=[1-9]", page.headers["strict-transport-security"])
