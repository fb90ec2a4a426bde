"""Part II: what was done, section by section. ``figures`` are the report's totals."""

from config.vietnamese.amounts import grouped
from reports.figures.summing import in_order
from reports.models import Report
from reports.prose.frame import houses_promised
from reports.prose.wording import count, counted, joined, level_word, money, share, split


def registry(report: Report, figures: dict) -> list[str]:
    """The households on the year's list."""
    year = report.campaign.year
    if not figures["households"] and report.figures["missing"]:
        return []  # the lists stand with the units that were named as missing
    if not figures["households"]:
        return [f"Chưa có danh sách hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn năm {year}."]
    kinds = {
        "hộ nghèo": figures["poor"],
        "hộ cận nghèo": figures["near_poor"],
        "hộ có hoàn cảnh khó khăn": figures["hardship"],
    }
    there = [name for name, number in kinds.items() if number]
    if len(there) == 1:
        of_kind = f"đều là {there[0]}" if figures["households"] > 1 else f"là {there[0]}"
    else:
        of_kind = f"gồm {joined(counted(number, name) for name, number in kinds.items())}"
    return [
        f"Danh sách năm {year} có {count(figures['households'])} hộ với "
        f"{count(figures['members'])} nhân khẩu tại {count(figures['hamlets'])} khu dân cư, "
        f"{of_kind}."
    ]


def received(report: Report, figures: dict) -> list[str]:
    """Gifts to the fund in the peak month, and after it."""
    said = [_received_in_window(report, figures)]
    if figures["receipts_after_window"]:
        said.append(
            f"Sau Tháng cao điểm, Quỹ tiếp nhận thêm {count(figures['receipts_after_window'])} "
            f"khoản, trị giá {money(figures['received_after_window'])} "
            "(chưa tính trong số liệu trên)."
        )
    return said


def _received_in_window(report: Report, figures: dict) -> str:
    fund = _fund_named(report)
    if not figures["receipts"]:
        return f"Trong Tháng cao điểm, {fund} chưa tiếp nhận khoản ủng hộ nào."
    forms = {
        "tiền mặt": figures["received_cash"],
        "tiền chuyển khoản": figures["received_bank"],
        "hiện vật quy ra tiền": figures["received_goods"],
    }
    own = report.figures["own"]
    among = (
        f"; trong đó Quỹ cấp {level_word(report.committee)} tiếp nhận "
        f"{count(own['receipts'])} khoản, {money(own['received_total'])}"
        if _has_lower(report) and own["receipts"]
        else ""
    )
    return (
        f"Trong Tháng cao điểm, {fund} đã tiếp nhận {count(figures['receipts'])} khoản ủng hộ, "
        f"tổng trị giá {money(figures['received_total'])}, {split(forms, 'là ')}{among}."
    )


def spent(report: Report, figures: dict) -> list[str]:
    """Payments and the statement of money: opening + in − out = closing."""
    money_in = figures["received_cash"] + figures["received_bank"]
    fund = _fund_named(report)
    if not (figures["fund_opening"] or money_in or figures["spent_total"]):
        return []
    if figures["spent_total"]:
        purposes = {
            "hỗ trợ hộ": figures["spent_support"],
            "xây dựng, sửa chữa nhà Đại đoàn kết": figures["spent_houses"],
        }
        said = [f"{fund} đã chi {money(figures['spent_total'])}, {split(purposes, 'để ')}."]
    else:
        said = [f"Trong Tháng cao điểm, {fund} chưa chi khoản nào."]
    said.append(
        f"Số dư tiền đầu kỳ {money(figures['fund_opening'])}, thu {money(money_in)}, "
        f"chi {money(figures['spent_total'])}, số dư tiền cuối kỳ "
        f"{money(figures['money_closing'])} (không gồm hiện vật)."
    )
    if figures["adjusted_after"]:
        more = "tăng" if figures["adjusted_after"] > 0 else "giảm"
        said.append(
            f"Điều chỉnh sau kỳ: số dư trên {more} {money(abs(figures['adjusted_after']))} so với "
            "sổ sách tại ngày cuối kỳ, do chứng từ trong kỳ được hủy sau đó."
        )
    return said


def houses(report: Report, figures: dict) -> list[str]:
    """Nhà Đại đoàn kết against the plan's target, their state, money and labour."""
    built = figures["houses"]
    promised = houses_promised(report)
    if not built["approved"]:
        if not promised:
            return []
        return [
            f"Chưa có nhà Đại đoàn kết nào được duyệt trên chỉ tiêu {count(promised)} căn của "
            "kế hoạch."
        ]
    against = (
        f", đạt {share(built['approved'], promised)} chỉ tiêu {count(promised)} căn của kế hoạch"
        if promised
        else ""
    )
    kinds = joined([_of_kind("xây mới", built["new"]), _of_kind("sửa chữa", built["repaired"])])
    states = joined(
        [
            _of_kind("đã bàn giao", built["handed_over"]),
            _of_kind("đang thực hiện", built["under_way"]),
        ]
    )
    said = [f"Đã duyệt {count(built['approved'])} căn ({kinds}){against}; {states}."]
    sources = {
        "Quỹ “Vì người nghèo”": built["fund"],
        "các đơn vị, cá nhân tài trợ": built["sponsors"],
        "gia đình đối ứng": built["family"],
    }
    total = sum(sources.values())
    if total:
        said.append(f"Tổng kinh phí {money(total)}, {split(sources, 'từ ')}.")
    if built["labour_days"]:
        said.append(f"Nhân dân đóng góp {count(built['labour_days'])} ngày công.")
    return said


def support(_report: Report, figures: dict) -> list[str]:
    """What households got from lists, by kind, and how many of those listed got anything."""
    said = []
    if figures["support"]:
        times = sum(row["count"] for row in figures["support"].values())
        value = sum(row["value"] for row in figures["support"].values())
        said.append(
            f"Đã hỗ trợ {count(times)} lượt với tổng trị giá {money(value)} từ Quỹ “Vì người "
            f"nghèo” và các nguồn an sinh xã hội có danh sách, {_by_kind(figures['support'])}."
        )
    if figures["supported_households"]:
        said.append(
            f"Có {grouped(figures['supported_households'])}/{grouped(figures['households'])} hộ "
            "trong danh sách đã được hỗ trợ hoặc được làm nhà, đạt "
            f"{share(figures['supported_households'], figures['households'])}."
        )
    return said


def welfare(_report: Report, figures: dict) -> list[str]:
    """Welfare (ASXH) given directly, outside the fund's books."""
    if not figures["welfare"]:
        return []
    parts = {
        "phần đã có danh sách người nhận": figures["welfare_listed"],
        "phần chưa có danh sách": figures["welfare_unlisted"],
    }
    return [
        "Các cơ quan, đơn vị, cá nhân trực tiếp thực hiện an sinh xã hội trị giá "
        f"{money(figures['welfare'])} (ngoài Quỹ “Vì người nghèo”), {split(parts, 'là ')}."
    ]


def _by_kind(kinds: dict[str, dict[str, int]]) -> str:
    if len(kinds) == 1:
        return f"đều là {_lowered(next(iter(kinds)))}"
    return "gồm: " + "; ".join(
        f"{_lowered(kind)} {count(row['count'])} lượt, {money(row['value'])}"
        for kind, row in in_order(kinds)
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _of_kind(what: str, number: int) -> str:
    return f"{what} {count(number)} căn" if number else ""


def _has_lower(report: Report) -> bool:
    return bool(report.figures["expected"])


def _fund_named(report: Report) -> str:
    if _has_lower(report):
        return "Quỹ “Vì người nghèo” các cấp"
    return f"Quỹ “Vì người nghèo” {level_word(report.committee)}"
