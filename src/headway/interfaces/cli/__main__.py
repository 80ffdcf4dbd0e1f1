"""Runs `python -m headway.interfaces.cli` as the command `headway`."""

from headway.interfaces.cli.main import main

main()
