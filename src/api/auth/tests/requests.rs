//! What does a request get for the token it carries?

use std::sync::Arc;

use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::WWW_AUTHENTICATE;
use actix_web::{App, HttpMessage, HttpResponse, test, web};
use serde_json::json;
use uuid::Uuid;

use super::refused::Corpus;
use super::{Folder, ISSUER, SigningKey, claims_with, good_claims};
use crate::access::{AuthorityId, Caller};
use crate::api::RequestId;
use crate::api::auth::{Authorities, Verifier};

struct TwoAuthorities;

impl Authorities for TwoAuthorities {
    fn by_code(&self, code: &str) -> Option<AuthorityId> {
        match code {
            "311" => Some(AuthorityId(1)),
            "320" => Some(AuthorityId(2)),
            _ => None,
        }
    }
}

const REQUEST: Uuid = Uuid::from_u128(7);

/// Answers with the caller as one line.
async fn who(caller: Caller) -> HttpResponse {
    let roles: Vec<&str> = caller.roles.iter().map(|role| role.as_str()).collect();
    let organisation = caller.organisation.as_ref().map_or("-", |organisation| organisation.as_str());
    HttpResponse::Ok().body(format!(
        "{} {} {} {organisation} {}",
        caller.subject,
        roles.join(","),
        caller.authority,
        caller.request_id == REQUEST
    ))
}

/// Sends one request with these headers, and gives its status, challenge and body.
async fn send(verifier: Verifier, headers: &[(&str, &str)]) -> (StatusCode, Option<String>, String) {
    send_all(verifier, &[headers.to_vec()]).await.remove(0)
}

async fn send_all(verifier: Verifier, requests: &[Vec<(&str, &str)>]) -> Vec<(StatusCode, Option<String>, String)> {
    let authorities: Arc<dyn Authorities> = Arc::new(TwoAuthorities);
    let app = App::new()
        .app_data(web::Data::new(verifier))
        .app_data(web::Data::from(authorities))
        .wrap_fn(|request, service| {
            request.extensions_mut().insert(RequestId(REQUEST));
            service.call(request)
        })
        .route("/who", web::get().to(who));
    let app = test::init_service(app).await;
    let mut answers = Vec::new();
    for headers in requests {
        let mut request = test::TestRequest::get().uri("/who");
        for header in headers {
            request = request.append_header(*header);
        }
        let answer: ServiceResponse = app.call(request.to_request()).await.expect("an answer");
        let status = answer.status();
        let challenge = answer.headers().get(WWW_AUTHENTICATE).map(|value| value.to_str().expect("text").to_owned());
        let body = String::from_utf8(test::read_body(answer).await.to_vec()).expect("text");
        answers.push((status, challenge, body));
    }
    answers
}

#[actix_web::test]
async fn a_good_token_makes_a_caller() {
    let key = SigningKey::ed25519("k");
    let token = format!("Bearer {}", key.token(&claims_with("organisation", json!("urn:100000"))));
    let (status, challenge, body) = send(Folder::new().verifier(&[&key]), &[("Authorization", &token)]).await;
    assert_eq!((status, challenge), (StatusCode::OK, None));
    assert_eq!(body, format!("{ISSUER}|3f9a case_worker 1 urn:100000 true"));
}

#[actix_web::test]
async fn the_scheme_is_read_without_case() {
    let key = SigningKey::ed25519("k");
    let token = format!("bEARER   {}", key.token(&good_claims()));
    assert_eq!(send(Folder::new().verifier(&[&key]), &[("Authorization", &token)]).await.0, StatusCode::OK);
}

#[actix_web::test]
async fn without_a_bearer_token_the_answer_asks_for_one() {
    let key = SigningKey::ed25519("k");
    for headers in [&[][..], &[("Authorization", "Basic dTpw")], &[("Authorization", "")], &[("Authorization", "Bearer")]] {
        let (status, challenge, _) = send(Folder::new().verifier(&[&key]), headers).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{headers:?}");
        assert_eq!(challenge.as_deref(), Some(r#"Bearer realm="ehc-casework""#), "{headers:?}");
    }
}

#[actix_web::test]
async fn every_token_of_the_corpus_gets_the_same_answer() {
    let corpus = Corpus::new();
    let folder = Folder::new();
    let values: Vec<String> = corpus.refused.iter().map(|(_, token, _)| format!("Bearer {token}")).collect();
    let requests: Vec<_> = values.iter().map(|value| vec![("Authorization", value.as_str())]).collect();
    for ((what, ..), answer) in corpus.refused.iter().zip(send_all(corpus.verifier(&folder), &requests).await) {
        let expected = (StatusCode::UNAUTHORIZED, Some(r#"Bearer error="invalid_token""#.to_owned()), String::new());
        assert_eq!(answer, expected, "{what}");
    }
}

#[actix_web::test]
async fn two_tokens_are_as_bad_as_none() {
    let key = SigningKey::ed25519("k");
    let token = format!("Bearer {}", key.token(&good_claims()));
    let (status, ..) = send(Folder::new().verifier(&[&key]), &[("Authorization", &token), ("Authorization", &token)]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn the_authority_is_the_tokens_only_one_or_the_one_chosen_among_its_several() {
    let key = SigningKey::ed25519("k");
    let one = json!("311");
    let two = json!(["311", "320"]);
    let cases = [
        (&one, None, StatusCode::OK, " 1 "),
        (&one, Some("311"), StatusCode::OK, " 1 "),
        (&one, Some("320"), StatusCode::BAD_REQUEST, ""),
        (&two, None, StatusCode::BAD_REQUEST, ""),
        (&two, Some("311"), StatusCode::OK, " 1 "),
        (&two, Some("320"), StatusCode::OK, " 2 "),
        (&two, Some("330"), StatusCode::BAD_REQUEST, ""),
        (&two, Some(""), StatusCode::BAD_REQUEST, ""),
        (&two, Some("311, 320"), StatusCode::BAD_REQUEST, ""),
    ];
    for (authorities, chosen, expected, says) in cases {
        let token = format!("Bearer {}", key.token(&claims_with("authority", authorities.clone())));
        let mut headers = vec![("Authorization", token.as_str())];
        headers.extend(chosen.map(|code| ("EHC-Authority", code)));
        let (status, _, body) = send(Folder::new().verifier(&[&key]), &headers).await;
        assert_eq!(status, expected, "{authorities} {chosen:?}");
        assert!(body.contains(says), "{authorities} {chosen:?}: {body}");
    }
}

#[actix_web::test]
async fn the_authority_cannot_be_chosen_twice() {
    let key = SigningKey::ed25519("k");
    let token = format!("Bearer {}", key.token(&claims_with("authority", json!(["311", "320"]))));
    let headers = [("Authorization", token.as_str()), ("EHC-Authority", "311"), ("EHC-Authority", "320")];
    assert_eq!(send(Folder::new().verifier(&[&key]), &headers).await.0, StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn a_token_for_no_authority_or_for_one_not_served_here_is_no_token() {
    let key = SigningKey::ed25519("k");
    for authority in [json!(null), json!([]), json!("999")] {
        let token = format!("Bearer {}", key.token(&claims_with("authority", authority.clone())));
        let (status, challenge, _) = send(Folder::new().verifier(&[&key]), &[("Authorization", &token)]).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{authority}");
        assert_eq!(challenge.as_deref(), Some(r#"Bearer error="invalid_token""#), "{authority}");
    }
}
