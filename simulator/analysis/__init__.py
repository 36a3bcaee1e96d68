"""Floor 6, questions asked of the odds: one a file."""

from simulator.analysis.win_set import Cores, WinSet, win_set

__all__ = ["Cores", "WinSet", "win_set"]
