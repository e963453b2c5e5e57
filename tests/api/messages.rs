//! Messages between family, school and case worker: who reads which, what waits for an answer, and how long that took.

use ehc_casework::access::Role;
use serde_json::{Value, json};

use crate::people::{a_child, account, minute, person, relate, with};
use crate::support::{Client, TestApp, staff_id};

/// A child of the school 900001 whose case worker is allocated, with a mother and a father who have accounts and live apart.
struct Exchange {
    app: TestApp,
    worker: Client,
    mother: Client,
    father: Client,
    school: Client,
    mothers: String,
    child: String,
    path: String,
}

impl Exchange {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let (case, child) = a_child(&app, "Amira", "2017-03-14").await;
        let mothers =
            relate(&app, &child, with(person("parent", "mother"), json!({"hiddenAddress": true, "livesWith": true}))).await;
        relate(&app, &child, person("parent", "father")).await;
        let worker = app.client(Role::CaseWorker);
        let allocation = json!({"caseWorker": staff_id(Role::CaseWorker, 311)});
        worker.post(&format!("/v1/cases/{case}/allocation"), allocation).await.id();
        Self {
            mother: account(&app, "mother"),
            father: account(&app, "father"),
            school: app.school("900001"),
            path: format!("/v1/cases/{case}/messages"),
            worker,
            mothers,
            child,
            app,
        }
    }

    /// Sends a message on a day, so many minutes after nine.
    async fn sent(&self, by: &Client, (day, at): (&str, i64), body: Value) -> String {
        minute(&self.app, day, at);
        by.post(&self.path, body).await.id()
    }

    async fn read(&self, reader: &Client) -> Vec<String> {
        words(&reader.get(&self.path).await.ok(), "/words")
    }

    async fn waiting(&self, reader: &Client, query: &str) -> Vec<String> {
        words(&reader.get(&format!("/v1/messages{query}")).await.ok(), "/message/words")
    }
}

fn words(list: &Value, at: &str) -> Vec<String> {
    list["data"].as_array().unwrap().iter().map(|row| row.pointer(at).unwrap().as_str().unwrap().to_owned()).collect()
}

fn to(party: &str, words: &str) -> Value {
    json!({"to": [{"party": party}], "words": words})
}

fn reply(to: &str, words: &str) -> Value {
    json!({"inReplyTo": to, "words": words})
}

const MONDAY: &str = "2026-01-12";

#[actix_web::test]
async fn separated_parents_do_not_see_each_others_messages_and_the_school_only_what_it_was_sent() {
    let all = Exchange::begin().await;
    let hers = all.sent(&all.mother, (MONDAY, 0), to("case_worker", "hers")).await;
    let his = all.sent(&all.father, (MONDAY, 1), to("case_worker", "his")).await;
    all.sent(&all.worker, (MONDAY, 2), reply(&hers, "to her")).await;
    all.sent(&all.worker, (MONDAY, 3), reply(&his, "to him")).await;
    all.sent(&all.worker, (MONDAY, 4), to("family", "to both")).await;
    all.sent(&all.worker, (MONDAY, 5), to("school", "to the school")).await;
    let both = json!({"to": [{"party": "school"}, {"party": "case_worker"}], "words": "hers to the school and the case worker"});
    all.sent(&all.mother, (MONDAY, 6), both).await;
    all.sent(&all.school, (MONDAY, 7), to("case_worker", "of the school")).await;
    let only_her = json!({"to": [{"party": "family", "relationship": all.mothers}], "words": "only to her"});
    all.sent(&all.worker, (MONDAY, 8), only_her).await;

    assert_eq!(all.read(&all.worker).await.len(), 9, "staff see all");
    assert_eq!(
        all.read(&all.mother).await,
        ["hers", "to her", "to both", "hers to the school and the case worker", "only to her"]
    );
    assert_eq!(all.read(&all.father).await, ["his", "to him", "to both"]);
    assert_eq!(all.read(&all.school).await, ["to the school", "hers to the school and the case worker", "of the school"]);
    // Nor is one told that the other was written to.
    let told = all.father.get(&all.path).await;
    assert!(!told.text.contains(&all.mothers), "{}", told.text);
    let family = json!([{"party": "family", "relationship": null, "organisation": null, "staff": null, "name": null}]);
    assert_eq!(told.ok()["data"][2]["to"], family);
    // Another school, another family, somebody on a panel, another authority.
    for stranger in [all.app.school("900002"), account(&all.app, "stranger")] {
        stranger.get(&all.path).await.problem(404);
        stranger.post(&all.path, to("case_worker", "x")).await.problem(404);
    }
    let member = all.app.client_of(Role::PanelMember, "311", None, "panel_member");
    member.get(&all.path).await.problem(403);
    assert_eq!(member.get("/v1/messages").await.problem(403)["code"], "not_permitted");
    all.app.client_of(Role::CaseWorker, "309", None, "case_worker").get(&all.path).await.problem(404);
    // One who cannot see a message cannot reply to it.
    let blind = all.father.post(&all.path, reply(&hers, "x")).await.problem(422);
    assert_eq!((&blind["errors"][0]["pointer"], &blind["errors"][0]["code"]), (&json!("/inReplyTo"), &json!("unknown_message")));
    let trail = all.app.client(Role::Auditor).get(&format!("/v1/audit?child={}&limit=200", all.child)).await.text;
    assert!(trail.contains("see_messages"), "reads leave a trail: {trail}");
}

#[actix_web::test]
async fn a_message_says_how_long_it_waited_for_its_answer_in_working_days_and_hours() {
    let all = Exchange::begin().await;
    // Thursday before Easter, answered on the Wednesday after: Good Friday, the weekend and Easter Monday are no working days.
    let first = all.sent(&all.mother, ("2026-04-02", 0), to("case_worker", "first")).await;
    let more = all.sent(&all.mother, ("2026-04-02", 30), reply(&first, "and more")).await;
    minute(&all.app, "2026-04-07", 0);
    let waiting = all.worker.get(&all.path).await.ok();
    assert_eq!(waiting["data"][0]["waiting"], json!({"workingDays": 1, "hours": 120}));
    let answer = all.sent(&all.worker, ("2026-04-08", 15), reply(&more, "answer")).await;
    let list = all.mother.get(&all.path).await.ok();
    let reply = &list["data"][0]["reply"];
    assert_eq!((&reply["message"], &reply["after"]), (&json!(answer), &json!({"workingDays": 2, "hours": 144})));
    assert_eq!(list["data"][1]["reply"]["message"], json!(answer), "one answer serves both");
    assert_eq!((&list["data"][0]["waiting"], &list["data"][0]["thread"]), (&Value::Null, &json!(first)));
    assert_eq!(list["data"][1]["to"][0]["party"], "case_worker", "who adds to their own message writes to the same");
    let names: Vec<_> = (0..3).map(|at| list["data"][at]["from"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["mother", "mother", "case_worker"]);
    // On the same day: no working day, and hours.
    let quick = all.sent(&all.school, ("2026-04-08", 30), to("case_worker", "quick")).await;
    all.sent(&all.worker, ("2026-04-08", 150), self::reply(&quick, "at once")).await;
    let list = all.school.get(&all.path).await.ok();
    assert_eq!(list["data"][0]["reply"]["after"], json!({"workingDays": 0, "hours": 2}));
    let thread = all.worker.get(&format!("{}?thread={first}", all.path)).await.ok();
    assert_eq!(words(&thread, "/words"), ["first", "and more", "answer"]);
    let since = all.worker.get(&format!("{}?since=2026-04-08T09:30:00Z", all.path)).await.ok();
    assert_eq!(words(&since, "/words"), ["quick", "at once"]);
}

#[actix_web::test]
async fn the_inbox_holds_what_waits_for_the_callers_answer_the_oldest_first() {
    let all = Exchange::begin().await;
    let (other, _) = a_child(&all.app, "Ben", "2018-03-14").await;
    all.sent(&all.mother, (MONDAY, 0), to("case_worker", "a")).await;
    let b = all.sent(&all.school, (MONDAY, 1), to("case_worker", "b")).await;
    all.sent(&all.father, (MONDAY, 2), to("case_worker", "c")).await;
    minute(&all.app, MONDAY, 3);
    all.school.post(&format!("/v1/cases/{other}/messages"), to("case_worker", "of a case without a case worker")).await.id();
    let d = all.sent(&all.worker, (MONDAY, 4), to("family", "d")).await;

    assert_eq!(all.waiting(&all.worker, "").await, ["a", "b", "c"]);
    let manager = all.app.client(Role::Manager);
    assert_eq!(all.waiting(&manager, "").await, Vec::<String>::new());
    assert_eq!(all.waiting(&manager, &format!("?caseWorker={}", staff_id(Role::CaseWorker, 311))).await, ["a", "b", "c"]);
    assert_eq!(all.waiting(&manager, "?everyone=true").await, ["a", "b", "c", "of a case without a case worker"]);
    assert_eq!(all.waiting(&all.worker, "?since=2026-01-12T09:01:00Z").await, ["b", "c"]);
    let line = &all.worker.get("/v1/messages?limit=1").await.ok()["data"][0];
    assert_eq!((&line["givenName"], &line["child"]), (&json!("Amira"), &json!(all.child)));

    let (mut seen, mut next) = (Vec::new(), Some("?limit=1".to_owned()));
    while let Some(query) = next {
        let page = all.worker.get(&format!("/v1/messages{query}")).await.ok();
        seen.extend(words(&page, "/message/words"));
        next = page["nextCursor"].as_str().map(|cursor| format!("?limit=1&cursor={cursor}"));
    }
    assert_eq!(seen, ["a", "b", "c"], "page after page");

    // Answered, and put aside.
    all.sent(&all.worker, (MONDAY, 5), reply(&b, "answer")).await;
    assert_eq!(all.waiting(&all.worker, "").await, ["a", "c"]);
    let c = all.worker.get("/v1/messages").await.ok()["data"][1]["message"]["id"].as_str().unwrap().to_owned();
    let closing = format!("{}/{c}/closing", all.path);
    all.worker.post(&closing, json!({"why": "answered_otherwise"})).await.id();
    assert_eq!(all.waiting(&all.worker, "").await, ["a"]);
    assert_eq!(all.worker.post(&closing, json!({"why": "needs_no_reply"})).await.problem(409)["reason"], "already_recorded");
    let own = format!("{}/{d}/closing", all.path);
    assert_eq!(all.worker.post(&own, json!({"why": "needs_no_reply"})).await.problem(409)["reason"], "not_to_the_authority");
    all.mother.post(&closing, json!({"why": "needs_no_reply"})).await.problem(403);
    let of_father = all.father.get(&all.path).await.ok();
    assert_eq!(of_father["data"][0]["closed"], Value::Null, "that is for staff");

    // Each member of the family answers for themselves.
    assert_eq!(all.waiting(&all.mother, "").await, ["d"]);
    all.sent(&all.mother, (MONDAY, 6), reply(&d, "hers")).await;
    assert_eq!(all.waiting(&all.mother, "").await, Vec::<String>::new());
    assert_eq!(all.waiting(&all.father, "").await, ["d"]);
    let of_father = all.father.get(&all.path).await.ok();
    assert_eq!(of_father["data"][1]["reply"], Value::Null, "her answer is not his to know of");
    assert_eq!(all.waiting(&all.school, "").await, ["answer"]);
    all.school.get("/v1/messages?everyone=true").await.problem(400);
}

#[actix_web::test]
async fn each_reader_has_read_a_message_or_not_for_themselves() {
    let all = Exchange::begin().await;
    let message = all.sent(&all.worker, (MONDAY, 0), to("family", "to both")).await;
    let read = format!("{}/{message}/read", all.path);
    let put = async |reader: &Client| all.app.call(reader.request("PUT".parse().unwrap(), &read).set_json(json!({}))).await;
    assert_eq!(all.waiting(&all.mother, "?state=unread").await, ["to both"]);
    minute(&all.app, MONDAY, 10);
    assert_eq!(put(&all.mother).await.ok()["readAt"], "2026-01-12T09:10:00Z");
    minute(&all.app, MONDAY, 20);
    assert_eq!(put(&all.mother).await.ok()["readAt"], "2026-01-12T09:10:00Z", "the first time counts");
    assert_eq!(all.waiting(&all.mother, "?state=unread").await, Vec::<String>::new());
    assert_eq!(all.waiting(&all.father, "?state=unread").await, ["to both"]);
    assert_eq!(all.mother.get(&all.path).await.ok()["data"][0]["readAt"], "2026-01-12T09:10:00Z");
    assert_eq!(all.father.get(&all.path).await.ok()["data"][0]["readAt"], Value::Null);
    put(&all.school).await.problem(404);
    assert_eq!(all.waiting(&all.mother, "?state=all").await, ["to both"]);
}

#[actix_web::test]
async fn nobody_is_written_to_who_could_not_read_it() {
    let all = Exchange::begin().await;
    let gran = relate(&all.app, &all.child, with(person("grandparent", "gran"), json!({"account": null}))).await;
    minute(&all.app, MONDAY, 0);
    let refused = async |by: &Client, body: Value| {
        let problem = by.post(&all.path, body).await.problem(422);
        format!("{} {}", problem["errors"][0]["pointer"].as_str().unwrap(), problem["errors"][0]["code"].as_str().unwrap())
    };
    let related = |id: &str| json!({"to": [{"party": "family", "relationship": id}], "words": "x"});
    assert_eq!(refused(&all.worker, related(&gran)).await, "/to/0/relationship cannot_read_here");
    assert_eq!(refused(&all.worker, json!({"words": "x"})).await, "/to required");
    assert_eq!(refused(&all.worker, to("case_worker", "x")).await, "/to/0/party own_side");
    assert_eq!(refused(&all.mother, to("family", "x")).await, "/to/0/party own_side");
    assert_eq!(refused(&all.school, related(&all.mothers)).await, "/to/0/relationship for_staff");
    let elsewhere = json!({"to": [{"party": "school", "organisation": "urn:900002"}], "words": "x"});
    assert_eq!(refused(&all.worker, elsewhere).await, "/to/0/organisation cannot_read_here");
    // A court's order ends it at once, for what was written before too.
    let of_his = all.sent(&all.father, (MONDAY, 1), to("case_worker", "his")).await;
    all.sent(&all.worker, (MONDAY, 2), to("family", "to both")).await;
    assert_eq!(all.read(&all.father).await, ["his", "to both"]);
    let people = format!("/v1/children/{}/relationships", all.child);
    let list = all.worker.get(&people).await.ok();
    let his = list["data"].as_array().unwrap().iter().find(|row| row["contact"]["name"] == "father").unwrap()["id"].clone();
    let his = his.as_str().unwrap();
    let etag = all.worker.get(&people).await.header("etag").unwrap().to_owned();
    let restricted = with(person("parent", "father"), json!({"courtRestriction": "no_contact"}));
    let request = all.worker.request("PUT".parse().unwrap(), &format!("{people}/{his}")).insert_header(("if-match", etag));
    all.app.call(request.set_json(restricted)).await.ok();
    all.father.get(&all.path).await.problem(404);
    assert_eq!(all.waiting(&all.father, "?state=all").await, Vec::<String>::new());
    assert_eq!(refused(&all.worker, related(his)).await, "/to/0/relationship cannot_read_here");
    assert_eq!(refused(&all.worker, reply(&of_his, "x")).await, "/inReplyTo cannot_read_here");
}

#[actix_web::test]
async fn once_a_child_has_died_nothing_more_goes_to_the_family_or_the_school() {
    let all = Exchange::begin().await;
    let hers = all.sent(&all.mother, (MONDAY, 0), to("case_worker", "hers")).await;
    all.worker.post(&format!("/v1/children/{}/death", all.child), json!({"diedOn": MONDAY})).await.id();
    minute(&all.app, MONDAY, 5);
    for (by, body) in [(&all.worker, to("family", "x")), (&all.worker, reply(&hers, "x")), (&all.school, to("family", "x"))] {
        assert_eq!(by.post(&all.path, body).await.problem(409)["reason"], "child_died");
    }
    all.sent(&all.mother, (MONDAY, 6), to("case_worker", "Please stop the letters.")).await;
    assert_eq!(all.read(&all.worker).await, ["hers", "Please stop the letters."]);
    // What took place can still be written down.
    let contact = json!({"means": "call", "direction": "incoming", "with": [{"relationship": all.mothers}], "said": "She rang."});
    all.worker.post(&all.path.replace("messages", "contacts"), contact).await.id();
}

#[actix_web::test]
async fn reply_times_are_counted_by_case_worker_and_by_team() {
    let all = Exchange::begin().await;
    // Answered after 0, 1 and 3 working days; one put aside; two wait, of which one for more than five working days.
    for (sent, answered) in [("2026-02-02", "2026-02-02"), ("2026-02-03", "2026-02-04"), ("2026-02-05", "2026-02-10")] {
        let message = all.sent(&all.mother, (sent, 0), to("case_worker", sent)).await;
        all.sent(&all.worker, (answered, 60), reply(&message, "answer")).await;
    }
    let thanks = all.sent(&all.mother, ("2026-02-11", 0), to("case_worker", "Thanks.")).await;
    all.worker.post(&format!("{}/{thanks}/closing", all.path), json!({"why": "needs_no_reply"})).await.id();
    all.sent(&all.father, ("2026-02-12", 0), to("case_worker", "waits")).await;
    all.sent(&all.school, ("2026-02-19", 0), to("case_worker", "waits a little")).await;
    all.sent(&all.school, ("2026-02-19", 5), to("family", "not the authority's")).await;
    let manager = all.app.client(Role::Manager);
    all.app.on("2026-02-19");
    let line = |list: Value| {
        assert_eq!(list["data"].as_array().unwrap().len(), 1, "{list}");
        list["data"][0].clone()
    };
    let told = line(manager.get("/v1/statistics/messages").await.ok());
    assert_eq!((&told["of"], &told["name"]), (&json!(staff_id(Role::CaseWorker, 311)), &json!("case_worker")));
    assert_eq!((&told["received"], &told["answered"], &told["putAside"]), (&json!(6), &json!(3), &json!(1)));
    assert_eq!(
        (&told["unanswered"], &told["unansweredOlder"]),
        (&json!(2), &json!(0)),
        "the fifth working day is not more than five"
    );
    assert_eq!((&told["medianWorkingDays"], &told["medianHours"]), (&json!(1.0), &json!(25.0)));
    all.app.on("2026-02-20");
    assert_eq!(line(manager.get("/v1/statistics/messages").await.ok())["unansweredOlder"], 1, "the sixth is");
    assert_eq!(line(manager.get("/v1/statistics/messages?olderThan=6").await.ok())["unansweredOlder"], 0);
    let by_team = line(manager.get("/v1/statistics/messages?by=team&from=2026-02-05&to=2026-02-05").await.ok());
    assert_eq!((&by_team["of"], &by_team["received"]), (&Value::Null, &json!(1)), "the case worker is in no team");
    all.worker.get("/v1/statistics/messages").await.problem(403);
}
