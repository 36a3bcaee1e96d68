"""Floor 6, questions asked of the odds, of the rules, and of the record beside them: one a file."""

from simulator.analysis.abstention import AbstentionPower, ClassAbstentionPower, power_with_abstention
from simulator.analysis.assumptions import Assumption
from simulator.analysis.bargain import Bargain, bargain
from simulator.analysis.compare import Attribution, Comparison, Part, compare
from simulator.analysis.games import Game, GameMember, rule_game, scenario_game, weighted_game
from simulator.analysis.moves import Move, Moves
from simulator.analysis.outside_view import OutsideView, Widening, outside_view
from simulator.analysis.pivots import Pivot, Pivots, pivots
from simulator.analysis.power import ClassPower, Power, power
from simulator.analysis.runs import Run
from simulator.analysis.sensitivity import Sensitivity, sensitivity
from simulator.analysis.sobol import Index
from simulator.analysis.tabling import Tabling
from simulator.analysis.texts import Offer, Texts, Turn
from simulator.analysis.why import Failure, Nearest, Why, why
from simulator.analysis.win_set import Cores, WinSet, win_set

__all__ = [
    "AbstentionPower",
    "Assumption",
    "Attribution",
    "Bargain",
    "ClassAbstentionPower",
    "ClassPower",
    "Comparison",
    "Cores",
    "Failure",
    "Game",
    "GameMember",
    "Index",
    "Move",
    "Moves",
    "Nearest",
    "Offer",
    "OutsideView",
    "Part",
    "Pivot",
    "Pivots",
    "Power",
    "Run",
    "Sensitivity",
    "Tabling",
    "Texts",
    "Turn",
    "Why",
    "Widening",
    "WinSet",
    "bargain",
    "compare",
    "outside_view",
    "pivots",
    "power",
    "power_with_abstention",
    "rule_game",
    "scenario_game",
    "sensitivity",
    "weighted_game",
    "why",
    "win_set",
]
