"""The ledger: balanced, never negative, unchanged, dated in reason, numbered without gaps."""

from reports.invariants.asking import Answer, ask, together


def journals_balance() -> Answer:
    """I3: every journal has two legs or more that sum to 0, and so does everything."""
    return together(
        ask(
            "SELECT count(*) FROM fund_journal",
            """SELECT j.id, count(e.id), coalesce(sum(e.amount), 0)
               FROM fund_journal j LEFT JOIN fund_entry e ON e.journal_id = j.id
               GROUP BY j.id HAVING count(e.id) < 2 OR coalesce(sum(e.amount), 0) <> 0""",
            "Bút toán {0} có {1} dòng, tổng {2} đồng",
        ),
        ask(
            "SELECT count(*) FROM fund_voucher WHERE state = 'posted'",
            """SELECT v.id, v.amount, moved.amount FROM fund_voucher v
               JOIN fund_journal j ON j.voucher_id = v.id
               CROSS JOIN LATERAL (
                   SELECT coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS amount
                   FROM fund_entry e WHERE e.journal_id = j.id) AS moved
               WHERE v.state = 'posted' AND v.amount <> moved.amount""",
            "Chứng từ {0} ghi {1} đồng nhưng bút toán {2} đồng",
        ),
    )


def never_below_zero() -> Answer:
    """I4: the running balance of each money and goods account, day by day."""
    return ask(
        """SELECT count(*) FROM fund_account
           WHERE kind IN ('cash', 'bank', 'treasury', 'goods')""",
        """SELECT account_id, day, balance FROM (
               SELECT e.account_id, j.date AS day,
                   sum(sum(e.amount)) OVER (PARTITION BY e.account_id ORDER BY j.date) AS balance
               FROM fund_entry e JOIN fund_journal j ON j.id = e.journal_id
                   JOIN fund_account a ON a.id = e.account_id
               WHERE a.kind IN ('cash', 'bank', 'treasury', 'goods')
               GROUP BY e.account_id, j.date
           ) AS days WHERE balance < 0""",
        "Tài khoản {0} ngày {1} còn {2} đồng",
    )


def postings_unchanged() -> Answer:
    """I5: each posting still has the fingerprint that was recorded when it was made."""
    return ask(
        "SELECT count(*) FROM fund_seal",
        """SELECT s.journal_id FROM fund_seal s
           WHERE s.fingerprint IS DISTINCT FROM journal_fingerprint(s.journal_id)
           UNION ALL
           SELECT j.id FROM fund_journal j
           WHERE NOT EXISTS (SELECT FROM fund_seal s WHERE s.journal_id = j.id)""",
        "Bút toán {0} đã khác lúc ghi sổ",
    )


def dates_in_reason() -> Answer:
    """I16: inside the unit's validity; nothing posted into a period after it was locked."""
    return together(
        ask(
            "SELECT count(*) FROM fund_journal",
            """SELECT j.id, j.date FROM fund_journal j JOIN fund_fund f ON f.id = j.fund_id
               JOIN committees_committee c ON c.id = f.committee_id
               WHERE j.date < coalesce(c.valid_from, '-infinity')
                   OR j.date > coalesce(c.valid_to, 'infinity')""",
            "Bút toán {0} ngày {1} ngoài thời gian đơn vị tồn tại",
        ),
        ask(
            "SELECT count(*) FROM fund_periodlock",
            """SELECT j.id, l.until FROM fund_journal j
               JOIN fund_periodlock l ON l.fund_id = j.fund_id AND j.date <= l.until
               WHERE j.posted_at > l.locked_at""",
            "Bút toán {0} ghi vào kỳ đã khóa đến {1}",
        ),
        ask(
            "SELECT count(*) FROM fund_journal WHERE reverses_id IS NOT NULL",
            """SELECT j.id, j.date FROM fund_journal j
               JOIN fund_journal original ON original.id = j.reverses_id
               WHERE j.date < original.date""",
            "Bút toán điều chỉnh {0} đề ngày {1}, trước bút toán gốc",
        ),
    )


def numbers_gapless() -> Answer:
    """N1: 1, 2, 3 … in every fund, kind and year."""
    return ask(
        "SELECT count(*) FROM fund_voucher WHERE number IS NOT NULL",
        """SELECT fund_id, kind, year, count(*), max(number) FROM fund_voucher
           WHERE number IS NOT NULL GROUP BY fund_id, kind, year
           HAVING max(number) <> count(*) OR min(number) <> 1""",
        "Quỹ {0}, loại {1}, năm {2}: {3} chứng từ nhưng số cuối là {4}",
    )
