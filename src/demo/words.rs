//! What do the letters, the advice and the plans of the demonstration say? Plain, short and fictional.

use std::collections::BTreeMap;

use super::history::{AdviceGiver, ExceptionGround, FictionalChild, ReviewOutcome, Source};
use crate::record::codes::NeedType;
use crate::record::{AssessmentOutcome, PlanOutcome, Recommendation};

/// A need as a plan describes it: what is hard, what helps, what is hoped for.
fn need(need: NeedType) -> (&'static str, &'static str, &'static str) {
    match need {
        NeedType::Asd => (
            "finds sudden change and busy rooms hard, and needs time to make sense of what others mean",
            "a visual timetable each morning, a quiet place to go to, and 12 hours a week with an adult trained in autism",
            "will take part in a lesson that has changed at short notice, with one reminder, in four weeks out of five",
        ),
        NeedType::Semh => (
            "is quickly overwhelmed, and then leaves the room or falls silent",
            "a key adult who meets them at the gate each day, and one hour a week of play therapy",
            "will say how they feel, in words or with a card, before leaving a room",
        ),
        NeedType::Slcn => (
            "understands short sentences and uses two or three words together",
            "one hour a week of speech and language therapy in a group of three, and ten minutes of practice each day",
            "will tell somebody what happened at school in four sentences that follow one another",
        ),
        NeedType::Mld | NeedType::Ds => (
            "learns best in small steps that are gone over many times",
            "teaching in a group of no more than six for English and mathematics, five hours a week",
            "will read and follow a written instruction of ten words",
        ),
        NeedType::Sld | NeedType::Pmld => (
            "needs help with every part of the day and learns through the senses",
            "a curriculum of their own in a class of no more than eight with three adults",
            "will choose between two things by looking or reaching",
        ),
        NeedType::Spld => (
            "reads slowly and finds spelling very hard",
            "three half hours a week of structured teaching of reading, one adult to one pupil",
            "will read a page of a book for their age with no more than five mistakes",
        ),
        NeedType::Hi | NeedType::Vi | NeedType::Msi => (
            "misses much of what is said or shown in a classroom",
            "a qualified teacher of sensory impairment for two hours a week, and equipment that she checks each month",
            "will follow a lesson with the others, from the same place in the room",
        ),
        NeedType::Pd => (
            "tires quickly and moves about with a frame",
            "physiotherapy exercises for 20 minutes each day, and a timetable on one floor",
            "will move between lessons without help by the end of the key stage",
        ),
        NeedType::Oth => (
            "has needs that are still being understood",
            "a plan of small steps that is looked at every half term, with five hours a week of support",
            "will make the progress that is hoped for at each half term",
        ),
    }
}

/// Why an assessment is asked for.
pub(super) fn request(child: &FictionalChild, source: Source) -> String {
    let who = match source {
        Source::Parent => "We ask for an assessment because",
        Source::YoungPerson => "I ask for an assessment for myself. At college they say that",
        Source::School | Source::Post16 => "Support has been planned and reviewed three times without the progress hoped for;",
        Source::Health => "We bring to your attention from our clinic that",
        Source::SocialCare | Source::Other => "We bring to your attention that",
    };
    let needs: Vec<_> = child.needs.iter().map(|of| need(*of).0).collect();
    format!("{who} {} {}.", child.given_name, needs.join(", and "))
}

/// Why there will be an assessment, or none.
pub(super) fn assessment(outcome: AssessmentOutcome) -> &'static str {
    match outcome {
        AssessmentOutcome::Assess => {
            "There are, or may be, special educational needs, and it may be necessary for provision to be made by a plan."
        }
        AssessmentOutcome::Refuse => {
            "What the setting can make available from its own resources has not yet been tried for long enough to say that more is needed."
        }
    }
}

/// Why there will be a plan, or none.
pub(super) fn plan(outcome: PlanOutcome) -> &'static str {
    match outcome {
        PlanOutcome::Issue => "The advice shows needs that ordinarily available provision does not meet.",
        PlanOutcome::NoPlan => "The advice shows needs that the setting can meet from what is ordinarily available to it.",
    }
}

/// What the panel gave as its reasons.
pub(super) fn panel(recommendation: Recommendation) -> &'static str {
    match recommendation {
        Recommendation::Assess => "The panel finds that both parts of the legal test are met on the papers.",
        Recommendation::Refuse => "The panel does not find on the papers that provision by a plan may be necessary.",
        Recommendation::Issue | Recommendation::NoPlan | Recommendation::Agree | Recommendation::Decline => {
            "The panel has read all the advice."
        }
        Recommendation::Defer => "The panel asks for what is missing.",
    }
}

/// What came back from an advice giver.
pub(super) fn advice(child: &FictionalChild, giver: AdviceGiver) -> String {
    let name = child.given_name;
    match child.needs.first() {
        Some(primary) => {
            let (hard, helps, _) = need(*primary);
            match giver {
                AdviceGiver::Setting => format!("In class {name} {hard}. We have seen good days with {helps}."),
                AdviceGiver::EducationalPsychology => format!("I met {name} twice. {name} {hard}. I advise {helps}."),
                AdviceGiver::SpeechAndLanguageTherapy => format!("{name} was seen at school. I advise {helps}."),
                AdviceGiver::Health => format!("{name} is known to the clinic. No health need stands in the way of learning."),
                AdviceGiver::SocialCare => format!("{name} and the family are not known to social care. Nothing is needed now."),
            }
        }
        None => format!("Nothing to add about {name}."),
    }
}

/// What shows that an exception holds.
pub(super) fn exception(ground: ExceptionGround) -> &'static str {
    match ground {
        ExceptionGround::PersonalCircumstances => "A close member of the family was gravely ill; the visits had to be put off.",
        ExceptionGround::AbsentFromArea => "The family stayed with relatives abroad for more than four weeks.",
    }
}

/// What a plan says by section; section I only where it names something.
pub(super) fn sections(child: &FictionalChild, names: Option<&str>) -> BTreeMap<String, String> {
    let name = child.given_name;
    let needs = if child.needs.is_empty() { &[NeedType::Oth] } else { child.needs.as_slice() };
    let all: Vec<_> = needs.iter().map(|of| need(*of)).collect();
    let joined = |part: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        all.iter().map(part).collect::<Vec<_>>().join("; ")
    };
    let mut sections = BTreeMap::from([
        (
            "A".to_owned(),
            format!("{name} likes being outdoors and making things. The family hope for friends and a job one day."),
        ),
        ("B".to_owned(), format!("{name} {}.", joined(|need| need.0))),
        ("E".to_owned(), format!("{name} {}.", joined(|need| need.2))),
        ("F".to_owned(), format!("{name} is given {}.", joined(|need| need.1))),
        ("K".to_owned(), "The advice obtained for the assessment is listed and attached.".to_owned()),
    ]);
    if let Some(names) = names {
        sections.insert("I".to_owned(), names.to_owned());
    }
    sections
}

/// What the report of a review says.
pub(super) fn report(child: &FictionalChild) -> String {
    format!("{} came to the meeting. Each outcome was gone through; what the family said is attached.", child.given_name)
}

/// Why a plan stays, changes or ends after a review.
pub(super) fn review(outcome: ReviewOutcome) -> &'static str {
    match outcome {
        ReviewOutcome::Maintain => "The outcomes are the right ones and progress towards them is steady.",
        ReviewOutcome::Amend => "Needs have changed since the plan was made; sections B, E and F are to be amended.",
        ReviewOutcome::Cease => "The outcomes are met and special provision by a plan is no longer necessary.",
    }
}

/// Why what should not have been was done, by the name of the concern.
pub(super) fn acknowledged(concern: &str) -> &'static str {
    match concern {
        "final_plan_before_response_time" => {
            "The family answered on day three that they agree with every word, and asked for the plan before the school holidays."
        }
        "draft_names_placement" => {
            "The draft was sent out with section I filled in by mistake; the family was told so the next day."
        }
        _ => "The authority had refused, and agreed after mediation or an appeal that it will do it after all.",
    }
}
