"""The what-if options that commands about a scenario share."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from simulator.faces.cli.typed import read_choices, read_day, read_pairs
from simulator.scenario import Scenario, changed
from simulator.scenario.changes import setting


@dataclass(frozen=True, slots=True)
class Changes:
    """The what-if options, as typed."""

    given: list[str] | None = None
    do: list[str] | None = None
    stance: list[str] | None = None
    settings: list[str] | None = None
    rule: str | None = None
    council_date: str | None = None

    @property
    def words(self) -> str:
        """They as one would type them; empty where there is none."""
        several = {"--given": self.given, "--do": self.do, "--stance": self.stance, "--set": self.settings}
        once = {"--rule": self.rule, "--council-date": self.council_date}
        pairs = [(option, value) for option, values in several.items() for value in values or ()]
        pairs += [(option, value) for option, value in once.items() if value is not None]
        return shlex.join(word for pair in pairs for word in pair)

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario with them."""
        if not self.words:
            return scenario
        return changed(
            scenario,
            given={
                member: read_choices(vote)
                for member, vote in read_pairs(self.given, "--given", 'CHN="not yes"').items()
            },
            do=read_pairs(self.do, "--do", "RUS=no"),
            stance=read_pairs(self.stance, "--stance", "IND=undecided"),
            settings=dict(setting(one) for one in self.settings or ()),
            rule=self.rule,
            council_date=None if self.council_date is None else read_day(self.council_date, "--council-date"),
        )
