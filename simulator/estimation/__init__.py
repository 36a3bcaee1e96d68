"""Floor 6, beside analysis: fitting the history model to the record, forecasting recorded votes, scoring."""

from simulator.estimation.backtest import backtest
from simulator.estimation.forecasts import Forecast, chosen, marks
from simulator.estimation.scorecard import Scorecard, scorecard

__all__ = ["Forecast", "Scorecard", "backtest", "chosen", "marks", "scorecard"]
