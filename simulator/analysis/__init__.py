"""Floor 6, questions asked of the odds, of the rules, and of the record beside them: one a file."""

from simulator.analysis.abstention import AbstentionPower, ClassAbstentionPower, power_with_abstention
from simulator.analysis.bargain import Bargain, bargain
from simulator.analysis.games import Game, GameMember, rule_game, scenario_game, weighted_game
from simulator.analysis.moves import Move, Moves
from simulator.analysis.outside_view import OutsideView, Widening, outside_view
from simulator.analysis.power import ClassPower, Power, power
from simulator.analysis.tabling import Tabling
from simulator.analysis.texts import Offer, Texts, Turn
from simulator.analysis.win_set import Cores, WinSet, win_set

__all__ = [
    "AbstentionPower",
    "Bargain",
    "ClassAbstentionPower",
    "ClassPower",
    "Cores",
    "Game",
    "GameMember",
    "Move",
    "Moves",
    "Offer",
    "OutsideView",
    "Power",
    "Tabling",
    "Texts",
    "Turn",
    "Widening",
    "WinSet",
    "bargain",
    "outside_view",
    "power",
    "power_with_abstention",
    "rule_game",
    "scenario_game",
    "weighted_game",
    "win_set",
]
