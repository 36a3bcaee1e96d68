"""The reference simulator of votes in the United Nations Security Council.

>>> import simulator
>>> odds = simulator.odds(simulator.load("dprk-2022-05"), engine="exact")
>>> 0 < odds.adopted < 1
True
"""

__version__ = "0.1.0"
