from reports.models.report import Report, ReportPart

__all__ = ["Report", "ReportPart"]
