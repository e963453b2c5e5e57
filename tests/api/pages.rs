//! Can people read the law? The register's page and its calculator, as a browser without scripts gets them.

use std::collections::BTreeSet;

use actix_web::http::Method;
use ehc_casework::law::{self, ExceptionView, RuleView, counting};

use crate::support::{Element, Html, Reply, TestApp};

/// Every page as it is first met, and the calculator's with an answer, with errors and with a further row.
const PAGES: [&str; 6] = ["/law", "/law/calculator", FIFTH_OF_JANUARY, WRONG, A_FURTHER_ROW, NOTHING_FOLLOWS];
const FIFTH_OF_JANUARY: &str = "/law/calculator?fact1=request_received&on1=5+January+2026&today=2026-02-20";
const WRONG: &str = "/law/calculator?fact1=request_received&on1=30%2F2%2F2026&fact2=plan_decision_notified&on2=2+1+2026&today=x";
const A_FURTHER_ROW: &str = "/law/calculator?fact1=order_made&on1=5+1+2026&add=row";
const NOTHING_FOLLOWS: &str = "/law/calculator?fact1=child_born&on1=1+9+2015";

async fn read(app: &TestApp, path: &str) -> Html {
    page(&app.anonymous().get(path).await)
}

#[track_caller]
fn page(reply: &Reply) -> Html {
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, Some("text/html; charset=utf-8")));
    Html::read(&reply.text).unwrap_or_else(|fault| panic!("{fault}"))
}

fn has_class(element: &Element, class: &str) -> bool {
    element.get("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
}

#[actix_web::test]
async fn every_limit_stands_on_the_page_with_all_that_is_known_of_it() {
    let html = read(&TestApp::start().await, "/law").await;
    let limits: Vec<_> = html.all("article").collect();
    let rules: Vec<_> = law::rules().map(RuleView::from).collect();
    assert_eq!(limits.len(), rules.len());
    let links: BTreeSet<_> = html.links().into_iter().collect();
    for (limit, rule) in limits.iter().zip(&rules) {
        assert!(limit.get("aria-labelledby").unwrap().starts_with(rule.id), "{}", rule.id);
        for told in [rule.id, &rule.note, &rule.citation.text, &rule.in_force_from.format("%-d %B %Y").to_string()] {
            assert!(limit.text.contains(told), "{} does not tell: {told}", rule.id);
        }
        let duty: String = rule.duty.chars().skip(1).collect();
        assert!(limit.text.contains(&duty), "{}", rule.id);
        if let Some(to) = rule.in_force_to {
            assert!(limit.text.contains(&to.format("to %-d %B %Y").to_string()), "{}", rule.id);
        }
        assert!(rule.length.is_none_or(|n| n == 0 || limit.text.contains(&format!("{n} "))), "{}", rule.id);
        for fact in rule.starts_from.iter().chain(&rule.met_by) {
            assert!(limit.text.contains(&fact.fact.words()[1..]), "{} {:?}", rule.id, fact.fact);
        }
        assert!(rule.exceptions.iter().all(|paragraph| limit.text.contains(paragraph)), "{}", rule.id);
        assert_eq!(rule.exceptions.is_empty(), limit.text.contains("Excused byNothing"), "{}", rule.id);
        assert!(limit.text.contains(&rule.actor.words()[1..]), "{}", rule.id);
        assert!(links.contains(&*rule.citation.url), "{}", rule.citation.url);
    }
}

#[actix_web::test]
async fn what_was_not_verified_is_marked_in_words_and_nothing_else_is() {
    let html = read(&TestApp::start().await, "/law").await;
    let rules: Vec<bool> = law::rules().map(|rule| RuleView::from(rule).verified).collect();
    assert!(rules.contains(&true) && rules.contains(&false));
    for (limit, verified) in html.all("article").zip(rules) {
        assert_eq!(limit.text.contains("Not verified"), !verified, "{}", limit.text);
        assert_eq!(limit.text.contains("VerifiedYes"), verified, "{}", limit.text);
    }
    for exception in law::exceptions().map(ExceptionView::from) {
        assert_eq!(html.id(exception.paragraph).text.contains("Not verified"), !exception.verified, "{}", exception.paragraph);
    }
}

#[actix_web::test]
async fn every_exception_and_every_way_of_counting_stands_on_the_page_with_its_authority() {
    let html = read(&TestApp::start().await, "/law").await;
    let links: BTreeSet<_> = html.links().into_iter().collect();
    for exception in law::exceptions().map(ExceptionView::from) {
        let row = html.id(exception.paragraph);
        assert!(exception.excuses.iter().all(|rule| row.text.contains(rule)), "{}", exception.paragraph);
        assert!(row.text.contains(&*exception.citation.text) && row.text.contains(&exception.note), "{}", exception.paragraph);
        assert!(links.contains(&*exception.citation.url), "{}", exception.citation.url);
    }
    for way in counting::WAYS {
        assert!(html.id(way.id).text.contains(&*way.cite().text), "{}", way.id);
        assert!(links.contains(&*way.cite().url), "{}", way.id);
    }
    assert!(html.all("footer").any(|foot| foot.text.contains(law::REGISTER_VERSION)));
}

#[actix_web::test]
async fn every_page_can_be_found_ones_way_in() {
    let app = TestApp::start().await;
    for path in PAGES {
        let html = read(&app, path).await;
        assert_eq!(html.all("html").next().unwrap().get("lang"), Some("en-GB"));
        assert!(html.all("title").any(|title| title.text.len() > "EHC Casework".len()), "{path}");
        let first = html.all("a").next().unwrap();
        assert_eq!(
            (first.get("href"), html.id("content").name.as_str()),
            (Some("#content"), "main"),
            "{path}: no way past the navigation"
        );
        let levels: Vec<u32> =
            html.0.iter().filter_map(|e| e.name.strip_prefix('h').and_then(|level| level.parse().ok())).collect();
        assert_eq!((levels.first(), levels.iter().filter(|level| **level == 1).count()), (Some(&1), 1), "{path}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: a heading skips a level: {levels:?}");
        let captions = html.all("caption").filter(|caption| caption.within.last().is_some_and(|name| name == "table"));
        assert_eq!(html.all("table").count(), captions.count(), "{path}");
        assert!(html.all("th").all(|head| matches!(head.get("scope"), Some("col" | "row"))), "{path}");
    }
}

#[actix_web::test]
async fn every_id_is_there_once_and_whatever_points_at_one_finds_it() {
    let app = TestApp::start().await;
    for path in PAGES {
        let html = read(&app, path).await;
        let all: Vec<_> = html.0.iter().filter_map(|element| element.get("id")).collect();
        let ids: BTreeSet<_> = all.iter().copied().collect();
        assert_eq!(ids.len(), all.len(), "{path}");
        let within = html.links().into_iter().filter_map(|link| link.strip_prefix('#'));
        let described = html.0.iter().flat_map(|e| [e.get("for"), e.get("aria-labelledby"), e.get("aria-describedby")]).flatten();
        for id in within.chain(described.flat_map(|ids| ids.split(' '))) {
            assert!(ids.contains(id), "{path}: nothing is called {id}");
        }
        let labelled: BTreeSet<_> = html.all("label").filter_map(|label| label.get("for")).collect();
        for control in html.all("input").chain(html.all("select")) {
            assert!(control.get("id").is_some_and(|id| labelled.contains(id)), "{path}: {control:?} has no label");
        }
    }
    let register = read(&app, "/law").await;
    let ids: BTreeSet<_> = register.0.iter().filter_map(|element| element.get("id")).collect();
    let answered = read(&app, FIFTH_OF_JANUARY).await;
    let to_the_register: Vec<_> = answered.links().into_iter().filter_map(|link| link.strip_prefix("/law#")).collect();
    assert!(!to_the_register.is_empty() && to_the_register.iter().all(|id| ids.contains(id)), "{to_the_register:?}");
}

#[actix_web::test]
async fn no_page_holds_a_script_or_a_style_and_the_policy_allows_none() {
    let app = TestApp::start().await;
    for path in PAGES {
        let reply = app.anonymous().get(path).await;
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; form-action 'self'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"), "{policy}");
        assert!(reply.header("cache-control").unwrap().starts_with("public, max-age="));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        let html = page(&reply);
        for element in &html.0 {
            assert!(!["script", "style", "iframe"].contains(&element.name.as_str()), "{path}: {element:?}");
            assert!(!element.attributes.keys().any(|name| name.starts_with("on") || name == "style"), "{path}: {element:?}");
        }
        let sheet = html.all("link").next().unwrap().get("href").unwrap().to_owned();
        let sheet = app.anonymous().get(&sheet).await;
        assert_eq!((sheet.status.as_u16(), sheet.header("content-type")), (200, Some("text/css; charset=utf-8")));
        assert!(sheet.text.contains("@media print") && sheet.text.contains(":focus-visible"));
    }
}

#[actix_web::test]
async fn a_page_answers_other_methods_with_those_it_takes() {
    let app = TestApp::start().await;
    for path in ["/law", "/law/calculator", "/pages.css"] {
        for method in [Method::POST, Method::DELETE] {
            let reply = app.call(app.anonymous().request(method, path)).await;
            assert_eq!(reply.header("allow"), Some("GET"), "{path}");
            assert_eq!(reply.problem(405)["code"], "method_not_allowed", "{path}");
        }
    }
    app.anonymous().get("/law/none").await.problem(404);
}

#[actix_web::test]
async fn twenty_weeks_from_5_january_2026_end_on_a_bank_holiday_that_does_not_move_them() {
    let html = read(&TestApp::start().await, FIFTH_OF_JANUARY).await;
    let plan = html.all("article").find(|deadline| deadline.text.starts_with("Send the final plan")).unwrap();
    for told in [
        "By Monday 25 May 2026",
        "Still time",
        "Monday 5 January 2026 plus 20 weeks is Monday 25 May 2026; the bank holiday does not move it.",
        "SEND Regulations 2014, reg. 13(2)",
        "Others read it so: Sunday 24 May 2026",
    ] {
        assert!(plan.text.contains(told), "{told}: {}", plan.text);
    }
    let decision = html.all("article").find(|deadline| deadline.text.starts_with("Decide whether to assess")).unwrap();
    assert!(decision.text.contains("Overdue"), "judged from 20 February, after 16 February: {}", decision.text);
    assert_eq!(html.id("on1").get("value"), Some("5 January 2026"), "what was typed stays");
}

#[actix_web::test]
async fn without_a_day_to_judge_from_it_is_today_in_london() {
    let app = TestApp::start().await;
    let path = "/law/calculator?fact1=request_received&on1=5+1+2026";
    let decided_in_time = |html: Html| html.all("article").next().unwrap().text.clone();
    app.on("2026-02-16");
    assert!(decided_in_time(read(&app, path).await).contains("Still time"));
    app.on("2026-02-17");
    assert!(decided_in_time(read(&app, path).await).contains("Overdue"));
}

#[actix_web::test]
async fn what_is_wrong_is_told_at_the_top_and_beside_the_field_which_keeps_what_was_typed() {
    let html = read(&TestApp::start().await, WRONG).await;
    assert!(html.all("title").next().unwrap().text.starts_with("Error"));
    let summary = html.id("answer");
    assert_eq!((summary.get("role"), html.all("article").count()), (Some("alert"), 0));
    let told = [
        ("on1", "30/2/2026", "Fact 1, day: This is no day of the calendar."),
        ("outcome2", "", "Fact 2, decision: Say this too: the fact is not complete without it."),
        ("today", "x", "Day to judge from: This is no day of the calendar."),
    ];
    for (input, typed, words) in told {
        assert!(summary.text.contains(words), "{}", summary.text);
        assert!(html.links().contains(&format!("#{input}").as_str()), "the summary leads to {input}");
        let control = html.id(input);
        assert_eq!((control.get("aria-invalid"), control.get("value").unwrap_or_default()), (Some("true"), typed));
        assert!(control.get("aria-describedby").unwrap().contains(&format!("{input}-wrong")));
        assert!(html.id(&format!("{input}-wrong")).text.contains(words.split_once(": ").unwrap().1));
    }
    let chosen: Vec<_> =
        html.all("option").filter(|option| option.get("selected").is_some()).filter_map(|o| o.get("value")).collect();
    assert_eq!(chosen, ["request_received", "plan_decision_notified"]);
    assert_eq!((html.id("on2").get("value"), html.id("on2").get("aria-invalid")), (Some("2 1 2026"), None));
}

#[actix_web::test]
async fn adding_a_row_keeps_the_others_and_asks_for_what_they_can_say() {
    let html = read(&TestApp::start().await, A_FURTHER_ROW).await;
    assert_eq!((html.id("on1").get("value"), html.id("on2").get("value")), (Some("5 1 2026"), Some("")));
    for asked in ["order1", "fixedDueOn1", "sentOn1", "about1", "fact2"] {
        html.id(asked);
    }
    assert_eq!(html.id("new").name, "fieldset");
    assert!(html.all("article").next().is_none() && !html.0.iter().any(|element| has_class(element, "fault")));
}

#[actix_web::test]
async fn every_kind_of_fact_and_every_exception_can_be_chosen() {
    let html = read(&TestApp::start().await, "/law/calculator?fact1=exception_claimed&on1=&add=row").await;
    let offered: BTreeSet<_> = html.all("option").filter_map(|option| option.get("value")).map(str::to_owned).collect();
    let kinds = law::FactKind::ALL.iter().map(|kind| kind.name());
    let paragraphs = law::exceptions().map(|exception| exception.paragraph.to_owned());
    let missing: Vec<_> = kinds.chain(paragraphs).filter(|name| !offered.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let words: BTreeSet<_> = html.all("option").filter(|o| o.get("value") != Some("")).map(|option| &option.text).collect();
    assert_eq!(words.len(), law::FactKind::ALL.len() + law::exceptions().count(), "two choices read the same");
}

#[actix_web::test]
async fn what_is_typed_is_never_markup() {
    let app = TestApp::start().await;
    let canary = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    for field in ["fact1", "on1", "about1", "outcome1", "paragraph1", "from1", "today", "canary"] {
        let path = format!("/law/calculator?fact2=request_received&on2=5+1+2026&{field}={canary}");
        let reply = app.anonymous().get(&path).await;
        assert!(!reply.text.contains("<script"), "{field}");
        page(&reply);
    }
    let labelled = read(&app, "/law/calculator?fact1=draft_plan_served&on1=5+1+2026&about1=%3Cb%3E%26").await;
    assert!(labelled.all("article").next().unwrap().text.contains("(<b>&)"));
}
