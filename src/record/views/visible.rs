//! The rows that say who outside the authority may see which child, why, and from when to when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::record::organisation::person;
use crate::record::rights::{Confirmed, family_access_ended_on, represents};
use crate::record::schooling::{Schooling, left_since};
use crate::record::sealing::{Seal, is_sealed};
use crate::record::{Case, CourtRestriction, EventId, Fact, File, Plan, Related, RequestedBy, Transfer};

/// The people around a child, and what ended the access that some of them had.
pub(super) struct Access<'a> {
    file: &'a File,
    people: &'a [Related],
    confirmed: Vec<Confirmed>,
    placements: Vec<Schooling>,
    sealed: bool,
}

impl<'a> Access<'a> {
    pub(super) fn of(file: &'a File, people: &'a [Related]) -> Self {
        let placements = Schooling::all(file);
        Self { file, people, confirmed: Confirmed::all(file), placements, sealed: Seal::of(file).is_some() }
    }

    /// Who may see the child because of what they are to them: whoever has an account, unless a court has restricted that account.
    pub(super) fn grants_of_people(&self, grants: &mut Grants) {
        for known in self.people {
            let Some(account) = known.relationship.account.as_deref().filter(|account| !self.restricted(account)) else {
                continue;
            };
            let reason = format!("relationship:{}", known.id);
            let (from, until) = (Some(known.relationship.from), self.until(known));
            grants.add(self.file.child.0, Some(person(account)), &reason, from, until);
        }
    }

    /// Each setting sees the child from the first day there to the last.
    pub(super) fn grants_of_placements(&self, grants: &mut Grants) {
        for placement in self.placements.iter().filter(|placement| !self.is_sealed(placement.event)) {
            let setting = placement.setting.as_ref().map(|setting| setting.as_str().to_owned());
            let reason = format!("placement:{}", placement.id);
            grants.add(self.file.child.0, setting, &reason, Some(placement.from), placement.left_on());
        }
    }

    /// Who may see the child because of this case, and from when to when. An adoption ends what was granted before it.
    pub(super) fn grants_of_case(&self, grants: &mut Grants, case: &Case) {
        let child = case.child.0;
        for request in case.requests.iter().filter(|request| request.counts() && !self.is_sealed(request.event)) {
            let from = request.received_on;
            if let Some(setting) = &request.setting {
                let left = from.and_then(|from| left_since(&self.placements, setting, from));
                grants.add(child, Some(setting.as_str().to_owned()), "attends", from, left);
            }
            if let Some(account) = request.requester.as_deref().filter(|account| !self.restricted(account)) {
                // What was granted for the request ends with it, or with what they were to the child.
                let withdrawn = request.withdrawn.and_then(|withdrawal| withdrawal.on.or(from));
                let until = [withdrawn, self.requester_until(account, request.by)].into_iter().flatten().min();
                grants.add(child, Some(person(account)), "family", from, until);
            }
        }
        for advice in &case.advice {
            let asked = |fact: &Fact| matches!(fact, Fact::AdviceRequested { advice: id, .. } if *id == advice.id);
            let event = self.file.standing().iter().find(|s| asked(&s.fact)).map(|s| s.event);
            if !event.is_some_and(|event| self.is_sealed(event)) {
                let reason = format!("advice:{}", advice.id);
                // Whoever is named to write it sees the child until it is there or somebody else is; the body that was asked, while it has to
                // do with it.
                for (place, allocation) in advice.allocations.iter().enumerate() {
                    let next = advice.allocations.get(place + 1).and_then(|next| next.on);
                    let until = next.into_iter().chain(advice.written_on()).min();
                    let organisation = allocation.organisation.as_ref().map(|o| o.as_str().to_owned());
                    grants.add(child, organisation, &reason, allocation.on, until);
                }
                let organisation = advice.organisation.as_ref().map(|o| o.as_str().to_owned());
                grants.add(child, organisation, &reason, advice.requested_on, advice.over_on());
            }
        }
        // Consulted until it answered, the consultation was taken back, or there is nothing left to consult on.
        let sent = case.final_plan.as_ref().and_then(|plan| plan.sent_on);
        let elsewhere = case.responsibility_ended.as_ref().and_then(|end| end.on);
        let over = [case.withdrawn.flatten(), sent, elsewhere].into_iter().flatten().min();
        let transfers = case.final_plan.as_ref().map(|made| Transfer::all(self.file, made.plan)).unwrap_or_default();
        for one in case.consultations.iter().filter(|one| !self.is_sealed(one.event)) {
            let over = match one.transfer {
                None => over,
                Some(id) => {
                    let settled = transfers.iter().find(|transfer| transfer.id == id).and_then(Transfer::settled_on);
                    settled.into_iter().chain(elsewhere).min()
                }
            };
            let to = one.ended_on().into_iter().chain(over).min();
            let reason = format!("consultation:{}", one.id);
            grants.add(child, Some(one.setting.as_str().to_owned()), &reason, one.sent_on, to);
        }
    }

    /// Each setting that a plan names sees the child in its time: until a version names it no more, or the plan ceases.
    pub(super) fn grants_of_plan(&self, grants: &mut Grants, plan: &Plan) {
        for (place, version) in plan.versions.iter().enumerate().filter(|(_, version)| !self.is_sealed(version.event)) {
            let next = plan.versions.get(place + 1).and_then(|next| next.sent_on);
            let over = next.or_else(|| plan.cessation.ceased_on());
            for named in version.placement.named() {
                let setting = named.setting.as_str().to_owned();
                let from = version.sent_on.map(|sent| named.from.map_or(sent, |from| from.max(sent)));
                let left = from.and_then(|from| left_since(&self.placements, named.setting, from));
                let to = named.until.and_then(|last| last.succ_opt()).into_iter().chain(left).chain(over).min();
                grants.add(plan.child.0, Some(setting), "named_in_plan", from, to);
            }
        }
    }

    /// Whether an entry was recorded before the child's adoption.
    fn is_sealed(&self, event: EventId) -> bool {
        self.sealed && is_sealed(self.file, event)
    }

    /// Whether a court has restricted an account. The end of the relationship does not lift that: only a change of it does.
    fn restricted(&self, account: &str) -> bool {
        self.people
            .iter()
            .any(|known| known.is_of(account) && known.relationship.court_restriction.is_some_and(CourtRestriction::ends_access))
    }

    /// The day from which somebody's access is over: with the relationship, or when it was the young person's to give and was not
    /// given.
    fn until(&self, known: &Related) -> Option<NaiveDate> {
        let given = known.relationship.kind.cares_for_the_child() && !represents(&self.confirmed, known.id);
        let ended = if given { family_access_ended_on(&self.confirmed) } else { None };
        [known.until(), ended].into_iter().flatten().min()
    }

    /// The day from which whoever asked through the API no longer sees the child: once everything they were to the child is over.
    fn requester_until(&self, account: &str, asked_as: RequestedBy) -> Option<NaiveDate> {
        let ends = self.people.iter().filter(|known| known.is_of(account)).map(|known| self.until(known));
        match ends.reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other))) {
            Some(until) => until,
            None if asked_as == RequestedBy::YoungPerson => None,
            None => family_access_ended_on(&self.confirmed),
        }
    }
}

/// Who may see a child on a day, each with the reason: the grantee and the reason as the fences have them.
pub fn may_see_on(file: &File, day: NaiveDate) -> Vec<(String, String)> {
    let grants = Grants::of(file).0.into_iter();
    let then = grants.filter(|(_, (from, to))| *from <= day && to.is_none_or(|to| day < to));
    then.map(|((_, grantee, reason), _)| (grantee, reason)).collect()
}

/// Who was granted which child, why, and from when to when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Grants(BTreeMap<(Uuid, String, String), (NaiveDate, Option<NaiveDate>)>);

impl Grants {
    /// Everybody whom a file lets see its child.
    pub(super) fn of(file: &File) -> Self {
        let people = Related::all(file);
        let access = Access::of(file, &people);
        let mut grants = Self::default();
        access.grants_of_people(&mut grants);
        access.grants_of_placements(&mut grants);
        for case in file.cases().filter_map(|id| Case::of(file, id)) {
            access.grants_of_case(&mut grants, &case);
        }
        for plan in file.plans().filter_map(|(id, _)| Plan::of(file, id)) {
            access.grants_of_plan(&mut grants, &plan);
        }
        grants
    }

    /// Grants a child to somebody, if they are known and it is known from when.
    pub(super) fn add(
        &mut self,
        child: Uuid,
        grantee: Option<String>,
        reason: &str,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) {
        if let (Some(grantee), Some(from_on)) = (grantee, from) {
            let granted = self.0.entry((child, grantee, reason.to_owned())).or_insert((from_on, to));
            // Granted twice for the same reason: from the earlier day, and to the later.
            *granted = (granted.0.min(from_on), granted.1.zip(to).map(|(held, to)| held.max(to)));
        }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = VisibleRow<'_>> {
        self.0.iter().map(|((child, grantee, reason), (from_on, to_on))| VisibleRow {
            child: *child,
            grantee,
            reason,
            from_on: *from_on,
            to_on: *to_on,
        })
    }

    /// The rows that do not stand the same in `other`.
    pub(super) fn not_in<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = VisibleRow<'a>> {
        self.rows().filter(|row| {
            let held = other.0.get(&(row.child, row.grantee.to_owned(), row.reason.to_owned()));
            held != Some(&(row.from_on, row.to_on))
        })
    }
}

#[derive(Serialize)]
pub(super) struct VisibleRow<'a> {
    child: Uuid,
    grantee: &'a str,
    reason: &'a str,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
}
