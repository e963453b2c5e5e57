ALTER TABLE setting DROP COLUMN highest_age;
ALTER TABLE child_view DROP COLUMN year_groups, DROP COLUMN died;
DROP TABLE transfer_view;
