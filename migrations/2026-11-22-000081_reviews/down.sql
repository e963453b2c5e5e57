DROP INDEX journal_review_lists;
DROP TABLE review_view;
DROP TABLE term;
