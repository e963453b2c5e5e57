DROP INDEX placement_view_child;
CREATE INDEX placement_view_child ON placement_view (authority, child) WHERE known_to IS NULL;
