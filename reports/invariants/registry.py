""" "Không trùng, không sót", asked of the rows."""

from reports.invariants.asking import Answer, ask, together


def no_duplicates() -> Answer:
    """I8: one household once per kind in a list; one new house for a household."""
    return together(
        ask(
            "SELECT count(*) FROM fund_support WHERE support_list_id IS NOT NULL",
            """SELECT household_id, support_list_id, kind FROM fund_support
               WHERE support_list_id IS NOT NULL AND household_id IS NOT NULL
               GROUP BY household_id, support_list_id, kind HAVING count(*) > 1""",
            "Hộ {0} hai lần trong danh sách {1} ({2})",
        ),
        ask(
            "SELECT count(*) FROM housing_house WHERE kind = 'new'",
            """SELECT household_id, count(*) FROM housing_house
               WHERE kind = 'new' AND state NOT IN ('refused', 'cancelled')
               GROUP BY household_id HAVING count(*) > 1""",
            "Hộ {0} có {1} nhà xây mới",
        ),
        ask(
            "SELECT count(*) FROM households_member WHERE id_index IS NOT NULL AND is_living",
            """SELECT min(id), count(*) FROM households_member
               WHERE id_index IS NOT NULL AND is_living
               GROUP BY id_index HAVING count(*) > 1""",
            "Số định danh của thành viên {0} có {1} lần",
        ),
    )


# Every line of a household list with the campaign that it belongs to.
_LISTED = """
    households_classification c
        JOIN households_povertylist l ON l.id = c.poverty_list_id
        JOIN committees_committee commune ON commune.id = l.commune_id
        JOIN campaigns_campaign p ON p.year = l.year
        JOIN committees_committee root ON root.id = p.root_id
            AND starts_with(commune.path, root.path)
"""
# Support that counts: given, not withdrawn, its voucher posted and not taken back.
_SUPPORT = """
    SELECT FROM fund_support s
        LEFT JOIN fund_voucher v ON v.id = s.voucher_id
        LEFT JOIN fund_journal j ON j.voucher_id = v.id
        LEFT JOIN fund_journal back ON back.reverses_id = j.id
    WHERE s.household_id = c.household_id AND s.is_given AND s.withdrawn_reason = ''
        AND (v.id IS NULL OR v.state = 'posted') AND back.id IS NULL
        AND s.date BETWEEN p.window_from AND p.window_to
"""


def nobody_missed() -> Answer:
    """I9: per campaign and commune, listed = supported + nobody yet, each household once.

    Lines stand in a hamlet of their commune, and support of a listed household stands in the
    commune of the list: else a commune's figures would miss it.
    """
    return together(
        ask(
            "SELECT count(*) FROM {listed}",
            """SELECT p.year, l.commune_id, count(*), count(DISTINCT c.household_id),
                   count(*) FILTER (WHERE EXISTS ({support})),
                   count(*) FILTER (WHERE NOT EXISTS ({support}))
               FROM {listed} JOIN committees_committee hamlet ON hamlet.id = c.hamlet_id
               GROUP BY p.id, p.year, l.commune_id
               HAVING count(*) <> count(DISTINCT c.household_id)
                   OR count(*) <> count(*) FILTER (WHERE EXISTS ({support}))
                       + count(*) FILTER (WHERE NOT EXISTS ({support}))
                   OR NOT bool_and(starts_with(hamlet.path, commune.path))""",
            "Năm {0}, xã {1}: {2} dòng, {3} hộ, {4} đã hỗ trợ, {5} chưa; hoặc sai khu dân cư",
            listed=_LISTED,
            support=_SUPPORT,
        ),
        ask(
            "SELECT count(*) FROM fund_support WHERE household_id IS NOT NULL",
            """SELECT s.id, s.place_id, l.commune_id FROM {listed}
               JOIN fund_support s ON s.household_id = c.household_id
                   AND s.date BETWEEN p.window_from AND p.window_to
               WHERE s.place_id <> l.commune_id AND NOT EXISTS (
                   SELECT FROM households_householdmove m
                   WHERE m.household_id = c.household_id AND m.state = 'received')""",
            "Khoản hỗ trợ {0} ghi ở đơn vị {1} nhưng hộ trong danh sách của xã {2}",
            listed=_LISTED,
        ),
    )
