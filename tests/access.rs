//! The policy as a table, so that a change of who may do what is read as one.

use std::fmt::Write;

use ehc_casework::access::{Ask, Reach, Role, reach};

#[test]
fn the_policy_as_a_table() {
    let mut table = format!("{:30}", "");
    for role in Role::ALL {
        let _ = write!(table, " {:>14}", role.as_str());
    }
    table.push('\n');
    for ask in Ask::all() {
        let _ = write!(table, "{:30}", ask.as_str());
        for role in Role::ALL {
            let word = match reach(role, ask) {
                None => "-",
                Some(Reach::Granted) => "granted",
                Some(Reach::Authority) => "all",
            };
            let _ = write!(table, " {word:>14}");
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

#[test]
fn nobody_decides_who_only_advises_and_the_administrator_sees_no_child() {
    use ehc_casework::record::Action;
    for role in [Role::CaseWorker, Role::School, Role::AdviceGiver, Role::PanelMember, Role::Family, Role::Auditor] {
        for action in [Action::DecideAssessment, Action::DecidePlan, Action::ReverseRefusal, Action::DecideReview] {
            assert_eq!(reach(role, Ask::Record(action)), None, "{role} {action:?}");
        }
    }
    for ask in [Ask::SeeCases, Ask::SeeChildren, Ask::SeePlans, Ask::SeePanels, Ask::FollowEvents] {
        assert_eq!(reach(Role::Administrator, ask), None);
    }
}
