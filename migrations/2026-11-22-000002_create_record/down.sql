DROP TABLE idempotency, trail, detail, journal, journal_head;
DROP FUNCTION refuse_change();
DROP POLICY child_read ON child;
DROP POLICY child_lock ON child;
DROP FUNCTION ctx_sees(uuid);
DROP TABLE visible, child;
