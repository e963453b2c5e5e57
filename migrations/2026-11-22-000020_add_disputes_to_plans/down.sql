ALTER TABLE plan_view DROP COLUMN other_mediation, DROP COLUMN other_tribunal;
