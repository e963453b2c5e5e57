ALTER TABLE case_view ALTER COLUMN requested_by SET NOT NULL;
