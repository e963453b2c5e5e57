//! Who is in the demonstration, and what do they send to the service, in the order in which they send it?

use chrono::{Datelike, Days, NaiveDate};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::allocation::allocate;
use super::caseload::live_caseload;
use super::cast::{Cast, setting};
use super::figures::Caseload;
use super::history::{AdviceGiver, History, Source};
use super::load::{Drawn, Error, Options};
use super::office::{before_opening, last_working_day};
use super::panels::Panels;
use super::settings::{FictionalSetting, settings};
use super::steps::{Manner, Request, Teller};
use super::stock::stock;
use super::wordings;
use crate::chance::Chance;
use crate::db::Tx;
use crate::law::working_day;
use crate::record::SchoolYear;
use crate::record::codes::{AuthorityCode, Malformed, Phase};
use crate::store::terms::{self, TermRow};
use crate::store::{covers, directory};

/// Everything to be entered for one authority.
pub(super) struct Tale {
    pub(super) name: &'static str,
    pub(super) code: String,
    pub(super) requests: Vec<Request>,
    cast: Cast,
    settings: Vec<FictionalSetting>,
}

impl Tale {
    /// The same options and chance give the same tale.
    pub(super) fn of(options: &Options, chance: &Chance) -> Result<Self, Error> {
        let code = format!("{:03}", options.code);
        let authority = code.parse::<AuthorityCode>()?;
        let name = authority.authority().ok_or(Malformed::AuthorityUnknown)?.name;
        let settings = settings(options.code)?;
        let last_day = last_working_day(options.today - Days::new(1));
        let seed = options.seed_of(Drawn::Histories);
        let mut published = allocate(options.code, seed, last_day)?;
        // Of the years that are counted the psychologist's advice alone is told, the one that made plans late: with everybody's the
        // first start would take too long. The live cases tell of all of it.
        for history in &mut published {
            history.advice.retain(|advice| advice.giver == AdviceGiver::EducationalPsychology);
        }
        let held = match Caseload::of(options.code) {
            Some(counts) => stock(counts, &mut published, seed)?,
            None => Vec::new(),
        };
        let mut live = live_caseload(options.code, last_day, seed, options.live_cases)?;
        let manners = unusual(&mut live);

        let first_day = published.iter().chain(&live).map(|history| history.received_on).min().unwrap_or(last_day);
        let opened_at = before_opening(last_working_day(first_day - Days::new(30)), 0);
        let cast = Cast::engage(&options.issuer, opened_at, chance);
        let rng = StdRng::seed_from_u64(options.seed_of(Drawn::Instants));
        let mut teller = Teller { cast: &cast, settings: &settings, chance, rng, panels: Panels::default(), last_day };
        let mut requests = Vec::new();
        for plan in &held {
            requests.extend(teller.tell_held(plan, options.code, opened_at)?);
        }
        for history in &published {
            requests.extend(teller.tell(history, Manner::Usual)?);
        }
        for (history, manner) in live.iter().zip(manners) {
            requests.extend(teller.tell(history, manner)?);
        }
        requests.extend(teller.panels.tell(&cast, chance));
        requests.sort_by_key(|request| request.at);
        Ok(Self { name, code, requests, cast, settings })
    }

    /// Makes the authority, its teams and staff, and the settings children attend.
    pub(super) fn furnish(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        directory::add_authority(tx, self.name, &self.code)?;
        for (team, name) in &self.cast.teams {
            directory::add_team(tx, *team, name, None, None)?;
        }
        for person in self.cast.staff() {
            let (role, subject) = (person.role.as_str(), Some(person.subject.as_str()));
            directory::add_staff(tx, person.id.0, person.name, role, person.team, subject, (None, None))?;
        }
        // One case worker is away, and another covers for them.
        if let [covering, lent, ..] = self.cast.case_workers.as_slice() {
            let (today, id, now) = (tx.today(), tx.new_id(), tx.now());
            covers::add(tx, id, lent.id, covering.id, (today - Days::new(2), today + Days::new(9)), now)?;
        }
        for one in &self.settings {
            let row = directory::SettingRow {
                id: setting(&one.urn)?.as_str().to_owned(),
                name: one.name.to_owned(),
                setting_type: one.setting_type.code().to_owned(),
                phase: one.phase.code().to_owned(),
                // Of the others the phase says it.
                highest_age: matches!(one.phase, Phase::NotApplicable | Phase::AllThrough)
                    .then_some(one.to_age)
                    .and_then(|age| i16::try_from(age).ok()),
                authority_code: Some(self.code.clone()),
            };
            directory::put_setting(tx, &row)?;
        }
        wordings::set(tx)?;
        terms::replace(tx, &terms_from(tx.today()))?;
        Ok(())
    }
}

/// The terms of the school year that a day lies in, and of the next, about when schools in England have theirs.
fn terms_from(today: NaiveDate) -> Vec<TermRow> {
    let first = SchoolYear::of(today).starts_on().year();
    let terms = |year: i32| {
        [("Autumn", year, (9, 2), (12, 18)), ("Spring", year + 1, (1, 5), (3, 26)), ("Summer", year + 1, (4, 13), (7, 20))]
    };
    let day = |year, (month, day)| NaiveDate::from_ymd_opt(year, month, day);
    let told = [first, first + 1].into_iter().flat_map(terms).filter_map(|(name, year, from, to)| {
        Some(TermRow { from_on: day(year, from)?, to_on: day(year, to)?, name: format!("{name} {year}") })
    });
    told.collect()
}

/// Makes a few live histories such as should not be and are: a final plan on day nine of fifteen, a draft that names a placement;
/// and lets one family ask through the API, so that its token shows something. Gives the manner of each history.
fn unusual(live: &mut [History]) -> Vec<Manner> {
    let mut manners = vec![Manner::Usual; live.len()];
    let hasty = live.iter_mut().find(|history| history.final_plan_sent_on.is_some() && history.draft_served_on.len() == 1);
    if let Some((history, sent_on)) = hasty.and_then(|history| history.final_plan_sent_on.map(|sent_on| (history, sent_on))) {
        // Served on day one of fifteen, and so sent on day nine.
        history.draft_served_on = vec![sent_on - Days::new(8)];
    }
    let mut choose = |manner, suits: &dyn Fn(&History) -> bool| {
        let place = live.iter().zip(&manners).rposition(|(history, taken)| *taken == Manner::Usual && suits(history));
        if let Some(place) = place {
            manners[place] = manner;
        }
    };
    let draft_is_out = |history: &History| !history.draft_served_on.is_empty() && history.final_plan_sent_on.is_none();
    choose(Manner::DraftNamesPlacement, &draft_is_out);
    choose(Manner::ByTheFamily, &|history| {
        history.source == Source::Parent && working_day(history.received_on) && draft_is_out(history)
    });
    manners
}
