DROP POLICY detail_read_as_member ON detail;
DROP INDEX journal_detail_of_meeting;
DELETE FROM detail WHERE child IS NULL;
ALTER TABLE detail ALTER COLUMN child SET NOT NULL;
DROP TABLE citing_view;
DROP INDEX item_view_case;
ALTER TABLE item_view DROP COLUMN added_on, DROP COLUMN question, DROP COLUMN yearly_cost, DROP COLUMN conflicts,
    DROP COLUMN missing, DROP COLUMN short_of_quorum;
ALTER TABLE meeting_view DROP COLUMN kind, DROP COLUMN closed_on;
DROP TABLE panel_person;
DROP TABLE panel_seat;
DROP TABLE panel_kind;
