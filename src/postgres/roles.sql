-- The two roles every EHC Casework database needs. Run once, as a superuser or a role with CREATEROLE; the embedded
-- PostgreSQL runs it at each start. On a server of your own, then give both a way to log in (a password, a certificate,
-- a line in pg_hba.conf) and make the database: CREATE DATABASE ehc OWNER ehc_owner;
DO $$
BEGIN
  -- Owns the databases and migrates them. Neither superuser nor BYPASSRLS: row-level security is forced on it too.
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'ehc_owner') THEN
    CREATE ROLE ehc_owner LOGIN CREATEDB;
  END IF;
  -- Serves requests. Owns nothing, so that it can neither change the schema nor step out of row-level security.
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'ehc_app') THEN
    CREATE ROLE ehc_app LOGIN;
  END IF;
END
$$;
