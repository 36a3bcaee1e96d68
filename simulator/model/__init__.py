"""Floor 4, how likely is each vote: preferences, company, what is learnt and what is made."""

from simulator.model.company import Follows
from simulator.model.latent import CODE, LatentVotes, choice_odds
from simulator.model.spatial import IssueSpace
from simulator.model.stance_likelihood import stance_likelihoods
from simulator.model.stance_odds import record_counts, stance_numbers
from simulator.model.stated import stated_odds
from simulator.model.vote_model import (
    PREFERENCE_MODELS,
    VoteModel,
    WeighedModel,
    abstaining_parties,
    vote_model,
    vote_models,
)

__all__ = [
    "CODE",
    "PREFERENCE_MODELS",
    "Follows",
    "IssueSpace",
    "LatentVotes",
    "VoteModel",
    "WeighedModel",
    "abstaining_parties",
    "choice_odds",
    "record_counts",
    "stance_likelihoods",
    "stance_numbers",
    "stated_odds",
    "vote_model",
    "vote_models",
]
