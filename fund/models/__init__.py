from fund.models.fund import Account, Fund, PeriodLock
from fund.models.ledger import Entry, Journal
from fund.models.support import Support, SupportList, WelfareTotal
from fund.models.voucher import GoodsLot, Receipt, Voucher

__all__ = [
    "Account",
    "Entry",
    "Fund",
    "GoodsLot",
    "Journal",
    "PeriodLock",
    "Receipt",
    "Support",
    "SupportList",
    "Voucher",
    "WelfareTotal",
]
