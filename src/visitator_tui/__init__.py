"""Visitator: assess, match and decide help under a municipality's kvalitetsstandard."""

__version__ = "0.2.0"
