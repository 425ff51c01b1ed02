"""Writing a tagged PDF with reportlab: PDF/UA-1 (readable by all) and PDF/A-2a (archivable) in one file."""

from .document import A4, TaggedPdf, opaque
from .fonts import BOLD, REGULAR, unprintable, width_of
from .metadata import Metadata
from .structure import Element

__all__ = [
    "A4", "BOLD", "REGULAR", "Element", "Metadata", "TaggedPdf", "opaque", "unprintable", "width_of",
]  # fmt: skip
