"""Who decides, or writes a letter."""

from __future__ import annotations

from .base import Model, Text


class DecisionMaker(Model):
    """Who decides; named in the letter."""

    name: Text = ""
    title: Text = "visitator"
