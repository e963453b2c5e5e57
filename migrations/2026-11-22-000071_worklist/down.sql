DROP TABLE cover;
DROP INDEX case_view_case_worker;
DROP INDEX duty_view_worklist;
ALTER TABLE duty_view DROP COLUMN awaits, DROP COLUMN question, DROP COLUMN at_risk_from, DROP COLUMN outlook;
