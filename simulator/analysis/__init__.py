"""Floor 6, questions asked of the odds, and of the record beside them: one a file."""

from simulator.analysis.outside_view import OutsideView, Widening, outside_view
from simulator.analysis.win_set import Cores, WinSet, win_set

__all__ = ["Cores", "OutsideView", "Widening", "WinSet", "outside_view", "win_set"]
