-- Rows written before are made again at the next start, with the next version of the views.
ALTER TABLE plan_view ADD COLUMN other_mediation boolean NOT NULL DEFAULT false;
ALTER TABLE plan_view ADD COLUMN other_tribunal boolean NOT NULL DEFAULT false;
ALTER TABLE plan_view ALTER COLUMN other_mediation DROP DEFAULT, ALTER COLUMN other_tribunal DROP DEFAULT;
COMMENT ON COLUMN plan_view.other_mediation IS 'A mediation meeting was held about the plan, such as what it says.';
COMMENT ON COLUMN plan_view.other_tribunal IS 'An appeal about the plan was registered.';
