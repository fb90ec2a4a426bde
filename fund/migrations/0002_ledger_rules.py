"""The rules of the books, kept by the database itself (architecture.md §6).

Error texts begin with a word that ``fund.errors`` turns into a sentence for the officer.
"""

from django.db import migrations

APPEND_ONLY = """
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON fund_journal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_is_not_truncated BEFORE TRUNCATE ON fund_journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE ON fund_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_is_not_truncated BEFORE TRUNCATE ON fund_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON fund_journal, fund_entry FROM app;
CREATE INDEX entry_by_account ON fund_entry (account_id, id);
"""

# A posted voucher, its receipts and its goods stand as they are.
POSTED = """
CREATE FUNCTION posted_voucher_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'posted' THEN
        RAISE EXCEPTION 'append_only: voucher % is posted', OLD.id USING ERRCODE = 'VN001';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER voucher_posted_stands BEFORE UPDATE OR DELETE ON fund_voucher
    FOR EACH ROW EXECUTE FUNCTION posted_voucher_stands();

CREATE FUNCTION receipt_of_posted_voucher_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.voucher_id ELSE NEW.voucher_id END;
BEGIN
    IF EXISTS (SELECT FROM fund_voucher WHERE id = touched AND state = 'posted')
        OR (TG_OP = 'UPDATE' AND EXISTS (
            SELECT FROM fund_voucher WHERE id = OLD.voucher_id AND state = 'posted'))
    THEN
        RAISE EXCEPTION 'append_only: voucher % is posted', touched USING ERRCODE = 'VN001';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER receipt_posted_stands BEFORE INSERT OR UPDATE OR DELETE ON fund_receipt
    FOR EACH ROW EXECUTE FUNCTION receipt_of_posted_voucher_stands();

CREATE FUNCTION goods_of_posted_voucher_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.receipt_id ELSE NEW.receipt_id END;
BEGIN
    IF EXISTS (
        SELECT FROM fund_receipt r JOIN fund_voucher v ON v.id = r.voucher_id
        WHERE r.id = touched AND v.state = 'posted'
    ) THEN
        RAISE EXCEPTION 'append_only: goods of a posted voucher' USING ERRCODE = 'VN001';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER goods_posted_stand BEFORE INSERT OR UPDATE OR DELETE ON fund_goodslot
    FOR EACH ROW EXECUTE FUNCTION goods_of_posted_voucher_stand();

CREATE FUNCTION posted_voucher_has_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM fund_journal WHERE voucher_id = NEW.id) THEN
        RAISE EXCEPTION 'voucher_without_journal: %', NEW.id USING ERRCODE = 'VN003';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER voucher_posted_has_journal
    AFTER INSERT OR UPDATE ON fund_voucher DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'posted') EXECUTE FUNCTION posted_voucher_has_journal();
"""

# A journal takes the fund's row lock first, so balances are decided one after the other.
JOURNAL = """
CREATE FUNCTION journal_may_be_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place record;
    paper record;
BEGIN
    PERFORM 1 FROM fund_fund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    SELECT c.valid_from, c.valid_to INTO place
        FROM fund_fund f JOIN committees_committee c ON c.id = f.committee_id
        WHERE f.id = NEW.fund_id;
    SELECT fund_id, date INTO paper FROM fund_voucher WHERE id = NEW.voucher_id;
    IF paper.fund_id <> NEW.fund_id OR paper.date <> NEW.date THEN
        RAISE EXCEPTION 'journal_differs_from_voucher: %', NEW.voucher_id USING ERRCODE = 'VN003';
    END IF;
    IF NEW.date < coalesce(place.valid_from, '-infinity')
        OR NEW.date > coalesce(place.valid_to, 'infinity') THEN
        RAISE EXCEPTION 'outside_validity: %', NEW.date USING ERRCODE = 'VN004';
    END IF;
    IF EXISTS (SELECT FROM fund_periodlock WHERE fund_id = NEW.fund_id AND until >= NEW.date) THEN
        RAISE EXCEPTION 'period_locked: %', NEW.date USING ERRCODE = 'VN005';
    END IF;
    -- A reversal stands in the books on the day it is made, never on the day it takes back
    -- (the last valid day for a unit that has been closed).
    IF NEW.reverses_id IS NOT NULL
        AND NEW.date <> least(business_today(), coalesce(place.valid_to, 'infinity')::date) THEN
        RAISE EXCEPTION 'reversal_not_today: %', NEW.date USING ERRCODE = 'VN006';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_may_be_written BEFORE INSERT ON fund_journal
    FOR EACH ROW EXECUTE FUNCTION journal_may_be_written();

CREATE FUNCTION journal_balances(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    legs record;
BEGIN
    SELECT count(*) AS n, coalesce(sum(e.amount), 0) AS total,
        coalesce(bool_and(a.fund_id = j.fund_id), false) AS same_fund
    INTO legs
    FROM fund_entry e JOIN fund_account a ON a.id = e.account_id
        JOIN fund_journal j ON j.id = e.journal_id
    WHERE e.journal_id = wanted;
    IF legs.n < 2 OR legs.total <> 0 OR NOT legs.same_fund THEN
        RAISE EXCEPTION 'journal_unbalanced: % has % entries, sum %', wanted, legs.n, legs.total
            USING ERRCODE = 'VN007';
    END IF;
END $$;
CREATE FUNCTION journal_is_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM journal_balances(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_is_balanced AFTER INSERT ON fund_journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_is_balanced();
"""

# Entries are append-only, so an account whose newest entry was already looked at in this
# transaction needs no second look: one running sum per account and transaction.
ENTRY = """
CREATE FUNCTION entry_keeps_the_books() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest bigint;
    memo text;
    lowest record;
BEGIN
    PERFORM journal_balances(NEW.journal_id);
    SELECT max(id) INTO newest FROM fund_entry WHERE account_id = NEW.account_id;
    memo := 'fund.seen_' || NEW.account_id;
    IF current_setting(memo, true) = pg_current_xact_id()::text || ':' || newest THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT FROM fund_account WHERE id = NEW.account_id
            AND kind IN ('cash', 'bank', 'treasury', 'goods')
    ) THEN
        SELECT day, balance INTO lowest FROM (
            SELECT j.date AS day, sum(sum(e.amount)) OVER (ORDER BY j.date) AS balance
            FROM fund_entry e JOIN fund_journal j ON j.id = e.journal_id
            WHERE e.account_id = NEW.account_id GROUP BY j.date
        ) AS days WHERE balance < 0 ORDER BY day LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'below_zero: account % on % would be %',
                NEW.account_id, lowest.day, lowest.balance USING ERRCODE = 'VN008';
        END IF;
    END IF;
    PERFORM set_config(memo, pg_current_xact_id()::text || ':' || newest, true);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_keeps_the_books AFTER INSERT ON fund_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_keeps_the_books();
"""

BACK = """
DROP TRIGGER entry_keeps_the_books ON fund_entry;
DROP FUNCTION entry_keeps_the_books();
DROP TRIGGER journal_is_balanced ON fund_journal;
DROP FUNCTION journal_is_balanced();
DROP FUNCTION journal_balances(bigint);
DROP TRIGGER journal_may_be_written ON fund_journal;
DROP FUNCTION journal_may_be_written();
DROP TRIGGER voucher_posted_has_journal ON fund_voucher;
DROP FUNCTION posted_voucher_has_journal();
DROP TRIGGER goods_posted_stand ON fund_goodslot;
DROP FUNCTION goods_of_posted_voucher_stand();
DROP TRIGGER receipt_posted_stands ON fund_receipt;
DROP FUNCTION receipt_of_posted_voucher_stands();
DROP TRIGGER voucher_posted_stands ON fund_voucher;
DROP FUNCTION posted_voucher_stands();
DROP INDEX entry_by_account;
GRANT UPDATE, DELETE ON fund_journal, fund_entry TO app;
DROP TRIGGER entry_is_not_truncated ON fund_entry;
DROP TRIGGER entry_is_append_only ON fund_entry;
DROP TRIGGER journal_is_not_truncated ON fund_journal;
DROP TRIGGER journal_is_append_only ON fund_journal;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("fund", "0001_books"),
        ("committees", "0002_audit_is_append_only"),
    ]
    operations = [migrations.RunSQL(APPEND_ONLY + POSTED + JOURNAL + ENTRY, BACK)]
