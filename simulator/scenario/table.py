"""What every table of the file has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table of the file: unknown keys are errors, values keep the types TOML gives them, nothing changes later."""

    # Built when first used, all tables in one: half the time of building each for itself.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True, defer_build=True)
