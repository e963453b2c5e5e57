//! Documents of a case: who may file them, who may read them, in which versions, and what is never kept.

use actix_web::http::Method;
use chrono::TimeDelta;
use ehc_casework::access::{Role, permit};
use ehc_casework::record::Action;
use ehc_casework::service::{Error, documents};
use serde_json::{Value, json};

use crate::support::{Client, PDF, Reply, TestApp, with_form};

const OTHER: [(&str, &str); 1] = [("role", "other")];

fn says(pairs: &[(&str, &str)]) -> Value {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into()
}

/// A case of the school 900001 that the family asked for as well, and everybody who is near it.
struct Near {
    app: TestApp,
    at: String,
    case: String,
    advice: String,
    worker: Client,
    school: Client,
    family: Client,
    giver: Client,
}

impl Near {
    async fn start() -> Self {
        Self::of(TestApp::start().await).await
    }

    async fn of(app: TestApp) -> Self {
        let (worker, school, family) = (app.client(Role::CaseWorker), app.school("900001"), app.client(Role::Family));
        let child = json!({"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"});
        let request = json!({"child": child, "requestedBy": "parent", "setting": "urn:900001"});
        let case = family.post("/v1/requests", request).await.id();
        let at = format!("/v1/cases/{case}");
        let early = json!([{"concern": "advice_without_assessment", "reason": "It was asked for at once."}]);
        let body = json!({"giver": "psychology", "organisation": "local:ep", "receivedOn": "2026-01-05", "acknowledge": early});
        let advice = worker.post(&format!("{at}/advice-requests"), body).await.id();
        let giver = app.client_of(Role::AdviceGiver, "311", Some("local:ep"), "advice_giver");
        Self { app, at, case, advice, worker, school, family, giver }
    }

    fn documents(&self) -> String {
        format!("{}/documents", self.at)
    }

    async fn file(&self, client: &Client, pairs: &[(&str, &str)]) -> Reply {
        client.upload(&self.documents(), &says(pairs), "Report.pdf", PDF).await
    }

    /// The ids that somebody's list shows.
    async fn listed(&self, client: &Client) -> Vec<String> {
        let list = client.get(&self.documents()).await.ok();
        list["data"].as_array().unwrap().iter().map(|document| document["id"].as_str().unwrap().to_owned()).collect()
    }

    async fn content(&self, client: &Client, document: &str) -> (Reply, Vec<u8>) {
        let path = format!("{}/{document}/content", self.documents());
        self.app.call_for_bytes(client.request(Method::GET, &path)).await
    }

    async fn entry(&self, document: &str) -> String {
        let shown = self.worker.get(&format!("{}/{document}", self.documents())).await.ok();
        shown["versions"].as_array().unwrap().last().unwrap()["entry"].as_str().unwrap().to_owned()
    }
}

#[actix_web::test]
async fn what_is_filed_is_listed_shown_and_given_out_as_it_came() {
    let near = Near::start().await;
    let mut content = PDF.to_vec();
    content.resize(1024 * 1024, b'x');
    let pairs = says(&[("role", "letter"), ("description", "A letter of the GP."), ("on", "2026-01-02")]);
    let filed = near.worker.upload(&near.documents(), &pairs, "Brief an José.pdf", &content).await;
    let location = filed.header("location").unwrap().to_owned();
    let id = filed.id();
    assert_eq!(location, format!("{}/{id}", near.documents()));
    assert_eq!(near.listed(&near.worker).await, [id.as_str()]);

    let shown = near.worker.get(&location).await.ok();
    let version = &shown["versions"][0];
    assert_eq!((&shown["role"], &shown["about"], &version["visibility"]), (&json!("letter"), &json!(null), &json!("internal")));
    assert_eq!((&version["fileName"], &version["mediaType"]), (&json!("Brief an José.pdf"), &json!("application/pdf")));
    assert_eq!((&version["bytes"], &version["filedOn"]), (&json!(content.len()), &json!("2026-01-02")));
    assert_eq!((&version["version"], &version["scan"]), (&json!(1), &json!("not_scanned")));

    let (reply, bytes) = near.content(&near.worker, &id).await;
    assert!(bytes == content);
    let header = |name: &str| reply.header(name).unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"Brief an Jos_.pdf\"; filename*=UTF-8''Brief%20an%20Jos%C3%A9.pdf"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert_eq!(header("etag"), format!("\"sha256-{}\"", version["sha256"].as_str().unwrap()));

    let path = format!("{location}/content");
    let again = near.app.call(near.worker.request(Method::GET, &path).insert_header(("if-none-match", header("etag")))).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
}

#[actix_web::test]
async fn each_reading_stands_in_the_trail_as_what_it_was() {
    let near = Near::start().await;
    let id = near.file(&near.worker, &[("role", "other"), ("visibility", "shared")]).await.id();
    near.family.get(&near.documents()).await.ok();
    near.content(&near.family, &id).await.0.ok();
    let child = near.worker.get(&near.at).await.ok()["child"].as_str().unwrap().to_owned();
    let trail = near.app.client(Role::Auditor).get(&format!("/v1/audit?child={child}")).await.ok();
    let lines: Vec<_> = trail["data"].as_array().unwrap().iter().filter(|line| line["capacity"] == "family").collect();
    assert_eq!((&lines[0]["operation"], &lines[1]["operation"]), (&json!("read_documents"), &json!("see_documents")));
}

#[actix_web::test]
async fn everybody_near_a_case_files_and_nobody_else() {
    let near = Near::start().await;
    for client in [&near.worker, &near.school, &near.family, &near.giver] {
        near.file(client, &OTHER).await.id();
    }
    near.file(&near.app.client(Role::DecisionMaker), &OTHER).await.id();
    near.file(&near.app.client(Role::Manager), &OTHER).await.id();
    for role in [Role::PanelMember, Role::Auditor, Role::Administrator] {
        near.file(&near.app.client(role), &OTHER).await.problem(403);
    }
    let strangers = [
        near.app.school("900002"),
        near.app.client_of(Role::Family, "311", None, "stranger"),
        near.app.client_of(Role::AdviceGiver, "311", Some("local:other"), "advice_giver"),
        near.app.client_of(Role::CaseWorker, "309", None, "case_worker"),
    ];
    let files = near.app.folder.files().len();
    for stranger in strangers {
        near.file(&stranger, &OTHER).await.problem(404);
        stranger.get(&near.documents()).await.problem(404);
    }
    assert_eq!((near.app.folder.files().len(), files), (6, 6));
}

#[actix_web::test]
async fn a_family_and_a_school_share_what_they_send_and_staff_and_advice_givers_do_not() {
    let near = Near::start().await;
    let mut ids = Vec::new();
    for (client, visibility) in
        [(&near.worker, "internal"), (&near.school, "shared"), (&near.family, "shared"), (&near.giver, "internal")]
    {
        let id = near.file(client, &OTHER).await.id();
        let shown = near.worker.get(&format!("{}/{id}", near.documents())).await.ok();
        assert_eq!(shown["versions"][0]["visibility"], visibility);
        ids.push(id);
    }
    let [staffs, schools, familys, givers] = &ids[..] else { panic!("four were filed") };
    assert_eq!(near.listed(&near.worker).await, ids);
    assert_eq!(near.listed(&near.school).await, [schools.as_str(), familys]);
    assert_eq!(near.listed(&near.family).await, [schools.as_str(), familys]);
    assert_eq!(near.listed(&near.giver).await, [schools.as_str(), familys, givers]);
    for client in [&near.school, &near.family, &near.giver] {
        near.content(client, staffs).await.0.problem(404);
        near.content(client, schools).await.0.ok();
        client.get(&format!("{}/{staffs}", near.documents())).await.problem(404);
    }
}

#[actix_web::test]
async fn what_is_restricted_reaches_nobody_outside_but_whoever_brought_it() {
    let near = Near::start().await;
    for visibility in ["third_party", "safeguarding", "privileged", "internal"] {
        let id = near.file(&near.worker, &[("role", "other"), ("visibility", visibility)]).await.id();
        for client in [&near.school, &near.family, &near.giver] {
            near.content(client, &id).await.0.problem(404);
        }
    }
    let own = near.file(&near.school, &[("role", "other"), ("visibility", "safeguarding")]).await.id();
    near.content(&near.school, &own).await.0.ok();
    near.content(&near.worker, &own).await.0.ok();
    near.content(&near.family, &own).await.0.problem(404);
    assert_eq!(near.listed(&near.family).await, [""; 0]);
    // The timeline says no more than the list.
    let kinds = async |client: &Client| {
        let timeline = client.get(&format!("{}/timeline", near.at)).await.ok();
        timeline["data"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "document_filed").count()
    };
    assert_eq!((kinds(&near.worker).await, kinds(&near.school).await, kinds(&near.family).await), (5, 1, 0));
    for visibility in ["internal", "privileged"] {
        let problem = near.file(&near.family, &[("role", "other"), ("visibility", visibility)]).await.problem(422);
        assert_eq!(problem["errors"][0]["pointer"], "/visibility");
    }
}

#[actix_web::test]
async fn a_document_belongs_to_something_of_its_case_or_to_nothing() {
    let near = Near::start().await;
    let request = near.worker.get(&format!("{}/timeline", near.at)).await.ok();
    let entries = request["data"].as_array().unwrap();
    let request = entries.iter().find(|entry| entry["kind"] == "request_received").unwrap()["id"].as_str().unwrap();
    near.file(&near.worker, &[("role", "advice"), ("about", &near.advice)]).await.id();
    near.file(&near.giver, &[("role", "advice"), ("about", &near.advice)]).await.id();
    near.file(&near.family, &[("role", "request_form"), ("about", request)]).await.id();

    let second = near.app.school("900002").ask_for_assessment("Other").await;
    let early = json!([{"concern": "advice_without_assessment", "reason": "It was asked for at once."}]);
    let body = json!({"giver": "health", "organisation": "ods:RF4", "acknowledge": early});
    let foreign = near.worker.post(&format!("/v1/cases/{second}/advice-requests"), body).await.id();
    let nothing = uuid::Uuid::new_v4().to_string();
    for (role, about) in [
        ("advice", foreign.as_str()),
        ("advice", &nothing),
        ("advice", request),
        ("draft", &near.advice),
        ("letter", &nothing),
        ("panel_paper", &nothing),
        ("representation", &nothing),
        ("request_form", &nothing),
        ("other", request),
    ] {
        let problem = near.file(&near.worker, &[("role", role), ("about", about)]).await.problem(422);
        assert_eq!(
            (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]),
            (&json!("/about"), &json!("unknown_about"))
        );
    }
    // Another's request for advice is as if it were not there.
    near.file(&near.family, &[("role", "advice"), ("about", &near.advice)]).await.problem(422);
    near.file(&near.school, &[("role", "advice"), ("about", &near.advice)]).await.problem(422);
    for role in ["draft", "letter", "panel_paper", "representation"] {
        let problem = near.file(&near.school, &[("role", role)]).await.problem(422);
        assert_eq!(problem["errors"][0]["pointer"], "/role");
    }
}

#[actix_web::test]
async fn what_a_family_says_to_a_draft_is_not_for_relatives_or_schools() {
    let near = Near::start().await;
    let child = near.worker.get(&near.at).await.ok()["child"].as_str().unwrap().to_owned();
    let other = json!({"kind": "parent", "account": crate::support::subject("other"), "contact": {"name": "Sam Example"}});
    near.worker.post(&format!("/v1/children/{child}/relationships"), other).await.id();
    let other = near.app.client_of(Role::Family, "311", None, "other");
    let said = near.file(&near.family, &[("role", "representation")]).await.id();
    near.content(&near.family, &said).await.0.ok();
    near.content(&near.worker, &said).await.0.ok();
    near.content(&other, &said).await.0.problem(404);
    near.content(&near.school, &said).await.0.problem(404);
    let shared = near.file(&near.family, &OTHER).await.id();
    near.content(&other, &shared).await.0.ok();
}

#[actix_web::test]
async fn versions_follow_one_another_and_the_old_ones_stay() {
    let near = Near::start().await;
    let id = near.file(&near.school, &OTHER).await.id();
    let at = format!("{}/{id}", near.documents());
    let second = b"%PDF-1.7\nThe second.";
    let filed = near.school.upload(&format!("{at}/versions"), &json!({"description": "Second."}), "Second.pdf", second).await;
    assert_eq!(filed.id(), id);
    near.worker.upload(&format!("{at}/versions"), &json!({"visibility": "internal"}), "Third.pdf", b"%PDF-3").await.id();
    // It is the family's to read, and not the family's to replace.
    near.family.upload(&format!("{at}/versions"), &json!({}), "Fourth.pdf", b"%PDF-4").await.problem(404);

    let numbers = async |client: &Client| {
        let shown = client.get(&at).await.ok();
        let versions = shown["versions"].as_array().unwrap();
        versions.iter().map(|version| version["version"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&near.worker).await, [1, 2, 3]);
    assert_eq!(numbers(&near.family).await, [1, 2]);
    let read = async |client: &Client, query: &str| {
        near.app.call_for_bytes(client.request(Method::GET, &format!("{at}/content{query}"))).await
    };
    assert_eq!(read(&near.worker, "").await.1, b"%PDF-3");
    assert_eq!(read(&near.worker, "?version=1").await.1, PDF);
    assert_eq!(read(&near.family, "").await.1, second);
    read(&near.family, "?version=3").await.0.problem(404);
    read(&near.worker, "?version=4").await.0.problem(404);
}

#[actix_web::test]
async fn what_was_struck_is_hidden_from_families_and_given_to_nobody() {
    let near = Near::start().await;
    let id = near.file(&near.worker, &[("role", "other"), ("visibility", "shared")]).await.id();
    let at = format!("{}/{id}", near.documents());
    let first = near.entry(&id).await;
    near.worker.upload(&format!("{at}/versions"), &json!({}), "Second.pdf", b"%PDF-2").await.id();
    near.app.on("2026-01-12");
    near.worker.change(&near.case, "strikes", json!({"of": first, "why": "Another child's."})).await.id();
    for client in [&near.worker, &near.family] {
        let shown = client.get(&at).await.ok();
        assert_eq!(shown["versions"].as_array().unwrap().len(), 1);
        // A version keeps its number.
        assert_eq!(shown["versions"][0]["version"], 2);
        near.app.call(client.request(Method::GET, &format!("{at}/content?version=1"))).await.problem(404);
    }
    // As it was then, staff still see that it was there; who may see is judged now.
    let then = |client: &Client| {
        let client = client.clone();
        let path = format!("{at}?asOf=2026-01-06");
        async move { client.get(&path).await.ok()["versions"].as_array().unwrap().len() }
    };
    assert_eq!((then(&near.worker).await, then(&near.family).await), (2, 1));
    // Its content stays until it is erased.
    assert_eq!(near.app.folder.files().len(), 2);
}

#[actix_web::test]
async fn a_correction_changes_who_may_read_and_never_what_was_filed() {
    let near = Near::start().await;
    let id = near.file(&near.worker, &OTHER).await.id();
    let of = near.entry(&id).await;
    near.content(&near.family, &id).await.0.problem(404);
    let body = json!({"of": of, "set": {"visibility": "shared"}, "why": "The family may have it."});
    near.worker.change(&near.case, "corrections", body).await.id();
    near.content(&near.family, &id).await.0.ok();
    for (name, value) in [("sha256", "00"), ("file", "0190b0a0-0000-7000-8000-000000000003"), ("mediaType", "text/html")] {
        let body = json!({"of": of, "set": {name: value}, "why": "It cannot be."});
        let problem = near.worker.change(&near.case, "corrections", body).await.problem(422);
        assert_eq!(problem["errors"][0]["code"], "not_correctable", "{name}");
    }
}

#[actix_web::test]
async fn a_list_comes_in_pages_since_an_instant_and_as_it_was() {
    let near = Near::start().await;
    let mut ids = Vec::new();
    for day in ["2026-01-06", "2026-01-07", "2026-01-08"] {
        near.app.on(day);
        ids.push(near.file(&near.worker, &OTHER).await.id());
    }
    near.app.on("2026-01-09");
    let path = format!("{}/{}/versions", near.documents(), ids[0]);
    near.worker.upload(&path, &json!({}), "Second.pdf", b"%PDF-2").await.id();
    let get = async |query: &str| near.worker.get(&format!("{}{query}", near.documents())).await.ok();
    let shown = |list: &Value| {
        let rows = list["data"].as_array().unwrap();
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = get("?limit=2").await;
    assert_eq!(shown(&first), [ids[1].as_str(), &ids[2]]);
    let next = first["nextCursor"].as_str().unwrap();
    let last = get(&format!("?limit=2&cursor={next}")).await;
    assert_eq!((shown(&last), &last["nextCursor"]), (vec![ids[0].clone()], &json!(null)));
    assert_eq!(shown(&get("?since=2026-01-08T09:00:00Z").await), [ids[2].as_str(), &ids[0]]);
    assert_eq!(shown(&get("?since=2026-01-09T09:00:01Z").await), [""; 0]);
    assert_eq!(shown(&get("?asOf=2026-01-07").await), [ids[0].as_str(), &ids[1]]);
    assert_eq!(get("?asOf=2026-01-07").await["data"][0]["versions"].as_array().unwrap().len(), 1);
}

/// What a request leaves: nothing of a refused file stays in the storage.
#[actix_web::test]
async fn what_is_no_document_is_refused_and_nothing_of_it_stays() {
    let near = Near::start().await;
    let path = near.documents();
    let other = says(&OTHER);
    let refused = async |name: &str, content: &[u8]| {
        near.worker.upload(&path, &other, name, content).await.problem(422)["errors"][0]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused("Report.docx", PDF).await, "file_type");
    assert_eq!(refused("run.exe", b"MZ\x90\x00").await, "file_type");
    assert_eq!(refused("Report", PDF).await, "file_type");
    assert_eq!(refused("page.txt", b"<!DOCTYPE html><script>alert(1)</script>").await, "file_type");
    assert_eq!(refused("Report.pdf", b"").await, "empty_file");

    let mut longest = PDF.to_vec();
    longest.resize(2 * 1024 * 1024 + 1, b'x');
    let problem = near.worker.upload(&path, &other, "Report.pdf", &longest).await.problem(413);
    assert_eq!((&problem["code"], problem["detail"].as_str().unwrap().contains("2 MiB")), (&json!("body_too_large"), true));

    let request = || near.worker.request(Method::POST, &path).insert_header(("idempotency-key", "one"));
    let problem = near.app.call(with_form(request(), &other, None)).await.problem(422);
    assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/file"), &json!("required")));
    let wrong = says(&[("about", "x"), ("colour", "red")]);
    let problem = near.app.call(with_form(request(), &wrong, Some(("Report.docx", PDF)))).await.problem(422);
    let mut told: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, ["/about", "/colour", "/file", "/role"]);
    near.app.call(request().set_json(&other)).await.problem(415);
    let cut = request().insert_header(("content-type", "multipart/form-data; boundary=x"));
    let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7 and then";
    near.app.call(cut.set_payload(body)).await.problem(400);

    assert!(near.app.folder.files().is_empty(), "{:?}", near.app.folder.files());
    assert_eq!(near.listed(&near.worker).await, [""; 0]);
    longest.pop();
    near.worker.upload(&path, &other, "Report.pdf", &longest).await.id();
}

#[actix_web::test]
async fn the_same_file_under_the_same_key_is_filed_once() {
    let near = Near::start().await;
    let send =
        async |content: &[u8]| near.worker.upload_with_key(&near.documents(), "one", &says(&OTHER), "Report.pdf", content).await;
    let first = send(PDF).await.id();
    let again = send(PDF).await;
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.id(), first);
    assert_eq!(send(b"%PDF-1.7 another").await.problem(422)["code"], "idempotency_key_reused");
    assert_eq!(near.app.folder.files().len(), 1);
}

#[actix_web::test]
async fn a_file_that_was_never_filed_is_removed_after_an_hour_and_no_other() {
    let near = Near::start().await;
    near.file(&near.worker, &OTHER).await.id();
    let caller = ehc_casework::access::Caller {
        subject: "somebody".into(),
        roles: [Role::CaseWorker].into(),
        authority: ehc_casework::access::AuthorityId(311),
        organisation: None,
        request_id: uuid::Uuid::nil(),
    };
    let permit = permit(&caller, Action::FileDocument.into()).unwrap();
    let case = near.case.parse::<uuid::Uuid>().unwrap().into();
    let begun = near.app.db.write(permit.clone(), move |tx| documents::expect(tx, case, None)).await;
    let (_, key) = begun.unwrap();
    let chunks = futures_util::stream::iter([Ok::<_, Error>(PDF.into())]);
    near.app.files.receive(key, "Report.pdf", chunks).await.unwrap();
    assert_eq!(near.app.folder.files().len(), 2);
    let begun_at = near.app.clock.now();
    near.app.clock.set(begun_at + TimeDelta::hours(1));
    documents::sweep(&near.app.db, &near.app.files, &permit).await.unwrap();
    assert_eq!(near.app.folder.files().len(), 2);
    near.app.clock.set(begun_at + TimeDelta::hours(1) + TimeDelta::seconds(1));
    documents::sweep(&near.app.db, &near.app.files, &permit).await.unwrap();
    assert_eq!(near.app.folder.files().len(), 1);
    near.content(&near.worker, &near.listed(&near.worker).await[0]).await.0.ok();
}

#[actix_web::test]
async fn what_a_file_is_kept_under_says_nothing_of_anybody() {
    let near = Near::start().await;
    near.worker.upload(&near.documents(), &says(&OTHER), "Amira Example.pdf", PDF).await.id();
    let path = near.app.folder.files().remove(0);
    let path = path.strip_prefix(&near.app.folder.0).unwrap().to_str().unwrap().to_owned();
    let child = near.worker.get(&near.at).await.ok()["child"].as_str().unwrap().to_owned();
    for secret in ["Amira", "Example", "pdf", &near.case, &child] {
        assert!(!path.contains(secret), "{path}");
    }
}

#[actix_web::test]
async fn without_a_daemon_readiness_says_that_nothing_is_scanned() {
    let app = TestApp::start().await;
    let ready = app.anonymous().get("/health/ready").await.ok();
    assert_eq!(ready["documents"], json!({"storage": "on", "scanning": "off"}));
}

#[actix_web::test]
async fn while_the_daemon_is_away_what_is_filed_waits_and_is_given_to_nobody() {
    let nobody = Some(ehc_casework::files::Clamd::Tcp("127.0.0.1:1".into()));
    let near = Near::of(TestApp::start_scanned(ehc_casework::db::Fences::Both, nobody).await).await;
    let ready = near.app.anonymous().get("/health/ready").await.ok();
    assert_eq!(ready["documents"], json!({"storage": "on", "scanning": "away"}));
    let id = near.file(&near.worker, &OTHER).await.id();
    let shown = near.worker.get(&format!("{}/{id}", near.documents())).await.ok();
    assert_eq!(shown["versions"][0]["scan"], "waiting");
    let (reply, _) = near.content(&near.worker, &id).await;
    assert!(reply.header("retry-after").is_some());
    assert_eq!(reply.problem(409)["code"], "file_not_scanned_yet");
}
