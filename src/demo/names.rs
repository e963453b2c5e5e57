//! Who are the fictional children: their names, where they live, how old they are, what they need?
//!
//! Given names are those of any London class register; family names, inward postcodes and establishment numbers exist nowhere, so
//! that nobody real is described.

use chrono::{Datelike, Days, NaiveDate};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::history::{FictionalChild, Source};
use super::settings::{FictionalSetting, settings};
use super::stock::Place;
use crate::record::AgePhase;
use crate::record::codes::{Ethnicity, Malformed, NeedType, Phase, Postcode, Sex, Upn, UpnUnknownReason};

const GIRLS: [&str; 40] = [
    "Aaliyah", "Abigail", "Adaeze", "Aneta", "Aisha", "Amara", "Amelia", "Ananya", "Beatrix", "Bilan", "Chidinma", "Chloe",
    "Daria", "Efua", "Elena", "Eleni", "Fatima", "Freya", "Grace", "Hana", "Imani", "Isla", "Jasmin", "Keira", "Layla", "Lily",
    "Mei", "Mirela", "Nadia", "Niamh", "Olivia", "Parisa", "Priya", "Roza", "Sakshi", "Scarlett", "Tamara", "Yasmin", "Zainab",
    "Zofia",
];

const BOYS: [&str; 40] = [
    "Abdul", "Adam", "Alfie", "Andrei", "Arjun", "Ayodele", "Bashir", "Charlie", "Chike", "Dylan", "Efe", "Elijah", "Emre",
    "Farhan", "Finley", "George", "Harvey", "Ibrahim", "Ivan", "Jakub", "Jayden", "Kofi", "Kwame", "Leon", "Lucas", "Mateusz",
    "Mohammed", "Musa", "Nikhil", "Oscar", "Patrick", "Rafael", "Reuben", "Samir", "Tariq", "Theo", "Tobi", "Wei", "Yusuf",
    "Zaid",
];

const FAMILIES: [&str; 48] = [
    "Applethwick",
    "Barnaclough",
    "Bellwhistle",
    "Bramblegate",
    "Candlewick",
    "Cloudberry",
    "Cobblestone",
    "Copperkettle",
    "Dandelyon",
    "Driftmoor",
    "Duskwater",
    "Elderbrook",
    "Featherstitch",
    "Fernhollow",
    "Foxlantern",
    "Gablehurst",
    "Gingerfield",
    "Hazelmere-Finch",
    "Honeythorn",
    "Inkpenwell",
    "Jumblewood",
    "Kettleborough",
    "Lanternway",
    "Larkmeadow",
    "Mapledown",
    "Marshfinch",
    "Millwhisper",
    "Mistletarn",
    "Moonraker",
    "Nettlecombe",
    "Oatbarrow",
    "Otterbourne-Quill",
    "Pebblecroft",
    "Pennyfarthing",
    "Puddlewick",
    "Quillfeather",
    "Rainbarrel",
    "Ravenscobble",
    "Saltmarsh-Wren",
    "Silverthimble",
    "Snowbramble",
    "Starlingford",
    "Tanglewood-Reed",
    "Thistlebury",
    "Tumblefield",
    "Umberlane",
    "Wickerbasket",
    "Windlestraw",
];

/// Outward postcodes of the boroughs shown.
const OUTWARD: [(u16, &[&str]); 3] = [
    (309, &["N4", "N6", "N8", "N10", "N11", "N15", "N17", "N22"]),
    (310, &["HA1", "HA2", "HA3", "HA5", "HA7", "HA8"]),
    (311, &["RM1", "RM2", "RM3", "RM4", "RM5", "RM7", "RM11", "RM12", "RM13", "RM14"]),
];

/// Letters that Royal Mail keeps out of inward parts, so that no such postcode exists.
const NEVER_INWARD: [char; 6] = ['C', 'I', 'K', 'M', 'O', 'V'];

/// Ethnicities drawn from, each as often as it stands here.
const ETHNIC_CODES: [&str; 24] = [
    "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WOTH", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND",
    "APKN", "ABAN", "AOTH", "BAFR", "BAFR", "BCRB", "CHNE", "OOTH", "REFU",
];

/// Primary needs of new plans, by the hundred, much as the Department publishes them for 2024.
const NEEDS: [(NeedType, u32); 12] = [
    (NeedType::Asd, 34),
    (NeedType::Semh, 24),
    (NeedType::Slcn, 23),
    (NeedType::Mld, 9),
    (NeedType::Pd, 4),
    (NeedType::Spld, 2),
    (NeedType::Hi, 1),
    (NeedType::Vi, 1),
    (NeedType::Msi, 1),
    (NeedType::Sld, 1),
    (NeedType::Pmld, 1),
    (NeedType::Ds, 1),
];

/// Invents children of one authority, one after the other; the same seed gives the same children.
pub(super) struct Inventor {
    pub(super) rng: StdRng,
    authority: u16,
    /// The establishment number in UPNs: above 9900, where no school's is.
    establishment: u16,
    settings: Vec<FictionalSetting>,
    outward: &'static [&'static str],
    invented: u16,
}

impl Inventor {
    pub(super) fn new(authority: u16, establishment: u16, seed: u64) -> Result<Self, Malformed> {
        let outward = OUTWARD.iter().find(|(code, _)| *code == authority).ok_or(Malformed::AuthorityUnknown)?.1;
        let rng = StdRng::seed_from_u64(seed ^ (u64::from(authority) << 32) ^ (u64::from(establishment) << 48));
        Ok(Self { rng, authority, establishment, settings: settings(authority)?, outward, invented: 0 })
    }

    /// The next child, of a likely age on the day of the request.
    pub(super) fn child(&mut self, on: NaiveDate) -> Result<FictionalChild, Malformed> {
        let age = match self.rng.random_range(0..100) {
            0..15 => self.rng.random_range(2..5),
            15..65 => self.rng.random_range(5..11),
            65..92 => self.rng.random_range(11..16),
            _ => self.rng.random_range(16..20),
        };
        let born_on = on - Days::new(age * 365 + age / 4 + self.rng.random_range(1..365));
        let sex = if self.rng.random_bool(0.7) { Sex::Male } else { Sex::Female };
        let mut child = self.portray(born_on, sex, on)?;
        child.needs = self.needs();
        Ok(child)
    }

    /// A child with that date of birth and sex, as known on a day; no needs are said yet.
    pub(super) fn portray(&mut self, born_on: NaiveDate, sex: Sex, on: NaiveDate) -> Result<FictionalChild, Malformed> {
        let given_name = self.one_of(if sex == Sex::Female { &GIRLS } else { &BOYS });
        let family_name = self.one_of(&FAMILIES);
        let outward = self.one_of(self.outward);
        let (digit, letters) = (self.rng.random_range(0..10), [0; 2].map(|_| self.one_of(&NEVER_INWARD)));
        let postcode: Postcode = format!("{outward} {digit}{}{}", letters[0], letters[1]).parse()?;
        let upn = self.upn(born_on, on)?;
        let upn_unknown = if upn.is_none() { Some(UpnUnknownReason::Under6) } else { None };
        let ethnicity: Ethnicity = self.one_of(&ETHNIC_CODES).parse()?;
        let needs = Vec::new();
        Ok(FictionalChild { given_name, family_name, born_on, sex, ethnicity, postcode, upn, upn_unknown, needs })
    }

    /// A permanent UPN of the school year in which school began; none if that is still to come.
    fn upn(&mut self, born_on: NaiveDate, on: NaiveDate) -> Result<Option<Upn>, Malformed> {
        let serial = self.invented;
        self.invented += 1;
        let first_school_year = school_year(born_on) + 5;
        if first_school_year > school_year(on) {
            return Ok(None);
        }
        let year = u8::try_from(first_school_year.rem_euclid(100)).unwrap_or(0);
        Upn::permanent(self.authority, self.establishment + serial / 1000, year, serial % 1000).map(Some)
    }

    fn needs(&mut self) -> Vec<NeedType> {
        let primary = self.need();
        let second = self.need();
        if second != primary && self.rng.random_bool(0.4) { vec![primary, second] } else { vec![primary] }
    }

    /// A need, as often as new plans have it.
    pub(super) fn need(&mut self) -> NeedType {
        let mut left = self.rng.random_range(0..NEEDS.iter().map(|(_, weight)| weight).sum::<u32>());
        for (need, weight) in NEEDS {
            if left < weight {
                return need;
            }
            left -= weight;
        }
        NeedType::Oth
    }

    /// Who asks for somebody at this setting, in about the proportions authorities see. From 17 on a person is certainly over
    /// compulsory school age and asks for themselves.
    pub(super) fn source(&mut self, child: &FictionalChild, setting: &FictionalSetting, on: NaiveDate) -> Source {
        let grown = on.years_since(child.born_on).is_some_and(|age| age >= 17);
        match self.rng.random_range(0..100) {
            0..40 if grown => Source::YoungPerson,
            0..40 => Source::Parent,
            40..92 if setting.phase == Phase::Post16 => Source::Post16,
            40..92 => Source::School,
            92..96 => Source::Health,
            96..99 => Source::SocialCare,
            _ => Source::Other,
        }
    }

    /// A setting that teaches the child on a day: a special one where it is asked for and there is one, else a mainstream one.
    pub(super) fn setting(
        &mut self,
        child: &FictionalChild,
        on: NaiveDate,
        special: bool,
    ) -> Result<FictionalSetting, Malformed> {
        let fit = |wanted: bool| -> Vec<FictionalSetting> {
            let all = self.settings.iter();
            all.filter(|one| one.teaches(child.born_on, on) && one.setting_type.is_special() == wanted).cloned().collect()
        };
        let (first, second) = (fit(special), fit(!special));
        first.choose(&mut self.rng).or_else(|| second.choose(&mut self.rng)).cloned().ok_or(Malformed::SettingTypeUnknown)
    }

    /// A setting of a place for somebody of a phase; none where the place is no setting.
    pub(super) fn at(&mut self, place: Place, phase: AgePhase) -> Result<Option<FictionalSetting>, Malformed> {
        let Some(setting_type) = place.setting_type() else { return Ok(None) };
        let fits: Vec<_> = self.settings.iter().filter(|one| one.is_place(setting_type, phase)).collect();
        fits.choose(&mut self.rng).map(|one| Some((*one).clone())).ok_or(Malformed::SettingTypeUnknown)
    }

    fn one_of<T: Copy + Default>(&mut self, all: &[T]) -> T {
        all.choose(&mut self.rng).copied().unwrap_or_default()
    }
}

/// The year in which the school year of a day began (on 1 September).
fn school_year(day: NaiveDate) -> i32 {
    if day.month() >= 9 { day.year() } else { day.year() - 1 }
}
