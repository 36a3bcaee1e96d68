"""The exact engine: one vote model, many of one structure, and several ways things may stand."""

from simulator.engines.exact.one import ExactAnswer, solve, solve_like

__all__ = ["ExactAnswer", "solve", "solve_like"]
