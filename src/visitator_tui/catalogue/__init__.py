"""Reading and checking the catalogue files of municipalities' standards."""

from .folder import CatalogueFolder
from .problems import BrokenCatalogueError, CatalogueProblem

__all__ = ["BrokenCatalogueError", "CatalogueFolder", "CatalogueProblem"]
