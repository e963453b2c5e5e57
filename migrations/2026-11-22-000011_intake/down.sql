COMMENT ON COLUMN case_view.withdrawn_on IS NULL;
DROP TABLE request_form;
DROP INDEX detail_family_name, detail_uln;
DROP FUNCTION plain_name;
