ALTER TABLE plan_view DROP COLUMN ceased_on;
