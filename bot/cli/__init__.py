"""The command line. `main` is the console command `starling`."""

from bot.cli.app import main

__all__ = ["main"]
