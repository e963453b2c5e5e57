DROP TABLE advice_capacity;
DROP TABLE referral_view;
DROP TABLE advice_view;
