ALTER TABLE plan_view DROP COLUMN cease_reason;
