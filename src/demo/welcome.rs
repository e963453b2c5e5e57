//! What can whoever started the demonstration do next? Addresses, a token for each role, and lines to paste.

use std::fmt::Write;
use std::net::SocketAddr;

use chrono::{DateTime, Utc};

use super::cast::PSYCHOLOGY_SERVICE;
use super::prepare::SHOWN;
use super::settings::shown;
use crate::access::Role;
use crate::api::auth::development::{DevelopmentError, Keys, TokenRequest};

/// The words printed once the demonstration answers.
///
/// # Errors
/// When a token cannot be signed.
pub fn welcome(keys: &Keys, address: SocketAddr, now: DateTime<Utc>) -> Result<String, DevelopmentError> {
    let school = shown(SHOWN).map(|setting| format!("urn:{}", setting.urn.as_str())).unwrap_or_default();
    let base = format!("http://{address}");
    let mut words = format!(
        "\nEHC Casework is answering. Every child here is invented; the figures of Havering,\n\
         Haringey and Harrow in 2023 and 2024 are those the Department for Education published.\n\n  \
         API            {base}/v1\n  documentation  {base}/docs\n  contract       {base}/openapi.json\n\n\
         A token for each role, good for twelve hours:\n"
    );
    for role in Role::ALL {
        let token = keys.token(&request(role, &school), now)?;
        let _ = write!(words, "\n{}={token}\n", role.as_str().to_uppercase());
    }
    let _ = write!(
        words,
        "\nPaste the tokens into a shell, then ask for an assessment as a school, see what is due as a case worker, and read the\n\
         published figures as a manager:\n\n\
         curl -s {base}/v1/requests -H \"Authorization: Bearer $SCHOOL\" -H 'Content-Type: application/json' \
         -H \"Idempotency-Key: $(date +%s%N)\" -d '{{\"child\": {{\"givenName\": \"Amira\", \"familyName\": \"Example\", \
         \"bornOn\": \"2017-03-14\"}}, \"requestedBy\": \"school\"}}'\n\n\
         curl -s \"{base}/v1/cases?state=overdue&limit=5\" -H \"Authorization: Bearer $CASE_WORKER\"\n\n\
         curl -s \"{base}/v1/statistics/timeliness?from=2024-01-01&to=2024-12-31\" -H \"Authorization: Bearer $MANAGER\"\n\n\
         The tokens are Havering's. For Haringey (309) or Harrow (310): ehc token --role manager --authority 309\n\n\
         Ctrl-C stops everything.\n"
    );
    Ok(words)
}

fn request(role: Role, school: &str) -> TokenRequest {
    let organisation = match role {
        Role::School => school.parse().ok(),
        Role::AdviceGiver => PSYCHOLOGY_SERVICE.parse().ok(),
        _ => None,
    };
    TokenRequest { role, authority_code: SHOWN.to_string(), organisation, subject: role.as_str().to_owned(), valid_for_hours: 12 }
}
