-- Where each child was on a day that is past, as it was known then: not only in what holds now.
DROP INDEX placement_view_child;
CREATE INDEX placement_view_child ON placement_view (authority, child);
