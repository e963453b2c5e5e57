//! What would a lawyer read? The record of a case as text: what happened and who recorded it, then each duty and how it stands.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::NaiveDate;
use serde_json::Value;

use super::teller::Story;

/// The case as its case worker sees it through the API, with the panel it went to.
pub async fn told(story: &Story, panel: Option<&str>) -> String {
    let case = story.case_worker.get(&story.case).await.ok();
    let timeline = story.case_worker.get(&format!("{}/timeline", story.case)).await.ok();
    let duties = story.case_worker.get(&format!("{}/deadlines", story.case)).await.ok();
    let entries = rows(&timeline["data"]);
    let givers = givers(entries);
    let mut happened: Vec<_> = entries.iter().map(|entry| line(entry, &givers)).collect();
    if let Some(path) = panel {
        happened.push(panel_line(&story.case_worker.get(path).await.ok()));
    }
    // Stable: what happened on one day stays in the order it was recorded, after what the panel said.
    happened.sort_by_key(|line| line.day);

    let mut text =
        format!("Case {}: {}\n\nWhat happened, and who recorded it\n", text(&case["reference"]), plain(&case["stage"]));
    for on_one_day in happened.chunk_by(|one, next| one.day == next.day) {
        let _ = writeln!(text, "\n{}", long(on_one_day[0].day));
        for Line { what, who, .. } in on_one_day {
            let _ = writeln!(text, "  {what} ({who})");
        }
    }
    text.push_str("\nWhat the law asked\n");
    let mut duties: Vec<_> = rows(&duties["deadlines"]).iter().map(|duty| (duty, about(duty, &givers))).collect();
    duties.sort_by_key(|(duty, about)| (day(&duty["dueOn"]), duty["rule"].to_string(), about.clone()));
    duties.iter().for_each(|(duty, about)| text.push_str(&duty_told(duty, about)));
    text
}

struct Line {
    day: NaiveDate,
    what: String,
    who: String,
}

/// Who gives each piece of advice, by the id of its request.
fn givers(entries: &[Value]) -> BTreeMap<String, String> {
    let asked = entries.iter().filter(|entry| entry["kind"] == "advice_requested");
    asked.map(|entry| (text(&entry["facts"]["advice"]), asked_body(&entry["facts"]["giver"]))).collect()
}

fn line(entry: &Value, givers: &BTreeMap<String, String>) -> Line {
    let facts = &entry["facts"];
    let giver = || givers.get(&text(&facts["advice"])).cloned().unwrap_or_default();
    let cited = if facts["item"].is_null() { "" } else { ", having had the panel's recommendation before them" };
    let what = match text(&entry["kind"]).as_str() {
        "request_received" => format!("{} asked for an assessment.", asker(&facts["by"])),
        "request_joined" => format!("{} asked for the same assessment.", asker(&facts["by"])),
        "request_withdrawn" => "A request was withdrawn.".into(),
        "case_allocated" => "The case was given to a case worker.".into(),
        "assessment_decided" => format!("An officer decided to {} an assessment{cited}.", secure(&facts["outcome"])),
        "assessment_decision_notified" => "The family was notified of the decision whether to assess.".into(),
        "advice_requested" => format!("Advice was asked of {}.", giver()),
        "advice_request_received" => format!("The request for advice was received by {}.", giver()),
        "advice_returned" if facts["answer"].is_null() => format!("Advice came back from {}.", giver()),
        "advice_returned" => format!("Instead of advice, the answer of {} was: {}.", giver(), plain(&facts["answer"])),
        "advice_delayed" => format!("The advice of {} was said to be late: {}.", giver(), plain(&facts["reason"])),
        "advice_allocated" => format!("The advice of {} was given to a psychologist: {}.", giver(), plain(&facts["employment"])),
        "advice_visited" => format!("The child was seen for the advice of {}.", giver()),
        "advice_signed_off" => format!("The advice of {} was signed off.", giver()),
        "exception_claimed" => format!(
            "The authority claimed the exception {}, from {} to {}.",
            text(&facts["paragraph"]),
            long(day(&facts["from"])),
            long(day(&facts["to"]))
        ),
        "exception_told" => "The family was told of the exception.".into(),
        "exception_withdrawn" => "The claim of the exception was withdrawn.".into(),
        "delay_told" => format!(
            "The family was told of a delay ({}), and what is late is expected by {}.",
            plain(&facts["reason"]),
            long(day(&facts["expectedBy"]))
        ),
        "mediation_held" => format!("A mediation meeting was held about the {}.", plain(&facts["about"])),
        "refusal_reversed" => format!("The {} was reversed by {}.", refusal(&facts["about"]), plain(&facts["by"])),
        "plan_decided" => format!("An officer decided that {}.", plan_or_none(&facts["outcome"])),
        "plan_decision_notified" => "The family was notified of the decision whether to make a plan.".into(),
        "draft_plan_served" if facts["namesPlacement"] == false => {
            format!("{} was served, its section I left blank.", draft(&facts["change"]))
        }
        "draft_plan_served" => "The draft plan was served, with its section I filled in.".into(),
        "representations_made" => format!("The family commented on the draft, sections {}.", list(&facts["sections"])),
        "representations_complete" => "The family said that it has nothing more to say on the draft.".into(),
        "setting_requested" => format!("The family asked for {}.", text(&facts["setting"])),
        "consultation_sent" => format!("{} was consulted.", text(&facts["setting"])),
        "consultation_received" => "A setting received its consultation.".into(),
        "consultation_answered" => format!("A setting answered: {}.", plain(&facts["answer"])),
        "officer_met" => "An officer met the family about the draft.".into(),
        "final_plan_sent" => format!("The final plan was sent, naming {}.", text(&facts["placement"]["setting"])),
        "review_meeting_planned" => format!("The review meeting was to be held on {}.", long(day(&facts["meetsOn"]))),
        "review_invitations_sent" => format!("Invitations to the review were sent to {}.", list(&facts["to"])),
        "review_papers_sent" => format!("The papers for the review were sent to {}.", list(&facts["to"])),
        "review_meeting_held" => "The review meeting was held.".into(),
        "review_report_sent" => "The report of the review meeting was sent.".into(),
        "review_decided" => format!("An officer decided, after the review, to {} the plan.", plain(&facts["outcome"])),
        "review_decision_notified" => "The family and the setting were notified of the decision after the review.".into(),
        other => panic!("the story has no words for {other}"),
    };
    let day = day(&entry["occurredOn"]);
    let recorded = day_of_instant(&entry["recordedAt"]);
    let later = if recorded == day { String::new() } else { format!(", recorded on {}", long(recorded)) };
    Line { day, what, who: format!("{}{later}", plain(&entry["capacity"])) }
}

fn panel_line(panel: &Value) -> Line {
    let item = &panel["items"][0];
    let what =
        format!("The {} recommended to {}: {}", text(&panel["panel"]), text(&item["recommendation"]), text(&item["reasons"]));
    Line { day: day(&item["recommendedOn"]), what, who: "the panel's own record".into() }
}

/// Whose advice a duty is about; nothing for the others.
fn about(duty: &Value, givers: &BTreeMap<String, String>) -> String {
    givers.get(&text(&duty["about"])).map(|giver| format!(": {giver}")).unwrap_or_default()
}

fn duty_told(duty: &Value, about: &str) -> String {
    let done = if duty["metOn"].is_null() { String::new() } else { format!(" on {}", long(day(&duty["metOn"]))) };
    format!(
        "\n{} · {}\n  {}: {}{about}\n  by {}\n  {}{done}\n",
        text(&duty["rule"]),
        text(&duty["citation"]["text"]),
        plain(&duty["actor"]),
        text(&duty["duty"]),
        long(day(&duty["dueOn"])),
        plain(&duty["state"]),
    )
}

fn secure(outcome: &Value) -> &'static str {
    if outcome == "assess" { "secure" } else { "refuse" }
}

fn asked_body(giver: &Value) -> String {
    match giver.as_str() {
        Some("family") => "the family".into(),
        Some("education") => "the school".into(),
        Some("psychology") => "the educational psychologist".into(),
        _ => plain(giver),
    }
}

fn draft(change: &Value) -> &'static str {
    match change.as_str() {
        Some("by_authority") => "A draft plan that the authority changed",
        Some("asked_by_family") => "A draft plan with the changes the family asked for",
        _ => "The draft plan",
    }
}

fn list(value: &Value) -> String {
    rows(value).iter().map(text).collect::<Vec<_>>().join(", ")
}

fn refusal(about: &Value) -> &'static str {
    if about == "no_plan" { "decision to make no plan" } else { "refusal to assess" }
}

fn asker(by: &Value) -> &'static str {
    match by.as_str() {
        Some("school") => "The child's school",
        Some("parent") => "The child's parent",
        other => panic!("the story has no words for {other:?}"),
    }
}

fn plan_or_none(outcome: &Value) -> &'static str {
    if outcome == "issue" { "a plan will be made" } else { "no plan will be made" }
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A name of the API as words.
fn plain(value: &Value) -> String {
    text(value).replace('_', " ")
}

fn day(value: &Value) -> NaiveDate {
    text(value).parse().unwrap()
}

fn day_of_instant(value: &Value) -> NaiveDate {
    text(value)[..10].parse().unwrap()
}

fn long(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}
