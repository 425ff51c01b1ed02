"""The pure core: what a case, a standard and a decision are. No I/O, no clock, pydantic only."""
