-- A plan that was taken over opens a case that nobody asked for here.

ALTER TABLE case_view ALTER COLUMN requested_by DROP NOT NULL;

ALTER TABLE plan_view ADD COLUMN maintained_from date;
COMMENT ON COLUMN plan_view.maintained_from IS 'The day from which the authority maintains it: later than it was made, where another made it.';
