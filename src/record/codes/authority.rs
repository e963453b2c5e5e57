//! Which local authorities are there, by the Department's code?
//!
//! Source: Department for Education, "Education, health and care plans, reporting year 2025" (authorities in being) and its earlier
//! years (those since merged or divided). Contains public sector information licensed under the Open Government Licence v3.0.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Malformed;

/// One local authority, in being or abolished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority {
    /// The Department's three-digit code.
    pub code: u16,
    /// The name the Department publishes.
    pub name: &'static str,
    /// Whether it exists today; the others are met in history only.
    pub in_being: bool,
}

/// The Department's three-digit code of an authority that exists or has existed. An attribute of an authority, never its identity:
/// councils merge.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[2-9][0-9]{2}$", example = "311")]
pub struct AuthorityCode(String);

identifier!(AuthorityCode, checked);

impl AuthorityCode {
    /// What the Department calls the authority.
    pub fn authority(&self) -> Option<&'static Authority> {
        find(&self.0)
    }
}

fn checked(text: &str) -> Result<String, Malformed> {
    find(text).map(|authority| authority.code.to_string()).ok_or(Malformed::AuthorityUnknown)
}

fn find(code: &str) -> Option<&'static Authority> {
    AUTHORITIES.iter().find(|authority| authority.code.to_string() == code)
}

const fn now(code: u16, name: &'static str) -> Authority {
    Authority { code, name, in_being: true }
}

const fn past(code: u16, name: &'static str) -> Authority {
    Authority { code, name, in_being: false }
}

/// The 153 authorities in being and seven abolished ones, by code.
pub const AUTHORITIES: [Authority; 160] = [
    now(201, "City of London"),
    now(202, "Camden"),
    now(203, "Greenwich"),
    now(204, "Hackney"),
    now(205, "Hammersmith and Fulham"),
    now(206, "Islington"),
    now(207, "Kensington and Chelsea"),
    now(208, "Lambeth"),
    now(209, "Lewisham"),
    now(210, "Southwark"),
    now(211, "Tower Hamlets"),
    now(212, "Wandsworth"),
    now(213, "Westminster"),
    now(301, "Barking and Dagenham"),
    now(302, "Barnet"),
    now(303, "Bexley"),
    now(304, "Brent"),
    now(305, "Bromley"),
    now(306, "Croydon"),
    now(307, "Ealing"),
    now(308, "Enfield"),
    now(309, "Haringey"),
    now(310, "Harrow"),
    now(311, "Havering"),
    now(312, "Hillingdon"),
    now(313, "Hounslow"),
    now(314, "Kingston upon Thames"),
    now(315, "Merton"),
    now(316, "Newham"),
    now(317, "Redbridge"),
    now(318, "Richmond upon Thames"),
    now(319, "Sutton"),
    now(320, "Waltham Forest"),
    now(330, "Birmingham"),
    now(331, "Coventry"),
    now(332, "Dudley"),
    now(333, "Sandwell"),
    now(334, "Solihull"),
    now(335, "Walsall"),
    now(336, "Wolverhampton"),
    now(340, "Knowsley"),
    now(341, "Liverpool"),
    now(342, "St. Helens"),
    now(343, "Sefton"),
    now(344, "Wirral"),
    now(350, "Bolton"),
    now(351, "Bury"),
    now(352, "Manchester"),
    now(353, "Oldham"),
    now(354, "Rochdale"),
    now(355, "Salford"),
    now(356, "Stockport"),
    now(357, "Tameside"),
    now(358, "Trafford"),
    now(359, "Wigan"),
    now(370, "Barnsley"),
    now(371, "Doncaster"),
    now(372, "Rotherham"),
    now(373, "Sheffield"),
    now(380, "Bradford"),
    now(381, "Calderdale"),
    now(382, "Kirklees"),
    now(383, "Leeds"),
    now(384, "Wakefield"),
    now(390, "Gateshead"),
    now(391, "Newcastle upon Tyne"),
    now(392, "North Tyneside"),
    now(393, "South Tyneside"),
    now(394, "Sunderland"),
    now(420, "Isles of Scilly"),
    now(800, "Bath and North East Somerset"),
    now(801, "Bristol, City of"),
    now(802, "North Somerset"),
    now(803, "South Gloucestershire"),
    now(805, "Hartlepool"),
    now(806, "Middlesbrough"),
    now(807, "Redcar and Cleveland"),
    now(808, "Stockton-on-Tees"),
    now(810, "Kingston upon Hull, City of"),
    now(811, "East Riding of Yorkshire"),
    now(812, "North East Lincolnshire"),
    now(813, "North Lincolnshire"),
    now(815, "North Yorkshire"),
    now(816, "York"),
    past(820, "Bedfordshire"),
    now(821, "Luton"),
    now(822, "Bedford"),
    now(823, "Central Bedfordshire"),
    now(825, "Buckinghamshire"),
    now(826, "Milton Keynes"),
    now(830, "Derbyshire"),
    now(831, "Derby"),
    past(835, "Dorset"),
    past(836, "Poole"),
    past(837, "Bournemouth"),
    now(838, "Dorset"),
    now(839, "Bournemouth, Christchurch and Poole"),
    now(840, "County Durham"),
    now(841, "Darlington"),
    now(845, "East Sussex"),
    now(846, "Brighton and Hove"),
    now(850, "Hampshire"),
    now(851, "Portsmouth"),
    now(852, "Southampton"),
    now(855, "Leicestershire"),
    now(856, "Leicester"),
    now(857, "Rutland"),
    now(860, "Staffordshire"),
    now(861, "Stoke-on-Trent"),
    now(865, "Wiltshire"),
    now(866, "Swindon"),
    now(867, "Bracknell Forest"),
    now(868, "Windsor and Maidenhead"),
    now(869, "West Berkshire"),
    now(870, "Reading"),
    now(871, "Slough"),
    now(872, "Wokingham"),
    now(873, "Cambridgeshire"),
    now(874, "Peterborough"),
    past(875, "Cheshire"),
    now(876, "Halton"),
    now(877, "Warrington"),
    now(878, "Devon"),
    now(879, "Plymouth"),
    now(880, "Torbay"),
    now(881, "Essex"),
    now(882, "Southend-on-Sea"),
    now(883, "Thurrock"),
    now(884, "Herefordshire, County of"),
    now(885, "Worcestershire"),
    now(886, "Kent"),
    now(887, "Medway"),
    now(888, "Lancashire"),
    now(889, "Blackburn with Darwen"),
    now(890, "Blackpool"),
    now(891, "Nottinghamshire"),
    now(892, "Nottingham"),
    now(893, "Shropshire"),
    now(894, "Telford and Wrekin"),
    now(895, "Cheshire East"),
    now(896, "Cheshire West and Chester"),
    now(908, "Cornwall"),
    past(909, "Cumbria"),
    now(916, "Gloucestershire"),
    now(919, "Hertfordshire"),
    now(921, "Isle of Wight"),
    now(925, "Lincolnshire"),
    now(926, "Norfolk"),
    past(928, "Northamptonshire"),
    now(929, "Northumberland"),
    now(931, "Oxfordshire"),
    now(933, "Somerset"),
    now(935, "Suffolk"),
    now(936, "Surrey"),
    now(937, "Warwickshire"),
    now(938, "West Sussex"),
    now(940, "North Northamptonshire"),
    now(941, "West Northamptonshire"),
    now(942, "Cumberland"),
    now(943, "Westmorland and Furness"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_153_authorities_in_being() {
        assert_eq!(AUTHORITIES.iter().filter(|one| one.in_being).count(), 153);
    }

    #[test]
    fn codes_are_in_order_and_unique() {
        assert!(AUTHORITIES.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn a_code_names_its_authority() {
        let code: AuthorityCode = "311".parse().unwrap();
        assert_eq!(code.authority().map(|one| (one.name, one.in_being)), Some(("Havering", true)));
        let code: AuthorityCode = "909".parse().unwrap();
        assert_eq!(code.authority().map(|one| (one.name, one.in_being)), Some(("Cumbria", false)));
    }

    #[test]
    fn other_texts_are_no_codes() {
        for text in ["", "31", "0311", "999", "+311", "Havering"] {
            assert_eq!(text.parse::<AuthorityCode>(), Err(Malformed::AuthorityUnknown), "{text}");
        }
    }
}
