"""A real Rollcall server in your tests' own process. Needs the extra `testing`.

    with RollcallServer(default_plan="free") as server:
        httpx.get(f"{server.url}/me", auth=(server.email, server.password))

With pytest there is the fixture `rollcall_server`, and those of `rollcall.testing.plugin`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rollcall.testing.server import Account, RollcallServer, Rules

__all__ = ["Account", "RollcallServer", "Rules"]


def __getattr__(name: str) -> Any:
    # Not imported before it is asked for: pytest imports this package in every environment it is installed in.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from rollcall.testing import server
    except ModuleNotFoundError as error:
        raise ImportError(
            f"{name} runs a server, which is not installed: pip install 'toggl-rollcall[testing]'"
        ) from error
    return getattr(server, name)
