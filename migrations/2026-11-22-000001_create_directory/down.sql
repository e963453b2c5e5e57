DROP TABLE setting, staff, team, authority_code, authority;
DROP FUNCTION ctx_authority(), ctx_reach(), ctx_grantees(), ctx_today();
