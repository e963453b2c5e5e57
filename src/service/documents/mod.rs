//! Documents of a case: filed by those who may, in versions, read by those they are for.

mod filing;
mod reading;
mod upkeep;

pub use filing::*;
pub use reading::*;
pub use upkeep::*;

use serde::Serialize;
use utoipa::ToSchema;

use super::Error;
use crate::access::Role;
use crate::db::Tx;
use crate::files::Key;
use crate::record::*;
use crate::store::journal::Stored;

/// Whether a file was scanned for viruses, and what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scan {
    /// This installation scans nothing; the file is given out as it came.
    NotScanned,
    /// It is scanned as soon as the scanning daemon answers; until then it is not given out.
    Waiting,
    /// Nothing was found.
    Clean,
    /// A virus was found: it is never given out.
    Infected,
}

impl Scan {
    /// By the verdict that is kept, true for a virus, and by whether files are scanned here.
    pub fn of(infected: Option<bool>, scans: bool) -> Self {
        match infected {
            Some(true) => Scan::Infected,
            Some(false) => Scan::Clean,
            None if scans => Scan::Waiting,
            None => Scan::NotScanned,
        }
    }

    /// Whether the file may be given out.
    pub fn allows(self) -> Result<(), Error> {
        match self {
            Scan::NotScanned | Scan::Clean => Ok(()),
            Scan::Waiting => Err(Error::Unscanned),
            Scan::Infected => Err(Error::Infected),
        }
    }
}

/// Who looks at documents.
struct Looking {
    reader: Reader,
    organisation: Option<Organisation>,
    account: Option<String>,
}

impl Looking {
    fn of(tx: &Tx<'_>) -> Result<Self, Error> {
        let permit = tx.permit();
        let caller = permit.caller();
        let reader = permit.reads_as().ok_or(Error::NotFound("document"))?;
        let outside = matches!(reader, Reader::Setting | Reader::AdviceGiver);
        Ok(Self {
            reader,
            organisation: caller.organisation.clone().filter(|_| outside),
            account: permit.acts_as(Role::Family).then(|| caller.subject.clone()),
        })
    }

    fn brought(&self, version: &DocumentVersion) -> bool {
        version.is_brought_by(self.organisation.as_ref(), self.account.as_deref())
    }

    fn may_read(&self, role: DocumentRole, version: &DocumentVersion) -> bool {
        self.brought(version) || document_is_for(role, version.visibility, self.reader)
    }
}

/// Whether an entry that filed a document is for the caller; an entry of another kind is.
pub(super) fn concerns_caller(tx: &Tx<'_>, fact: &Fact) -> bool {
    let Fact::DocumentFiled { role, visibility, organisation, account, .. } = fact else { return true };
    Looking::of(tx).is_ok_and(|looking| {
        let brought = is_brought_by(organisation.as_ref(), account.as_deref(), &looking);
        brought || document_is_for(*role, *visibility, looking.reader)
    })
}

fn is_brought_by(organisation: Option<&Organisation>, account: Option<&str>, looking: &Looking) -> bool {
    (organisation.is_some() && organisation == looking.organisation.as_ref())
        || (account.is_some() && account == looking.account.as_deref())
}

/// Every version that was ever filed, in order, struck or not.
fn filed(stored: &[Stored]) -> Vec<(DocumentId, EventId)> {
    let of = |s: &Stored| match s.entry.body.fact {
        Fact::DocumentFiled { document, .. } => Some((document, s.entry.id)),
        _ => None,
    };
    stored.iter().filter_map(of).collect()
}

fn key(tx: &Tx<'_>, file: FileId) -> Key {
    Key { authority: tx.permit().authority().0, file: file.0 }
}
