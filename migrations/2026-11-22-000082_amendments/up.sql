-- When a plan ceased.

ALTER TABLE plan_view ADD COLUMN ceased_on date;
COMMENT ON COLUMN plan_view.ceased_on IS 'The day from which the authority no longer maintains the plan.';
