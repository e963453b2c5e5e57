REVOKE DELETE ON visible FROM ehc_app;
DROP TABLE item_view, meeting_view, plan_view, duty_view, case_view, child_view;
