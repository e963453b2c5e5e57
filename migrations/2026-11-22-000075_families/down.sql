DROP POLICY trail_read_by_family ON trail;
ALTER TABLE team DROP COLUMN email, DROP COLUMN telephone;
ALTER TABLE staff DROP COLUMN email, DROP COLUMN telephone;
ALTER TABLE plan_view DROP COLUMN next_review, DROP COLUMN meets_on;
DROP TABLE placement_view;
