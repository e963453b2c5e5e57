DROP TABLE shortfall_view;
DROP TABLE provision_view;
