"""``python -m simulator``: the command line, as ``unsc``."""

from simulator.faces.cli.main import main

if __name__ == "__main__":
    main()
