-- Why a plan ceased, so that ceased plans can be counted by the reason.

ALTER TABLE plan_view ADD COLUMN cease_reason text;
COMMENT ON COLUMN plan_view.cease_reason IS 'Why the plan ceased, as the national return tells reasons apart.';
