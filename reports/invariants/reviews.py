"""The registry from year to year: every household that came or left is accounted for."""

from reports.invariants.asking import Answer, ask, together

# Each list with the commune's list of the year before.
_PAIRS = """
    households_povertylist l
        JOIN households_povertylist before
            ON before.commune_id = l.commune_id AND before.year = l.year - 1
"""
_KINDS = "(VALUES ('poor'), ('near_poor'), ('hardship')) kinds (kind)"


def movements_balance() -> Answer:
    """H1: per list and class, start of the year + came − left = on the list now."""
    return together(
        ask(
            "SELECT count(*) FROM households_povertylist",
            """SELECT l.year, l.commune_id, kinds.kind, started.n, came.n, gone.n, stands.n
               FROM {pairs} CROSS JOIN {kinds}
               CROSS JOIN LATERAL (SELECT count(*) n FROM households_classification c
                   WHERE c.poverty_list_id = before.id AND c.kind = kinds.kind) started
               CROSS JOIN LATERAL (SELECT count(*) n FROM households_classification c
                   WHERE c.poverty_list_id = l.id AND c.kind = kinds.kind) stands
               CROSS JOIN LATERAL (SELECT count(*) n FROM households_transition t
                   WHERE t.poverty_list_id = l.id AND t.kind_after = kinds.kind
                       AND t.kind_before <> kinds.kind) came
               CROSS JOIN LATERAL (SELECT count(*) n FROM households_transition t
                   WHERE t.poverty_list_id = l.id AND t.kind_before = kinds.kind
                       AND t.kind_after <> kinds.kind) gone
               WHERE started.n + came.n - gone.n <> stands.n""",
            "Năm {0}, xã {1}, {2}: đầu năm {3} + đến {4} − đi {5} khác {6} hộ đang có",
            pairs=_PAIRS,
            kinds=_KINDS,
        ),
        ask(
            "SELECT count(*) FROM households_transition",
            """SELECT t.id, t.household_id FROM households_transition t
               JOIN households_povertylist l ON l.id = t.poverty_list_id
               WHERE t.origin = 'annual' AND NOT EXISTS (
                   SELECT FROM households_povertylist before
                   WHERE before.commune_id = l.commune_id AND before.year = l.year - 1)""",
            "Diễn biến {0} của hộ {1} so với một danh sách không có",
        ),
    )


def one_live_class() -> Answer:
    """H2: one class per household and list; the last transition led to it."""
    return together(
        ask(
            "SELECT count(*) FROM households_classification",
            """SELECT household_id, poverty_list_id, count(*) FROM households_classification
               GROUP BY household_id, poverty_list_id HAVING count(*) > 1""",
            "Hộ {0} có {2} phân loại trong danh sách {1}",
        ),
        ask(
            "SELECT count(*) FROM households_transition",
            """SELECT l.year, t.household_id, t.kind_after, c.kind
               FROM (SELECT DISTINCT ON (poverty_list_id, household_id) *
                     FROM households_transition
                     ORDER BY poverty_list_id, household_id, origin DESC, "on" DESC, id DESC) t
               JOIN households_povertylist l ON l.id = t.poverty_list_id
               LEFT JOIN households_classification c ON c.poverty_list_id = l.id
                   AND c.household_id = t.household_id
               WHERE t.kind_after <> coalesce(c.kind, '')""",
            "Năm {0}, hộ {1}: diễn biến cuối là “{2}”, danh sách ghi “{3}”",
        ),
        ask(
            "SELECT count(*) FROM {pairs}",
            """SELECT l.year, c.household_id FROM {pairs}
               JOIN households_classification c ON c.poverty_list_id IN (l.id, before.id)
               WHERE NOT EXISTS (SELECT FROM households_transition t
                   WHERE t.poverty_list_id = l.id AND t.household_id = c.household_id)""",
            "Năm {0}, hộ {1} có trong danh sách mà không có diễn biến",
            pairs=_PAIRS,
        ),
    )


def everyone_has_a_home() -> Answer:
    """H3: every followed household has one head who lives in it; nobody leads a merged one's
    way in a circle; a household that went into another left its list to it."""
    return together(
        ask(
            "SELECT count(*) FROM households_household WHERE state = 'active'",
            """SELECT h.id, count(m.id) FROM households_household h
               LEFT JOIN households_member m ON m.household_id = h.id AND m.is_head
                   AND m.is_living AND m.left_on IS NULL
               WHERE h.state = 'active' GROUP BY h.id HAVING count(m.id) <> 1""",
            "Hộ {0} có {1} chủ hộ",
        ),
        ask(
            "SELECT count(*) FROM households_member",
            """SELECT m.id, m.household_id FROM households_member m
               JOIN households_household h ON h.id = m.household_id
               WHERE m.is_head AND m.name <> h.head_name""",
            "Chủ hộ {0} không mang tên ghi ở hộ {1}",
        ),
        ask(
            "SELECT count(*) FROM households_household WHERE merged_into_id IS NOT NULL",
            """SELECT h.id, kept.id FROM households_household h
               JOIN households_household kept ON kept.id = h.merged_into_id
               WHERE kept.state = 'merged'""",
            "Hộ {0} đã nhập vào hộ {1}, hộ này cũng đã nhập vào hộ khác",
        ),
    )
