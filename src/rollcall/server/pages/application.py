"""The pages as an ASGI application in front of the API: what people do by hand, the API does.

A page knows no rules: it turns a form into a request to the API, and says in words what the API answers.
"""

from __future__ import annotations

import base64
import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import msgspec

from rollcall.contract.operation import BASE_PATH
from rollcall.contract.problem import Refused
from rollcall.server.domain import mailed_codes, proofs
from rollcall.server.domain.work import Work
from rollcall.server.http.request import Request, read_body
from rollcall.server.pages import document
from rollcall.server.pages.document import alert, button, field, form, paragraph, tick
from rollcall.server.storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from rollcall.server.domain.work import Service
    from rollcall.server.http.application import Application
    from rollcall.server.http.reply import Reply
    from rollcall.server.storage import Storage, Transaction
    from rollcall.server.storage.mailed_codes import CodeRow

_PATH = re.compile(r"/(invitations|passwords|addresses)/([\w-]{1,100})", re.ASCII)
_MAXIMUM_FORM = 16_384
_MAXIMUM_FIELDS = 20
_PASSED_ON = (b"cookie", b"origin", b"host", b"user-agent")
_NOT_NOW = "The server cannot do this now. Please try again in a minute."


class Answer(msgspec.Struct, frozen=True):
    """What the API answered."""

    status: int
    content: Any

    @property
    def good(self) -> bool:
        """Whether it has done what it was asked."""
        return self.status == 200

    @property
    def text(self) -> str:
        """Why it has not."""
        return self.content if isinstance(self.content, str) else _NOT_NOW


class Pages:
    """The pages that mailed links open, and behind them the API.

    Args:
        api: Answers everything else.
        storage: Where everything is kept.
        service: The server's rules and secrets.
    """

    def __init__(self, api: Application, storage: Storage, service: Service) -> None:
        self._api = api
        self._storage = storage
        self._service = service
        self._pages = {"invitations": self._invitation, "passwords": self._password, "addresses": self._address}

    def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> Awaitable[None]:
        """Answer one request (ASGI)."""
        match = _PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if match is None or scope["method"] not in ("GET", "HEAD", "POST"):
            return self._api(scope, receive, send)
        return self._show(match, scope, receive, send)

    async def _show(
        self,
        match: re.Match[str],
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        given: dict[str, str] | None = None
        if scope["method"] == "POST":
            try:
                body = await read_body(receive, Request(scope), _MAXIMUM_FORM)
                given = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MAXIMUM_FIELDS))
            except ConnectionError:
                return
            except (Refused, ValueError):
                given = {}
        try:
            reply = await self._pages[match[1]](scope, match[2], given)
        except StorageError:
            reply = self._page("Not now", paragraph(_NOT_NOW), status=503)
        await reply.send(scope, send)

    async def _invitation(self, scope: Mapping[str, Any], code: str, given: Mapping[str, str] | None) -> Reply:
        found = await self._ask(scope, "GET", f"/invitations/{code}")
        if not found.good:
            return self._gone("This invitation does not work", found)
        invitation = found.content
        email = invitation["email"]
        answer = None if given is None else await self._answer_invitation(scope, code, email, given)
        action = given.get("action") if given else None
        organization = invitation["organization_name"]
        if answer is not None and answer.good:
            if action == "reject":
                return self._page("Rejected", paragraph(f"You have not joined {organization}."))
            if action == "sign-up" and answer.content["default_workspace_id"] is None:
                told = f"Your account is made. To join {organization}, first open the link that has been mailed to you."
                return self._page("Look into your mailbox", paragraph(told))
            return self._page("Welcome", paragraph(f"You are now a member of {organization}."))
        explained = alert(self._why(answer, email)) if answer else ""
        sender = f"{invitation['sender_name']} ({invitation['sender_email']})"
        who = f"{sender} invites {email} to {organization}."
        fields: list[str] = []
        if invitation["accounts_signup_url"]:
            fields = [
                field("full_name", "Your name", value=given.get("full_name", "") if given else ""),
                field("password", "A password for your new account", "new-password"),
                tick("tos_accepted", "I accept the terms of this server"),
                button("sign-up", "Sign up and join"),
            ]
        else:
            fields = [
                field("password", "Your password, unless you are logged in already", "password", required=False),
                button("accept", "Accept"),
            ]
        fields.append(button("reject", "Reject", skips_fields=True))
        status = answer.status if answer else 200
        return self._page(f"Join {organization}", explained, paragraph(who), form(*fields), status=status)

    async def _answer_invitation(
        self, scope: Mapping[str, Any], code: str, email: str, given: Mapping[str, str]
    ) -> Answer:
        password = given.get("password", "")
        match given.get("action"):
            case "sign-up":
                account = {
                    "email": email,
                    "password": password,
                    "full_name": given.get("full_name", ""),
                    "tos_accepted": given.get("tos_accepted") == "yes",
                    "invitation_code": code,
                }
                return await self._ask(scope, "POST", "/signup", account)
            case "accept" | "reject" as action:
                path = f"/organizations/invitations/{code}/{action}"
                return await self._ask(scope, "POST", path, login=(email, password) if password else None)
            case _:
                return Answer(400, "The form was not complete.")

    async def _password(self, scope: Mapping[str, Any], code: str, given: Mapping[str, str] | None) -> Reply:
        found = await self._ask(scope, "GET", "/me/lost_passwords", query={"token_code": code})
        if not found.good:
            return self._gone("This link does not work", found)
        explained, status = "", 200
        if given is not None:
            content = {"code": code, "password": given.get("password", "")}
            answer = await self._ask(scope, "POST", "/me/lost_passwords/confirm", content)
            if answer.good:
                return self._page("Done", paragraph("Your new password is set. Log in with it."))
            explained, status = alert(answer.text), answer.status
        fields = (field("password", "New password", "new-password"), button("set", "Set the password"))
        return self._page("Set a new password", explained, form(*fields), status=status)

    async def _address(self, _scope: Mapping[str, Any], code: str, given: Mapping[str, str] | None) -> Reply:
        now = time.time_ns() // 1000

        async def find(transaction: Transaction) -> CodeRow | None:
            return await mailed_codes.find(transaction, code, "address", now)

        async def prove(transaction: Transaction) -> str:
            return await proofs.prove(Work(transaction, self._service, None, now), code)

        found = await self._storage.read(find)
        if found is None:
            return self._gone("This link does not work", Answer(404, None))
        if given is None:
            question = f"{found.fullname} has an account here with the address {found.email}. Is that you?"
            return self._page("Is this your address?", paragraph(question), form(button("prove", "Yes, that is me")))
        try:
            email = await self._storage.write(prove)
        except Refused:
            return self._gone("This link does not work", Answer(404, None))
        return self._page("Thank you", paragraph(f"{email} is proved to be your address."))

    async def _ask(
        self,
        scope: Mapping[str, Any],
        method: str,
        path: str,
        content: object = None,
        *,
        query: Mapping[str, str] | None = None,
        login: tuple[str, str] | None = None,
    ) -> Answer:
        """Have the API do something, as whoever has sent the form."""
        headers = [(name, value) for name, value in scope["headers"] if name in _PASSED_ON]
        if login is not None:
            headers.append((b"authorization", b"Basic " + base64.b64encode(":".join(login).encode())))
        request = Request(
            {
                "method": method,
                "path": BASE_PATH + path,
                "query_string": urlencode(query or {}).encode(),
                "headers": headers,
                "client": scope.get("client"),
            }
        )
        reply = await self._api.answer(request, msgspec.json.encode(content))
        return Answer(reply.status, msgspec.json.decode(reply.body) if reply.body else None)

    def _why(self, answer: Answer, email: str) -> str:
        if answer.status in (401, 403):
            return (
                f"{answer.text}. Log in as {email}: give the password of that account. "
                "If its address is not proved yet, open the invitation by the link in your mail."
            )
        return answer.text

    def _gone(self, title: str, answer: Answer) -> Reply:
        if answer.status != 404:
            return self._page("Not now", paragraph(_NOT_NOW), status=answer.status)
        why = "It has been used or replaced, has expired, or was not copied completely. Ask for a new one."
        return self._page(title, paragraph(why), status=404)

    def _page(self, title: str, *parts: str, status: int = 200) -> Reply:
        return document.page(title, *parts, status=status, secure=self._service.settings.secure)
