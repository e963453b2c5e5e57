//! Documents among the papers of a panel: read by the members for whom they were chosen, and by nobody with a conflict of interest.

use actix_web::http::Method;
use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::support::{Client, PDF, Reply, TestApp, subject};

/// A case with documents, and an item of a panel with two members.
struct Panel {
    app: TestApp,
    case: String,
    papers: String,
    worker: Client,
    member: Client,
}

impl Panel {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let worker = app.client(Role::CaseWorker);
        let case = app.school("900001").ask_for_assessment("Example").await;
        let members = ["panel_member", "other_member"].map(|name| json!({"member": subject(name), "agency": "health"}));
        let panel = json!({"panel": "EHC panel", "meetsOn": "2026-01-05", "members": members});
        let panel = worker.post("/v1/panels", panel).await.id();
        let item = json!({"case": case, "why": ["complex"], "question": "assess"});
        let item = worker.post(&format!("/v1/panels/{panel}/items"), item).await.id();
        let member = app.client(Role::PanelMember);
        Self { app, case, papers: format!("/v1/panels/{panel}/items/{item}/papers"), worker, member }
    }

    /// Files a document; gives it and the entry that filed it.
    async fn file(&self, visibility: &str, name: &str) -> (String, String) {
        let at = format!("/v1/cases/{}/documents", self.case);
        let says = json!({"role": "panel_paper", "visibility": visibility});
        let document = self.worker.upload(&at, &says, name, PDF).await.id();
        let shown = self.worker.get(&format!("{at}/{document}")).await.ok();
        (document, shown["versions"][0]["entry"].as_str().unwrap().to_owned())
    }

    async fn choose(&self, entries: &[&str]) -> Reply {
        self.worker.post(&self.papers, json!({"entries": entries})).await
    }

    async fn read(&self, client: &Client, entry: &str) -> (Reply, Vec<u8>) {
        self.app.call_for_bytes(client.request(Method::GET, &format!("{}/{entry}/content", self.papers))).await
    }
}

#[actix_web::test]
async fn a_member_reads_the_documents_that_were_chosen_and_no_other() {
    let panel = Panel::start().await;
    let (document, chosen) = panel.file("internal", "Summary.pdf").await;
    let (_, other) = panel.file("shared", "Other.pdf").await;
    panel.choose(&[&chosen]).await.id();

    let papers = panel.member.get(&panel.papers).await.ok();
    let paper = &papers["data"][0];
    assert_eq!((&paper["kind"], &paper["entry"]), (&json!("document_filed"), &json!(chosen)));
    assert_eq!((&paper["document"]["fileName"], &paper["document"]["bytes"]), (&json!("Summary.pdf"), &json!(PDF.len())));
    let (reply, bytes) = panel.read(&panel.member, &chosen).await;
    assert_eq!(bytes, PDF);
    assert!(reply.header("content-disposition").unwrap().starts_with("attachment; filename=\"Summary.pdf\""));
    panel.read(&panel.worker, &chosen).await.0.ok();

    assert_eq!(panel.read(&panel.member, &other).await.0.problem(404)["code"], "not_found");
    // The case's own documents are not theirs.
    panel.member.get(&format!("/v1/cases/{}/documents", panel.case)).await.problem(403);
    panel.member.get(&format!("/v1/cases/{}/documents/{document}/content", panel.case)).await.problem(403);
    let stranger = panel.app.client_of(Role::PanelMember, "311", None, "stranger");
    panel.read(&stranger, &chosen).await.0.problem(404);
}

#[actix_web::test]
async fn whoever_has_a_conflict_of_interest_reads_no_paper() {
    let panel = Panel::start().await;
    let (_, chosen) = panel.file("internal", "Summary.pdf").await;
    panel.choose(&[&chosen]).await.id();
    let other = panel.app.client_of(Role::PanelMember, "311", None, "other_member");
    panel.read(&other, &chosen).await.0.ok();
    let conflicts = panel.papers.replace("/papers", "/conflicts");
    other.post(&conflicts, json!({"member": subject("other_member")})).await.id();
    panel.read(&other, &chosen).await.0.problem(404);
    panel.read(&panel.member, &chosen).await.0.ok();
}

#[actix_web::test]
async fn what_is_privileged_is_put_before_no_panel_and_what_becomes_so_is_taken_from_it() {
    let panel = Panel::start().await;
    let (_, privileged) = panel.file("privileged", "Counsel.pdf").await;
    let problem = panel.choose(&[&privileged]).await.problem(422);
    let error = &problem["errors"][0];
    assert_eq!((&error["pointer"], &error["code"]), (&json!("/entries/0"), &json!("privileged")));

    let (_, chosen) = panel.file("safeguarding", "Summary.pdf").await;
    panel.choose(&[&chosen]).await.id();
    panel.read(&panel.member, &chosen).await.0.ok();
    let body = json!({"of": chosen, "set": {"visibility": "privileged"}, "why": "It is counsel's advice."});
    panel.worker.change(&panel.case, "corrections", body).await.id();
    panel.read(&panel.member, &chosen).await.0.problem(404);
    assert_eq!(panel.member.get(&panel.papers).await.ok()["data"], json!([]));
}

#[actix_web::test]
async fn a_document_that_was_struck_is_given_to_no_panel() {
    let panel = Panel::start().await;
    let (_, chosen) = panel.file("internal", "Summary.pdf").await;
    panel.choose(&[&chosen]).await.id();
    panel.worker.change(&panel.case, "strikes", json!({"of": chosen, "why": "Another child's."})).await.id();
    for client in [&panel.member, &panel.worker] {
        panel.read(client, &chosen).await.0.problem(404);
    }
    let papers: Value = panel.member.get(&panel.papers).await.ok();
    assert_eq!(papers["data"][0]["putRightSince"], true);
}
