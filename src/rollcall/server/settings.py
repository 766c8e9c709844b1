"""What an operator decides about a server."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from rollcall.contract.operation import BASE_PATH
from rollcall.contract.plan import ENTERPRISE, Plan


class PasswordCost(msgspec.Struct, frozen=True):
    """How dear one argon2id hash is. The defaults are RFC 9106's for machines with little memory to spare.

    Attributes:
        passes: Times the memory is gone over.
        memory: Kibibytes filled.
        lanes: Threads of one computation.
    """

    passes: int = 3
    memory: int = 65_536
    lanes: int = 4


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of one server.

    Attributes:
        public_url: Where people reach the server, without a trailing slash: the start of every mailed link.
        default_plan: The plan a new organization is on.
        signup: Who may make an account: anyone (`open`), or only who was invited.
        organizations: Who may make an organization.
        prove_addresses: Whether an address must be proved by a mailed link before it can join by the inviter's code.
        maximum_body: Bytes that a request body may have.
        password_cost: How dear a password hash is.
        reply_memory: Bytes that replies may take which each process keeps to serve again; 0 to keep none.
        document_fonts: Files of fonts for letters in documents that Rollcall's own font does not have.
    """

    public_url: str = "http://127.0.0.1:8080"
    default_plan: Plan = ENTERPRISE
    signup: Literal["open", "invited"] = "invited"
    organizations: Literal["anyone", "operator"] = "anyone"
    prove_addresses: bool = False
    maximum_body: int = 1_048_576
    password_cost: PasswordCost = PasswordCost()
    reply_memory: int = 25_165_824
    document_fonts: tuple[Path, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether people reach the server by https."""
        return self.public_url.startswith("https://")

    @property
    def api_url(self) -> str:
        """Where people reach the API; the path of an operation follows."""
        return self.public_url + BASE_PATH
