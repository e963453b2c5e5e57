//! Does each subcommand say what it did, in words and in its exit code?

use std::fs;
use std::net::TcpListener;

use super::place::Place;

#[test]
fn everything_wrong_with_the_environment_is_said_at_once_with_exit_code_78() {
    let place = Place::new("environment");
    let wrong =
        [("EHC_LISTEN", "here"), ("EHC_CONNECTIONS", "0"), ("EHC_LOG_FORMAT", "xml"), ("EHC_ISSUER", "https://login.example")];
    let refused = place.ehc(&["serve", "--ephemeral"], &wrong);
    assert_eq!(refused.status.code(), Some(78));
    let said = String::from_utf8(refused.stderr).unwrap();
    for name in ["EHC_LISTEN", "EHC_CONNECTIONS", "EHC_LOG_FORMAT", "EHC_ISSUER"] {
        assert!(said.lines().any(|line| line.starts_with("ehc: ") && line.contains(name)), "{name}: {said}");
    }
    assert_eq!(said.lines().count(), 4, "{said}");
}

#[test]
fn what_is_not_there_is_said_with_exit_code_69() {
    let place = Place::new("unavailable");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (arguments, variables, says) in [
        (vec!["serve", "--ephemeral", "--listen", &address], vec![], address.as_str()),
        (vec!["serve", "--ephemeral"], vec![("EHC_PG_BIN", "/nonexistent")], "/nonexistent"),
        (vec!["serve"], vec![("DATABASE_URL", "postgresql://ehc_app@127.0.0.1:1/ehc")], "127.0.0.1"),
    ] {
        let refused = place.ehc(&arguments, &variables);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(69), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
    let refused = place.ehc(&["migrate"], &[]);
    assert_eq!(refused.status.code(), Some(78));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("DATABASE_OWNER_URL"));
}

#[test]
fn a_token_is_one_line_and_nothing_else() {
    let place = Place::new("token");
    let printed = place.ehc(&["token", "--role", "school", "--authority", "311", "--organisation", "urn:100000"], &[]);
    assert!(printed.status.success() && printed.stderr.is_empty(), "{printed:?}");
    let text = String::from_utf8(printed.stdout).unwrap();
    assert_eq!((text.lines().count(), text.trim_end().split('.').count()), (1, 3), "{text}");
    assert!(text.ends_with('\n'));
}

#[test]
fn no_token_is_made_beside_a_real_identity_provider() {
    let place = Place::new("issuer");
    let keys = place.0.join("keys.json");
    fs::write(&keys, r#"{"keys": []}"#).unwrap();
    let real = [("EHC_ISSUER", "https://login.example"), ("EHC_JWKS_FILE", keys.to_str().unwrap())];
    let refused = place.ehc(&["token", "--role", "school", "--authority", "311"], &real);
    assert_eq!(refused.status.code(), Some(78));
    assert!(refused.stdout.is_empty());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("identity provider"));
}

#[test]
fn help_names_every_subcommand_and_a_wrong_word_is_exit_code_64() {
    let place = Place::new("help");
    let help = place.ehc(&["--help"], &[]);
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for command in ["serve", "demo", "token", "migrate", "authority", "openapi", "verify", "rebuild", "health"] {
        assert!(text.lines().any(|line| line.trim_start().starts_with(command)), "{command}: {text}");
        let own = place.ehc(&[command, "--help"], &[]);
        assert!(own.status.success() && !own.stdout.is_empty(), "{command}");
    }
    assert!(!text.contains("postgres-guard"));
    let version = place.ehc(&["--version"], &[]);
    assert_eq!(String::from_utf8(version.stdout).unwrap().trim_end(), concat!("ehc ", env!("CARGO_PKG_VERSION")));
    for wrong in [
        &["fly"][..],
        &[],
        &["serve", "--listen", "here"],
        &["token", "--role", "king", "--authority", "311"],
        &["authority", "--code", "999"],
    ] {
        let refused = place.ehc(wrong, &[]);
        assert_eq!(refused.status.code(), Some(64), "{wrong:?}: {refused:?}");
        assert!(refused.stdout.is_empty());
    }
}

#[test]
fn the_contract_is_printed_without_a_database() {
    let place = Place::new("openapi");
    let printed = place.ehc(&["openapi"], &[]);
    assert!(printed.status.success());
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), fs::read_to_string("openapi/openapi.json").unwrap());
}
