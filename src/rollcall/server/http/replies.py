"""Replies that are served again while nothing has changed that they tell of.

A reply depends on what was asked, on what the viewer may see, and on the content of one organization, which its
revision tells. These are read from the database for every request, with the credentials: nothing that another process
does has to be told to this one.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from rollcall.server.domain import Reuse
from rollcall.server.http.reply import Reply, unchanged

if TYPE_CHECKING:
    from rollcall.server.domain.work import Viewer
    from rollcall.server.http.request import Request
    from rollcall.server.settings import Settings

_OVERHEAD = 2048
"""Bytes that a reply takes beside its body: headers, and the place where it is found."""

_LARGEST_SHARE = 16
"""A reply that would take more than one part in so many of the memory is not kept."""

Key = tuple[str, bytes, bool, int | None, int | None, int | None, int | None]


class Question(msgspec.Struct, frozen=True):
    """All that a reply depends on, beside the server itself.

    Attributes:
        key: What is asked for, and by whom as far as that makes a difference.
        epoch: Of the database.
        revision: Of the organization.
    """

    key: Key
    epoch: str
    revision: int


class Kept(msgspec.Struct, frozen=True):
    """A reply, and the question that it answers.

    Attributes:
        unchanged: The reply to who holds it already.
    """

    question: Question
    etag: str
    reply: Reply
    unchanged: Reply
    size: int


def question_of(request: Request, viewer: Viewer | None, reuse: Reuse | None, *, secure: bool) -> Question | None:
    """What the reply to a request depends on; None where it depends on more, and is not served again."""
    if reuse is None or viewer is None or viewer.organization_id is None:
        return None
    if viewer.epoch is None or viewer.revision is None:
        return None
    key = (
        request.path,
        request.raw_query,
        secure,
        viewer.organization_id,
        viewer.role and int(viewer.role),
        viewer.workspace_role and int(viewer.workspace_role),
        None if reuse is Reuse.RIGHTS else viewer.user_id,
    )
    return Question(key, viewer.epoch, viewer.revision)


class Replies:
    """The replies that one process keeps; those go first that were not asked for longest.

    Args:
        settings: What the server says may depend on them; they also say how much memory there is.
    """

    def __init__(self, settings: Settings) -> None:
        self._memory = settings.reply_memory
        build = f"{version('toggl-rollcall')} {_digest_of_sources()} {settings}"
        self._of_build = hashlib.blake2b(build.encode(), digest_size=16)
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._used = 0

    def find(self, question: Question, held: str | None) -> Reply | None:
        """The reply to a question, or that it is what the client holds; None where it has to be made.

        Args:
            question: What is asked, and by whom.
            held: The `If-None-Match` of the request.
        """
        kept = self._kept.get(question.key)
        if kept is not None and kept.question != question:
            kept = None
        if kept is not None:
            self._kept.move_to_end(question.key)
            if held == kept.etag:
                return kept.unchanged
        if held is not None:
            # Who holds the tag has been sent this very reply, here or by another process.
            etag = kept.etag if kept else self._etag_of(question)
            if etag in _tags(held) or (kept and held == "*"):
                return unchanged(etag, secure=question.key[2])
        return None if kept is None else kept.reply

    def keep(self, question: Question, reply: Reply) -> Reply:
        """Give a reply its tag, and keep it to be served again."""
        if reply.status != 200 or reply.rest is not None:
            return reply
        etag = self._etag_of(question)
        tagged = msgspec.structs.replace(reply, headers=[*reply.headers, (b"etag", etag.encode())])
        size = len(reply.body) + len(question.key[0]) + len(question.key[1]) + _OVERHEAD
        if size * _LARGEST_SHARE <= self._memory:
            self._drop(self._kept.pop(question.key, None))
            self._kept[question.key] = Kept(question, etag, tagged, unchanged(etag, secure=question.key[2]), size)
            self._used += size
            while self._used > self._memory:
                self._drop(self._kept.popitem(last=False)[1])
        return tagged

    def _drop(self, kept: Kept | None) -> None:
        if kept is not None:
            self._used -= kept.size

    def _etag_of(self, question: Question) -> str:
        tag = self._of_build.copy()
        tag.update(repr((question.key, question.epoch, question.revision)).encode())
        return f'"{tag.hexdigest()}"'


def _tags(held: str) -> list[str]:
    """The tags of an `If-None-Match`; a proxy that has packed a reply makes its tag a weak one."""
    return [each.strip().removeprefix("W/") for each in held.split(",")]


@cache
def _digest_of_sources() -> str:
    """What tells one state of the code from another: a version can have many while it is worked on."""
    package = Path(__file__).parents[2]
    digest = hashlib.blake2b(digest_size=16)
    for floor in ("contract", "server"):
        for source in sorted((package / floor).rglob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()
