DROP TABLE setting_capacity;
DROP TABLE commitment_view;
DROP TABLE oversight_view;
DROP INDEX plan_view_child;
COMMENT ON TABLE placement_view IS 'Each setting where a child is really taught, as against the one a plan names, with the first and the last day there.';
-- A view: what it says of children at no setting is made again from the journal.
DELETE FROM placement_view WHERE setting IS NULL;
ALTER TABLE placement_view
    DROP COLUMN kind,
    DROP COLUMN registration,
    DROP COLUMN planned_end,
    DROP COLUMN terms,
    DROP COLUMN reintegrated_on,
    DROP COLUMN impact,
    ALTER COLUMN setting SET NOT NULL;
ALTER TABLE setting DROP COLUMN authority_code, ADD COLUMN authority integer REFERENCES authority;
COMMENT ON TABLE setting IS 'A school, college or nursery by its public identifier; authority is the area it stands in.';
