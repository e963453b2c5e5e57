//! Which words does a notice use for what the law asks it to say? Ours, plain, and the same for every authority.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{NoticeItem, NoticeKind};
use crate::law::Matter;
use crate::record::decision::WayForward;
use crate::record::plan_text::paragraphs;

pub(super) const fn title(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::RefusalToAssess => "Our decision not to carry out an EHC needs assessment",
        NoticeKind::NoPlan => "Our decision not to make an EHC plan",
        NoticeKind::DraftPlan => "The draft EHC plan, for you to answer",
        NoticeKind::FinalPlan => "The final EHC plan",
        NoticeKind::Amendment | NoticeKind::AmendmentWithoutReview => "Our proposal to amend the EHC plan",
        NoticeKind::AmendedPlan => "The amended EHC plan",
        NoticeKind::AmendmentDeclined => "Our decision not to amend the EHC plan",
        NoticeKind::Maintain => "Our decision to keep the EHC plan as it is",
        NoticeKind::Cease => "Our decision to end the EHC plan",
    }
}

pub(super) const fn heading(item: NoticeItem) -> &'static str {
    match item {
        NoticeItem::Decision => "Our decision",
        NoticeItem::Reasons => "Why we decided this",
        NoticeItem::WayForward => "What can happen next",
        NoticeItem::Plan => "The plan",
        NoticeItem::ProposedAmendments => "What we propose to change",
        NoticeItem::Representations => "What you can tell us and ask for",
        NoticeItem::ResponseTime => "How long you have to answer",
        NoticeItem::PlacementInformation => "Finding out about schools and colleges",
        NoticeItem::RightOfAppeal => "Your right to appeal",
        NoticeItem::AppealTimeLimit => "How long you have to appeal",
        NoticeItem::TribunalRecommendations => "Health and social care",
        NoticeItem::Mediation => "Mediation",
        NoticeItem::MediationAdviser => "The mediation adviser",
        NoticeItem::AuthorityContact => "If you want mediation, tell us",
        NoticeItem::DisagreementResolution => "Help to resolve a disagreement",
        NoticeItem::InformationAdviceSupport => "Information, advice and support",
    }
}

/// The paragraph of s. 51(2) that gives the right to appeal.
pub(super) const fn appeal_paragraph(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::RefusalToAssess => "51(2)(a)",
        NoticeKind::NoPlan => "51(2)(b)",
        NoticeKind::FinalPlan | NoticeKind::AmendedPlan => "51(2)(c)",
        NoticeKind::AmendmentDeclined | NoticeKind::Maintain => "51(2)(e)",
        NoticeKind::Cease => "51(2)(f)",
        NoticeKind::DraftPlan | NoticeKind::Amendment | NoticeKind::AmendmentWithoutReview => "51(2)",
    }
}

pub(super) fn decision(kind: NoticeKind, name: &str, on: Option<NaiveDate>) -> Vec<String> {
    let when = on.map(|day| format!("On {} we", day.format("%-d %B %Y"))).unwrap_or_else(|| "We".into());
    let what = match kind {
        NoticeKind::RefusalToAssess => {
            format!("decided not to carry out an education, health and care (EHC) needs assessment for {name}.")
        }
        NoticeKind::NoPlan => {
            format!("decided, after the assessment, not to make an education, health and care (EHC) plan for {name}.")
        }
        NoticeKind::Amendment => {
            format!("decided, after the review, to amend the education, health and care (EHC) plan for {name}.")
        }
        NoticeKind::AmendmentDeclined => {
            format!("had proposed to amend the education, health and care (EHC) plan for {name}, and do not amend it.")
        }
        NoticeKind::Maintain => {
            format!("decided, after the review, to keep the education, health and care (EHC) plan for {name} as it is.")
        }
        NoticeKind::Cease => format!("decided to end the education, health and care (EHC) plan for {name}."),
        NoticeKind::DraftPlan | NoticeKind::FinalPlan | NoticeKind::AmendmentWithoutReview | NoticeKind::AmendedPlan => {
            return Vec::new();
        }
    };
    vec![format!("{when} {what}")]
}

pub(super) fn plan(kind: NoticeKind, name: &str, placement: Option<&str>) -> Vec<String> {
    if kind == NoticeKind::DraftPlan {
        return vec![
            format!("With this letter comes the draft of the education, health and care (EHC) plan for {name}. It is not final."),
            "Its section I is left blank, because we first ask you which school, college or other setting you would like.".into(),
        ];
    }
    let named = match placement {
        Some(placement) => format!("Section I names {placement}."),
        None => "Section I names no school or college.".into(),
    };
    if kind == NoticeKind::AmendedPlan {
        return vec![
            format!("With this letter comes the amended education, health and care (EHC) plan for {name}. {named}"),
            "It takes the place of the plan before it. We must see to it that the special educational provision in section F is made."
                .into(),
        ];
    }
    vec![
        format!("With this letter comes the final education, health and care (EHC) plan for {name}. {named}"),
        "We must see to it that the special educational provision in section F is made. We review the plan within twelve months."
            .into(),
    ]
}

pub(super) fn representations(kind: NoticeKind, name: &str) -> Vec<String> {
    let about = if kind == NoticeKind::DraftPlan { "the draft plan" } else { "the changes we propose" };
    vec![
        format!("You can tell us what you think of {about}: what is wrong, what is missing, what should be said otherwise."),
        format!("You can ask us to name a particular school, college or other setting for {name} in the final plan."),
        "You can ask to meet one of our officers to talk about it, and we must then agree to meet.".into(),
    ]
}

/// What each section would say.
pub(super) fn proposed(sections: &BTreeMap<String, String>) -> Vec<String> {
    let told = |(letter, text): (&String, &String)| match paragraphs(text) {
        texts if texts.is_empty() => vec![format!("Section {letter} would be left empty.")],
        texts => std::iter::once(format!("Section {letter} would say:")).chain(texts).collect(),
    };
    sections.iter().flat_map(told).collect()
}

pub(super) fn response_time() -> Vec<String> {
    vec!["You have at least fifteen days, counted from the day this was served on you; that day is the first of them.".into()]
}

pub(super) fn right_of_appeal(kind: NoticeKind, name: &str) -> Vec<String> {
    let mut all = vec![match kind {
        NoticeKind::RefusalToAssess => format!("You can appeal to the SEND Tribunal against our decision not to assess {name}."),
        NoticeKind::NoPlan => format!("You can appeal to the SEND Tribunal against our decision not to make a plan for {name}."),
        NoticeKind::Cease => format!("You can appeal to the SEND Tribunal against our decision to end the plan for {name}."),
        NoticeKind::AmendmentDeclined | NoticeKind::Maintain => {
            format!("You can appeal to the SEND Tribunal against our decision not to amend the plan for {name}.")
        }
        _ => "You can appeal to the SEND Tribunal against what the plan says of special educational needs (section B), of special \
              educational provision (section F), and of the school or college or its type, or against none being named (section I)."
            .into(),
    }];
    all.push(match kind {
        NoticeKind::FinalPlan | NoticeKind::AmendedPlan => {
            "To appeal about sections B or F you first need a certificate from a mediation adviser. To appeal \
                                  about section I alone you do not."
                .into()
        }
        _ => "Before you appeal you need a certificate from a mediation adviser. You get one also if you do not want mediation."
            .into(),
    });
    all
}

pub(super) fn appeal_time_limit(kind: NoticeKind) -> Vec<String> {
    let mut all = vec![
        "The Tribunal must receive your appeal within two months of the day we sent you this notice, or within one month of the day \
         on your mediation certificate, whichever is later. The day below is counted from the day on this letter."
            .into(),
    ];
    if kind == NoticeKind::Cease {
        all.push(
            "We keep the plan in force until the time to appeal is over and, if you appeal, until the appeal has ended.".into(),
        );
    }
    all
}

pub(super) fn tribunal_recommendations() -> Vec<String> {
    vec![
        "In the same appeal you can ask the Tribunal to recommend what should be done about health and social care needs and provision. \
         Such a recommendation does not bind us or the health body, but we must answer it."
            .into(),
    ]
}

pub(super) fn mediation(kind: NoticeKind) -> Vec<String> {
    let alone = if kind.matter() == Some(Matter::Contents) { " You need none to appeal about section I alone." } else { "" };
    vec![
        "You have a right to mediation: a meeting, led by somebody independent, to settle the disagreement. It is free, and your choice."
            .into(),
        format!(
            "To appeal you need a certificate from a mediation adviser.{alone} Contact the adviser within two months of the day we sent \
             this notice. If you do not want mediation, the adviser issues the certificate within three working days of being told."
        ),
        "If you want mediation, tell us so, what you disagree with, and whether it concerns health provision and which. We must then \
         arrange a meeting within thirty days and take part in it. You get the certificate within three working days of its end."
            .into(),
    ]
}

pub(super) fn tell_the_authority() -> Vec<String> {
    vec!["This is where to tell us that you want mediation, what it is to be about, and any health provision you want.".into()]
}

pub(super) fn way_forward(offered: &[WayForward]) -> Vec<String> {
    let told = |one: &WayForward| {
        let by = one.by.map(|day| format!(", by {}", day.format("%-d %B %Y"))).unwrap_or_default();
        format!("{} From: {}{by}.", ended(&one.support), one.from.trim_end_matches('.'))
    };
    offered.iter().map(told).collect()
}

fn ended(sentence: &str) -> String {
    let sentence = sentence.trim();
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}
