"""`python -m adapters.local.server --folder F --port P`: a workspace alone, for bots in other processes.

The first line of its output is its address. The secret for bots is in the file `bot-secret` of its folder.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from adapters.local.options import Options
from adapters.local.server.serving import open_alone
from bot.base.clock import Clock, MovedClock, SystemClock


def main() -> None:
    """Run until interrupted or terminated."""
    parser = argparse.ArgumentParser(prog="python -m adapters.local.server", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the workspace is kept")
    parser.add_argument("--port", type=int, default=8321, help="0 for any free port")
    parser.add_argument("--host", default="127.0.0.1", help="nothing but 127.0.0.1 is possible")
    parser.add_argument("--options", default="{}", help='as JSON, such as {"reads_replies": false}')
    parser.add_argument("--clock-moves", action="store_true", help="people can move this workspace's clock")
    given = parser.parse_args()
    clock = MovedClock() if given.clock_moves else SystemClock()
    asyncio.run(_serve(given.folder, given.port, clock, given.host, Options.model_validate_json(given.options)))


async def _serve(folder: Path, port: int, clock: Clock, host: str, options: Options) -> None:
    served = open_alone(folder, port, clock, host, options)
    ending = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    await served.start()
    sys.stdout.write(f"{served.address}\n")
    sys.stdout.flush()
    await ending.wait()
    await served.stop()


if __name__ == "__main__":
    main()
