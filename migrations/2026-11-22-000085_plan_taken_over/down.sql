ALTER TABLE plan_view DROP COLUMN maintained_from;
ALTER TABLE case_view ALTER COLUMN requested_by SET NOT NULL;
