"""How a letter stands on paper: styles, boxes, pages."""

from .sheet import letter_pdf

__all__ = ["letter_pdf"]
