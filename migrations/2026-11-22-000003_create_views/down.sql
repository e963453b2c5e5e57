REVOKE DELETE ON visible FROM ehc_app;
DROP POLICY journal_read_as_member ON journal;
DROP TABLE item_view, meeting_view, plan_view, duty_view, case_view, child_view;
