DROP TABLE stored_file;
