DROP TABLE worklist_view;
ALTER TABLE duty_view ADD COLUMN awaits text, ADD COLUMN question text, ADD COLUMN at_risk_from date, ADD COLUMN outlook text;
CREATE INDEX duty_view_worklist ON duty_view (authority, due_on, case_id, rule, about, starts_on)
    WHERE known_to IS NULL AND awaits IS NOT NULL;
