"""Reading and checking the catalogue files of municipalities' standards."""

from .folder import CatalogueFolder
from .problems import BrokenCatalogueError, CatalogueProblem
from .reader import check_catalogue

__all__ = ["BrokenCatalogueError", "CatalogueFolder", "CatalogueProblem", "check_catalogue"]
