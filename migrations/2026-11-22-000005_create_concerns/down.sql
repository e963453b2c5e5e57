ALTER TABLE journal_head DROP COLUMN views_version;
DROP TABLE concern_view;
