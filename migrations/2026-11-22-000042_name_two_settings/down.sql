ALTER TABLE plan_view DROP COLUMN other_setting, DROP COLUMN setting_until, DROP COLUMN other_setting_from;
