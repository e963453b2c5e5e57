//! One Havering case with everything in it, and everybody who may or may not know of it.

use ehc_casework::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, PDF, TestApp, staff_id, subject};

/// A given name that no other child has.
pub const GIVEN_NAME: &str = "Zenobia";

/// Ids, each of which fills the segment of a path that has its name: `case` fills `caseId`.
macro_rules! ids {
    ($($id:ident),+ $(,)?) => {
        /// The ids that a path or a body can name.
        #[derive(Clone)]
        pub struct Ids {
            $(pub $id: String,)+
        }

        impl Ids {
            /// Ids of nothing.
            pub fn of_nothing() -> Self {
                Self { $($id: Uuid::new_v4().to_string(),)+ }
            }

            /// All of them.
            pub fn all(&self) -> Vec<&str> {
                vec![$(&self.$id,)+]
            }

            fn named(&self, parameter: &str) -> Option<&str> {
                $(if parameter == concat!(stringify!($id), "Id") {
                    return Some(&self.$id);
                })+
                None
            }
        }
    };
}

ids! {
    case, child, event, advice, draft, consultation, plan, review, panel, item, relationship, referral, exception, form, notice, format,
    document, paper,
    cover,
    contact, message, reminder, letter,
    placement,
    amendment, version, appeal,
    request,
    provision, shortfall,
    transport, payments,
}

impl Ids {
    /// What fills a segment of a path.
    pub fn in_path(&self, parameter: &str) -> &str {
        match parameter {
            "caseNotice" => "final_plan",
            "planNotice" => "cease",
            "wordingKind" => "closing",
            // Known to nobody: the directory names no child, so that nobody is kept from what it holds.
            "settingId" => "urn:900099",
            other => self.named(other).unwrap_or_else(|| panic!("say here which id of the case fills {other}")),
        }
    }

    /// An example of the contract, speaking of these instead of the contract's own case.
    pub fn in_body(&self, example: &Value) -> Value {
        let staff = staff_id(Role::CaseWorker, 311).to_string();
        let known =
            [&staff, &self.case, &self.event, &self.child, &self.advice, &self.plan, &self.review, &self.panel, &self.item];
        let text = known.iter().enumerate().fold(example.to_string(), |text, (index, id)| {
            text.replace(&format!("0190b0a0-0000-7000-8000-{:012x}", index + 1), id)
        });
        let text = text.replace("0190b0a0-0000-7000-8000-0000000000b1", &self.relationship);
        let text = text.replace("0190b0a0-0000-7000-8000-0000000000a2", &self.amendment);
        let text = text.replace("0190b0a0-0000-7000-8000-0000000000d1", &self.draft);
        serde_json::from_str(&text.replace("0190b0a0-0000-7000-8000-0000000000d2", &self.consultation)).unwrap()
    }
}

/// The case, and who is near it.
pub struct Everything {
    pub app: TestApp,
    pub ids: Ids,
}

impl Everything {
    /// A request by the family of a pupil of 900001, a panel, advice still awaited, a plan sent a day too early, and a review not yet decided; it is 20 March 2027.
    pub async fn in_havering(app: &TestApp) -> Self {
        let (worker, officer, family) =
            (insider(app, Role::CaseWorker), insider(app, Role::DecisionMaker), insider(app, Role::Family));
        app.on("2026-01-05");
        let child = json!({"givenName": GIVEN_NAME, "familyName": "Example", "bornOn": "2017-03-14"});
        let request =
            json!({"child": child, "requestedBy": "parent", "setting": "urn:900001", "reasons": "Words of the family."});
        let case = family.post("/v1/requests", request).await.id();
        let at = format!("/v1/cases/{case}");
        let child = worker.get(&at).await.ok()["child"].as_str().unwrap().to_owned();
        let event = worker.get(&format!("{at}/timeline")).await.ok()["data"][0]["id"].as_str().unwrap().to_owned();

        let body = json!({
            "kind": "parent", "livesWith": true, "account": subject("family"),
            "contact": {"name": "Words of the contact", "address": ["1 Example Road"]}
        });
        let relationship = worker.post(&format!("/v1/children/{child}/relationships"), body).await.id();

        app.on("2026-02-10");
        let members = [json!({"member": subject("panel_member"), "agency": "health"})];
        let panel = json!({"panel": "EHC panel", "meetsOn": "2026-02-10", "members": members});
        let panel = worker.post("/v1/panels", panel).await.id();
        let item = worker
            .post(&format!("/v1/panels/{panel}/items"), json!({"case": case, "why": ["complex"], "question": "assess"}))
            .await
            .id();
        let says = json!({"role": "other", "visibility": "shared", "description": "Words of the description."});
        let document = worker.upload(&format!("{at}/documents"), &says, "Words of the file.pdf", PDF).await.id();
        let filed = worker.get(&format!("{at}/documents/{document}")).await.ok();
        let paper = filed["versions"][0]["entry"].as_str().unwrap().to_owned();
        worker.post(&format!("/v1/panels/{panel}/items/{item}/papers"), json!({"entries": [&paper]})).await.id();
        let limbs = ["has_or_may_have_needs", "may_need_plan"];
        let body = json!({"recommendation": "assess", "reasons": "Words of the panel.", "met": limbs});
        worker.post(&format!("/v1/panels/{panel}/items/{item}/recommendation"), body).await.id();
        let body =
            json!({"outcome": "assess", "reasons": "Words of the officer.", "notifiedOn": "2026-02-10", "panelItem": item});
        officer.change(&case, "assessment-decision", body).await.id();
        let body = json!({"giver": "psychology", "organisation": "local:ep-service", "receivedOn": "2026-02-10"});
        let advice = worker.post(&format!("{at}/advice-requests"), body).await.id();

        let body = json!({
            "service": "neurodevelopmental", "organisation": "local:ep-service", "words": "Words of the referral."
        });
        let referral = worker.post(&format!("/v1/children/{child}/referrals"), body).await.id();
        worker.post(&format!("{at}/advice-requests/{advice}/chasers"), json!({"means": "email"})).await.id();

        let body = json!({"giver": "health", "organisation": "ods:RF4", "receivedOn": "2026-02-10"});
        let returned = worker.post(&format!("{at}/advice-requests"), body).await.id();

        app.on("2026-04-20");
        let body = json!({"returnedOn": "2026-04-20", "words": "Words of the advice."});
        worker.post(&format!("{at}/advice-requests/{returned}/progress"), body).await.id();
        let body = json!({
            "judgement": "not_sufficient", "unmet": ["specific"], "sentBack": true, "reasons": "Words of the judgement."
        });
        worker.post(&format!("{at}/advice-requests/{returned}/judgements"), body).await.id();
        let body = json!({"paragraph": "X13.3c", "from": "2026-03-02", "to": "2026-03-06", "evidence": "Words of the evidence."});
        let exception = worker.post(&format!("{at}/exceptions"), body).await.id();
        let body = json!({"outcome": "issue", "reasons": "Words of the officer.", "notifiedOn": "2026-04-20"});
        officer.change(&case, "plan-decision", body).await.id();
        let draft = worker.change(&case, "draft-plans", json!({"sections": {"b": "Words of the draft."}})).await.id();
        let consulted = json!({"settings": [{"setting": "urn:900001"}]});
        let consultation = worker.post(&format!("{at}/consultations"), consulted).await.id();
        app.on("2026-05-04");
        let body = json!({
            "placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Words of the plan."},
            "acknowledge": [{"concern": "final_plan_before_response_time", "reason": "Words of the recorder."}]
        });
        let plan = worker.change(&case, "final-plan", body).await.id();
        let body = json!({
            "recipients": [{"recipient": "family", "relationship": relationship, "means": "post"}], "sentElsewhere": true,
            "words": "Words of the notice."
        });
        let notice = worker.change(&case, "notices/final_plan/sending", body).await.id();
        let body = json!({"format": "easy_read", "relationship": relationship, "words": "Words of the format."});
        let format = worker.post(&format!("{at}/sent-notices/{notice}/formats"), body).await.id();
        app.on("2027-03-20");
        let form = json!({"child": {"givenName": GIVEN_NAME, "familyName": "Example"}, "reasons": "Words of the school."});
        let body = json!({"whose": "parent", "words": "Words of the parent."});
        family.post(&format!("{at}/views"), body).await.id();
        let placed = json!({"child": child, "setting": "urn:900001", "from": "2026-09-01", "words": "Words of the placement."});
        let placement = worker.post("/v1/placements", placed).await.id();
        let moves = json!({"due": [{"plan": plan, "kind": "primary_to_secondary", "transferOn": "2028-09-01"}]});
        worker.post("/v1/phase-transfers/confirmations", moves).await.ok();
        let body = json!({"means": "shared_vehicle", "yearlyCost": 7200, "words": "Words of the transport."});
        let transport = worker.post(&format!("/v1/children/{child}/transport"), body).await.id();
        let flag = json!({"flag": "youth_justice", "on": "2026-09-01", "words": "Words of the flag."});
        worker.post(&format!("/v1/children/{child}/flags"), flag).await.id();
        let body = json!({"yearlyAmount": 5200, "words": "Words of the payments."});
        let payments = worker.post(&format!("/v1/plans/{plan}/direct-payments"), body).await.id();
        let form = insider(app, Role::School).post("/v1/request-forms", form).await.id();
        let lent = json!({"coveredBy": staff_id(Role::Manager, 311), "from": "2027-03-20", "to": "2027-04-02"});
        let cover = worker.post("/v1/covers", lent).await.id();
        let terms = json!({"terms": [{"from": "2027-04-12", "to": "2027-07-21", "name": "Summer 2027"}]});
        app.call(worker.request("PUT".parse().unwrap(), "/v1/terms").set_json(terms)).await.ok();
        let review = worker.post(&format!("/v1/plans/{plan}/reviews"), json!({"meetingOn": "2027-03-01"})).await.id();
        worker.get(&format!("/v1/plans/{plan}")).await.ok();
        let body = json!({"review": review, "reasons": "Words of the proposal.", "changes": {"b": "Words of the amendment."}});
        let amendment = worker.post(&format!("/v1/plans/{plan}/amendments"), body).await.id();
        let body = json!({"kind": "tuition", "words": "Words of the provision.", "from": "2026-09-01"});
        let provision = worker.post(&format!("/v1/plans/{plan}/provision"), body).await.id();
        let body = json!({"from": "2026-09-01", "to": "2026-09-30", "why": "vacancy", "words": "Words of the shortfall."});
        let shortfall = worker.post(&format!("/v1/plans/{plan}/provision/{provision}/shortfalls"), body).await.id();
        let body = json!({"case": case, "about": "contents", "registeredOn": "2026-06-01"});
        let appeal = worker.post("/v1/appeals", body).await.id();
        let versions = worker.get(&format!("/v1/plans/{plan}/versions")).await.ok();
        let version = versions["data"][0]["id"].as_str().unwrap().to_owned();
        let asked = json!({"reasons": "Words of the family.", "on": "2027-03-20"});
        let request = family.post(&format!("/v1/plans/{plan}/review-requests"), asked).await.id();
        let body = json!({
            "means": "call", "direction": "outgoing", "with": [{"relationship": relationship}], "said": "Words of the call.",
            "agreed": [{"what": "Words of the agreement.", "who": {"relationship": relationship}, "by": "2027-04-01"}]
        });
        let contact = worker.post(&format!("{at}/contacts"), body).await.id();
        let body =
            json!({"to": [{"party": "case_worker"}], "subject": "Words of the subject.", "words": "Words of the message."});
        let message = family.post(&format!("{at}/messages"), body).await.id();
        app.call(worker.request("PUT".parse().unwrap(), &format!("{at}/messages/{message}/read")).set_json(json!({}))).await.ok();
        let body = json!({"case": case, "on": "2027-04-01", "words": "Words of the reminder."});
        let reminder = worker.post("/v1/reminders", body).await.id();
        let body = json!({
            "reason": "panel_awaited", "why": "Words of the delay.", "awaited": "Words of what is awaited.", "expectedBy": "2027-04-20"
        });
        let letter = worker.post(&format!("{at}/delay-letters"), body).await.id();
        let ids = Ids {
            case,
            child,
            event,
            advice,
            draft,
            consultation,
            plan,
            review,
            panel,
            item,
            relationship,
            referral,
            exception,
            form,
            notice,
            format,
            document,
            paper,
            cover,
            contact,
            message,
            reminder,
            letter,
            placement,
            amendment,
            version,
            appeal,
            request,
            provision,
            shortfall,
            transport,
            payments,
        };
        Self { app: app.clone(), ids }
    }

    /// The version of the child's file, as `If-Match` takes it.
    pub async fn etag(&self) -> String {
        let case = insider(&self.app, Role::CaseWorker).get(&format!("/v1/cases/{}", self.ids.case)).await.ok();
        format!("\"v{}\"", case["version"])
    }
}

/// Havering's staff, the child's own school and family, the advice giver who was asked, the panel's member.
pub fn insider(app: &TestApp, role: Role) -> Client {
    of_authority(app, role, "311")
}

/// The same person with the same organisation, in Haringey.
pub fn of_haringey(app: &TestApp, role: Role) -> Client {
    of_authority(app, role, "309")
}

fn of_authority(app: &TestApp, role: Role, authority: &str) -> Client {
    let organisation = match role {
        Role::School => Some("urn:900001"),
        Role::AdviceGiver => Some("local:ep-service"),
        _ => None,
    };
    app.client_of(role, authority, organisation, role.as_str())
}

/// Another school, another family, an advice giver who was not asked, a member of another panel: all of Havering.
pub fn outsiders(app: &TestApp) -> [(Role, Client); 4] {
    [
        (Role::School, app.school("900002")),
        (Role::AdviceGiver, app.client_of(Role::AdviceGiver, "311", Some("local:other"), "advice_giver")),
        (Role::Family, app.client_of(Role::Family, "311", None, "stranger")),
        (Role::PanelMember, app.client_of(Role::PanelMember, "311", None, "stranger")),
    ]
}
