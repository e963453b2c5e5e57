//! What cannot be in a plan: settings that leave no room for one another.

use super::Found;
use crate::record::{Placement, Plan};

pub(super) fn look_at(plan: &Plan, found: &mut Found) {
    for version in &plan.versions {
        let settings = version.placement.settings();
        if settings.len() == 2 && settings[0] == settings[1] {
            found.add(version.id.0, "same_setting_twice", "the same setting is named twice; name it once");
        }
        if let Placement::SuccessiveSettings { until, from, .. } = version.placement
            && from <= until
        {
            let words = "the second setting begins before the first ends; two at once are two settings";
            found.add(version.id.0, "settings_overlap", words);
        }
    }
}
