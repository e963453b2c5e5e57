DROP FUNCTION seal_details(uuid);
DROP POLICY detail_empty ON detail;
DROP TABLE sealed_detail;
ALTER TABLE child_view DROP COLUMN address_hidden;
