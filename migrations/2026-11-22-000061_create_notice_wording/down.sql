DROP TABLE notice_wording;
