"""Floor 6, questions asked of the odds, of the rules, and of the record beside them: one a file or folder."""

from simulator.analysis.bargain.bargaining import Bargain, bargain
from simulator.analysis.bargain.move import Move
from simulator.analysis.bargain.moves import Moves
from simulator.analysis.bargain.offer import Offer, Turn
from simulator.analysis.bargain.tabling import Tabling
from simulator.analysis.bargain.texts import Texts
from simulator.analysis.compare.comparison import Attribution, Comparison, Part, compare
from simulator.analysis.outside_view.view import OutsideView, Widening, outside_view
from simulator.analysis.pivots import Pivot, Pivots, pivots
from simulator.analysis.power.abstention import AbstentionPower, ClassAbstentionPower, power_with_abstention
from simulator.analysis.power.games import Game, GameMember, rule_game, scenario_game
from simulator.analysis.power.indices import ClassPower, Power, power
from simulator.analysis.power.weights import weighted_game
from simulator.analysis.reacting import Reacting
from simulator.analysis.reforms.cases import Kind
from simulator.analysis.reforms.reformed import LeftOut, Reformed, Reforms, SeatPower, reforms
from simulator.analysis.runs import Run
from simulator.analysis.sensitivity.assumptions import Assumption
from simulator.analysis.sensitivity.sensitivities import Sensitivity, sensitivity
from simulator.analysis.sensitivity.sobol import Index
from simulator.analysis.time_machine.notes import years_apart
from simulator.analysis.time_machine.stops import Stop
from simulator.analysis.time_machine.years import TimeMachine, time_machine
from simulator.analysis.why import Failure, Nearest, Why, why
from simulator.analysis.win_set.sets import Cores, WinSet, win_set

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
    "Kind",
    "LeftOut",
    "Move",
    "Moves",
    "Nearest",
    "Offer",
    "OutsideView",
    "Part",
    "Pivot",
    "Pivots",
    "Power",
    "Reacting",
    "Reformed",
    "Reforms",
    "Run",
    "SeatPower",
    "Sensitivity",
    "Stop",
    "Tabling",
    "Texts",
    "TimeMachine",
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
    "reforms",
    "rule_game",
    "scenario_game",
    "sensitivity",
    "time_machine",
    "weighted_game",
    "why",
    "win_set",
    "years_apart",
]
