"""Reports: one live revision each, snapshots true to their hash, sums true to their parts."""

from django.db.models import Count

from reports.compiling import add_up, fingerprint
from reports.invariants.asking import Answer
from reports.models import Report, ReportPart


def reports_once() -> Answer:
    """I6: at most one live report per unit and campaign; each snapshot has its hash."""
    wrong = []
    twice = Report.objects.live().order_by().values("campaign", "committee")
    for row in twice.annotate(n=Count("pk")).filter(n__gt=1):
        wrong.append(f"Đơn vị {row['committee']} có {row['n']} báo cáo hiệu lực")
    sent = Report.objects.exclude(snapshot=None).order_by("pk")
    number = 0
    for report in sent.only("pk", "snapshot", "sha256").iterator(chunk_size=200):
        number += 1
        if fingerprint(report.snapshot) != report.sha256:
            wrong.append(f"Báo cáo {report.pk} không khớp mã kiểm tra")
    return number, wrong


def tree_sums() -> Answer:
    """I7: total = own + children, each child as the child's own snapshot had it."""
    wrong = []
    number = 0
    for report in Report.objects.exclude(snapshot=None).order_by("pk").iterator(chunk_size=200):
        number += 1
        snapshot = report.snapshot
        children = snapshot["children"]
        if add_up(snapshot["own"], [child["figures"] for child in children]) != snapshot["total"]:
            wrong.append(f"Báo cáo {report.pk}: tổng không bằng số của mình cộng các phần")
        parts = ReportPart.objects.filter(report=report).select_related("child")
        taken = {part.child_id: part for part in parts}
        for child in children:
            part = taken.get(child["report"])
            if (
                part is None
                or part.sha256 != child["sha256"]
                or part.child.sha256 != child["sha256"]
                or part.child.snapshot["total"] != child["figures"]
            ):
                wrong.append(f"Báo cáo {report.pk}: phần của {child['name']} khác báo cáo đã gửi")
    return number, wrong
