//! Every operation of the contract, asked by nobody, by every role, from another authority, and about another's child.

use std::collections::BTreeSet;
use std::fmt::Write;

use ehc_casework::access::{Ask, Role, reach};
use ehc_casework::db::Fences;
use serde_json::Value;

use crate::everything::{Everything, GIVEN_NAME, Ids, insider, of_haringey, outsiders};
use crate::operations::{Operation, operations};
use crate::support::{Client, Reply, TestApp};

#[actix_web::test]
async fn without_a_token_only_what_the_contract_calls_public_is_answered() {
    let app = TestApp::start().await;
    let mut public = Vec::new();
    for operation in operations() {
        let reply = operation.send(&app.anonymous(), &Ids::of_nothing(), "\"v1\"").await;
        if operation.secured {
            assert!(reply.header("www-authenticate").is_some_and(|way| way.starts_with("Bearer")), "{}", operation.id);
            assert_eq!(reply.problem(401)["code"], "unauthenticated", "{}", operation.id);
        } else {
            reply.ok();
            public.push(operation.id);
        }
    }
    assert_eq!(public, ["is_live", "is_ready", "count_deadlines", "list_exceptions", "list_rules"]);
}

/// What the role walk found of one operation: what it asks for, by the refusals' own word, and each role's status.
struct Walked {
    ask: Option<String>,
    statuses: Vec<(Role, u16)>,
}

async fn walk(case: &Everything, operation: &Operation) -> Walked {
    let mut asks = BTreeSet::new();
    let mut statuses = Vec::new();
    for role in Role::ALL {
        let etag = case.etag().await;
        let reply = operation.send(&insider(&case.app, role), &case.ids, &etag).await;
        let status = reply.status.as_u16();
        assert!(status < 500 && status != 400 && status != 401, "{} as {role}: {}", operation.id, reply.text);
        if status == 403 {
            assert_eq!(reply.body["code"], "not_permitted", "{} as {role}", operation.id);
            asks.insert(reply.body["reason"].as_str().unwrap().to_owned());
        }
        statuses.push((role, status));
    }
    assert!(asks.len() <= 1, "{} asks for different things: {asks:?}", operation.id);
    Walked { ask: asks.into_iter().next(), statuses }
}

#[actix_web::test]
async fn each_role_is_let_through_exactly_where_the_policy_lets_it() {
    let case = Everything::in_havering(&TestApp::start().await).await;
    let mut table = format!("{:28} {:28}", "", "asks for");
    Role::ALL.iter().for_each(|role| _ = write!(table, " {:>14}", role.as_str()));
    for operation in operations().into_iter().filter(|operation| operation.secured) {
        // What ends everything else is tried on a case of its own.
        let walked = if ["record_death", "seal_identity"].contains(&operation.id.as_str()) {
            walk(&Everything::in_havering(&TestApp::start().await).await, &operation).await
        } else {
            walk(&case, &operation).await
        };
        let ask = match &walked.ask {
            Some(name) => Ask::all().find(|ask| ask.as_str() == name).unwrap_or_else(|| panic!("{name} is not in the policy")),
            // Nobody was refused: only what everybody may ask can be behind it.
            None => Ask::SeeSelf,
        };
        let _ = write!(table, "\n{:28} {:28}", operation.id, ask.as_str());
        for (role, status) in walked.statuses {
            assert_eq!(status != 403, reach(role, ask).is_some(), "{} as {role}: {status}", operation.id);
            let word = if status == 403 { "-".to_owned() } else { status.to_string() };
            let _ = write!(table, " {word:>14}");
        }
    }
    insta::assert_snapshot!(table);
}

/// What is the same each time a thing is not there.
fn without_instance(reply: &Reply) -> Value {
    let mut body = reply.body.clone();
    body.as_object_mut().map(|object| object.remove("instance"));
    body
}

/// Asks about the case and about nothing: the answers must be the same, and hold nothing of the case.
async fn knows_nothing(case: &Everything, operation: &Operation, role: Role, client: &Client) {
    let etag = case.etag().await;
    let real = operation.send(client, &case.ids, &etag).await;
    let said = format!("{} as {role}: {} {}", operation.id, real.status, real.text);
    if operation.speaks_of(&case.ids) {
        let random = operation.send(client, &Ids::of_nothing(), &etag).await;
        assert_eq!(real.status, random.status, "{said}");
        assert!(!real.status.is_success(), "{said}");
        assert_eq!(without_instance(&real), without_instance(&random), "{said}");
    }
    for secret in case.ids.all().into_iter().chain([GIVEN_NAME, "Words of"]) {
        assert!(!real.text.contains(secret), "{secret} in {said}");
    }
    if operation.names_something() && real.status != 403 {
        assert_eq!(real.problem(404)["code"], "not_found", "{said}");
    }
}

/// To Haringey's people, Havering's case is not there.
pub async fn another_authority_knows_nothing(fences: Fences) {
    let case = Everything::in_havering(&TestApp::start_with(fences).await).await;
    for operation in operations().into_iter().filter(|operation| operation.secured) {
        for role in Role::ALL {
            knows_nothing(&case, &operation, role, &of_haringey(&case.app, role)).await;
        }
    }
}

/// To another school, another family, an advice giver who was not asked and another panel's member, the case is not there.
pub async fn who_was_not_granted_the_child_knows_nothing(fences: Fences) {
    let case = Everything::in_havering(&TestApp::start_with(fences).await).await;
    for operation in operations().into_iter().filter(|operation| operation.secured) {
        for (role, client) in outsiders(&case.app) {
            knows_nothing(&case, &operation, role, &client).await;
        }
    }
}

#[actix_web::test]
async fn another_authoritys_case_is_as_if_it_were_not_there() {
    another_authority_knows_nothing(Fences::Both).await;
}

#[actix_web::test]
async fn a_child_who_was_not_granted_is_as_if_not_there() {
    who_was_not_granted_the_child_knows_nothing(Fences::Both).await;
}
