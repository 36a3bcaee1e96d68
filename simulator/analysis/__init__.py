"""Floor 6, questions asked of the odds, of the rules, and of the record beside them: one a file."""

from simulator.analysis.abstention import AbstentionPower, ClassAbstentionPower, power_with_abstention
from simulator.analysis.brief import Brief
from simulator.analysis.games import Game, GameMember, rule_game, scenario_game, weighted_game
from simulator.analysis.outside_view import OutsideView, Widening, outside_view
from simulator.analysis.power import ClassPower, Power, power
from simulator.analysis.reform_cases import Kind
from simulator.analysis.reforms import LeftOut, Reformed, Reforms, SeatPower, reforms
from simulator.analysis.time_machine import Stop, TimeMachine, time_machine, years_apart
from simulator.analysis.win_set import Cores, WinSet, win_set

__all__ = [
    "AbstentionPower",
    "Brief",
    "ClassAbstentionPower",
    "ClassPower",
    "Cores",
    "Game",
    "GameMember",
    "Kind",
    "LeftOut",
    "OutsideView",
    "Power",
    "Reformed",
    "Reforms",
    "SeatPower",
    "Stop",
    "TimeMachine",
    "Widening",
    "WinSet",
    "outside_view",
    "power",
    "power_with_abstention",
    "reforms",
    "rule_game",
    "scenario_game",
    "time_machine",
    "weighted_game",
    "win_set",
    "years_apart",
]
