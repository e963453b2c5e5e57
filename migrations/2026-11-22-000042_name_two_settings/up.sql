-- A plan can name two settings at once, or one until a day and another from a day.
ALTER TABLE plan_view ADD COLUMN other_setting text, ADD COLUMN setting_until date, ADD COLUMN other_setting_from date;
COMMENT ON COLUMN plan_view.other_setting IS 'The second setting named, beside the first or, with its first day, after it.';
