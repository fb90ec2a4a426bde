"""A fingerprint of every posting, taken when its transaction commits (invariant I5)."""

from django.db import migrations

SEALS = """
CREATE FUNCTION journal_fingerprint(wanted bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws('|',
        j.id, j.fund_id, j.date, j.reverses_id, j.posted_by_id,
        v.id, v.kind, v.purpose, v.year, v.number, v.amount, v.party, v.description,
        (SELECT string_agg(concat_ws(':', e.id, e.account_id, e.amount), ',' ORDER BY e.id)
            FROM fund_entry e WHERE e.journal_id = j.id),
        (SELECT string_agg(concat_ws(':', r.id, r.donor_id, r.form, r.amount), ',' ORDER BY r.id)
            FROM fund_receipt r WHERE r.voucher_id = v.id)
    ), 'UTF8')), 'hex')
    FROM fund_journal j JOIN fund_voucher v ON v.id = j.voucher_id WHERE j.id = wanted
$$;

CREATE TABLE fund_seal (
    journal_id bigint PRIMARY KEY REFERENCES fund_journal (id) DEFERRABLE INITIALLY DEFERRED,
    fingerprint text NOT NULL
);
CREATE TRIGGER seal_is_append_only BEFORE UPDATE OR DELETE ON fund_seal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_is_not_truncated BEFORE TRUNCATE ON fund_seal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON fund_seal FROM app;

-- Runs as its owner: the app role cannot write a seal by hand.
CREATE FUNCTION seal_journal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO fund_seal (journal_id, fingerprint) VALUES (NEW.id, journal_fingerprint(NEW.id));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_sealed AFTER INSERT ON fund_journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seal_journal();
"""

BACK = """
DROP TRIGGER journal_sealed ON fund_journal;
DROP FUNCTION seal_journal();
DROP TABLE fund_seal;
DROP FUNCTION journal_fingerprint(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("fund", "0002_ledger_rules")]
    operations = [migrations.RunSQL(SEALS, BACK)]
