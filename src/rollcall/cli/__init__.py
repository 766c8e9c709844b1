"""The command `rollcall`."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from importlib.util import find_spec

from rollcall.cli.failure import Failure

DISTRIBUTION = "toggl-rollcall"


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: What stands behind `rollcall`; by default what the process was started with.

    Returns:
        The exit status: 0 when done, 1 when it could not be done and a line says why, 2 for a wrong call.
    """
    parser = argparse.ArgumentParser(prog="rollcall", description="Organizations and their people on the Toggl API.")
    parser.add_argument("--version", action="version", version=f"{DISTRIBUTION} {version(DISTRIBUTION)}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    try:
        if find_spec("uvicorn") is None:
            for command in ("serve", "operator", "migrate-to"):
                commands.add_parser(command, help=f"needs the server: pip install '{DISTRIBUTION}[server]'")
            parser.parse_known_args(arguments)
            raise Failure(f"the server is not installed: pip install '{DISTRIBUTION}[server]'")
        from rollcall.cli import migrate_to, operator, serve

        serve.add_parser(commands)
        operator.add_parser(commands)
        migrate_to.add_parser(commands)
        parsed = parser.parse_args(arguments)
        return int(parsed.run(parsed))
    except Failure as failure:
        for line in failure.args:
            print(f"rollcall: {' '.join(str(line).split())}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
