"""Letters: content (what is said), layout (how it stands), tagged PDF (how it is written)."""

from .press import ReportlabPress

__all__ = ["ReportlabPress"]
