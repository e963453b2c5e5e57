//! Did the family get every item that a notice must have?

use super::Found;
use crate::record::Case;
use crate::record::notice::required;

pub(super) fn look_at(case: &Case, found: &mut Found) {
    for notice in &case.notices {
        let lacking = required(notice.kind).iter().filter(|(item, _)| notice.missing.contains(item));
        let names: Vec<_> = lacking.clone().map(|(item, _)| item.as_str().replace('_', " ")).collect();
        if let Some((_, first)) = lacking.clone().next() {
            found.add(
                case.id.0,
                "notice_lacks_items",
                format!(
                    "The notice ({}) was sent without what it must have: {}. A late appeal can be allowed for that reason.",
                    notice.kind.as_str().replace('_', " "),
                    names.join(", ")
                ),
                first.cite(),
            );
        }
    }
}
