"""The way of a finished letter out of the house: to the system's printer, to a folder, to Digital Post."""

from .export import FileExport
from .system import system_printer

__all__ = ["FileExport", "system_printer"]
