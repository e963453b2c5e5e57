//! Which kinds of file are taken? Those a case is made of, told by their content and their name, which must agree.

/// Bytes at the start of a file that tell what it is: enough to find the folders of a Word document in it.
pub(super) const HEAD: usize = 64 * 1024;

/// A kind of file that is taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What its names end with, in lower case.
    pub extensions: &'static [&'static str],
    /// Its media type.
    pub media_type: &'static str,
    told: Told,
}

/// How its content is told.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    /// By these words of `infer` for it.
    As(&'static [&'static str]),
    /// As an archive with this folder in it.
    Archive(&'static str),
    /// As text without control characters.
    Text,
}

/// Every kind that is taken. Nothing that a browser would run, and no macros but those an old Word file can hold, which is what
/// scanning is for.
pub const ACCEPTED: [Accepted; 12] = [
    accepted(&["pdf"], "application/pdf", Told::As(&["application/pdf"])),
    accepted(&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Told::Archive("word/")),
    accepted(&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Told::Archive("xl/")),
    accepted(&["odt"], "application/vnd.oasis.opendocument.text", Told::As(&["application/vnd.oasis.opendocument.text"])),
    accepted(
        &["ods"],
        "application/vnd.oasis.opendocument.spreadsheet",
        Told::As(&["application/vnd.oasis.opendocument.spreadsheet"]),
    ),
    accepted(&["doc"], "application/msword", Told::As(&["application/msword", "application/x-ole-storage"])),
    accepted(&["rtf"], "application/rtf", Told::As(&["application/rtf", "text/rtf"])),
    accepted(&["jpg", "jpeg"], "image/jpeg", Told::As(&["image/jpeg"])),
    accepted(&["png"], "image/png", Told::As(&["image/png"])),
    accepted(&["tif", "tiff"], "image/tiff", Told::As(&["image/tiff"])),
    accepted(&["heic", "heif"], "image/heic", Told::As(&["image/heif", "image/heic"])),
    accepted(&["txt"], "text/plain", Told::Text),
];

const fn accepted(extensions: &'static [&'static str], media_type: &'static str, told: Told) -> Accepted {
    Accepted { extensions, media_type, told }
}

/// Why a file is not of a kind that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// Its name ends with nothing that is taken.
    Name,
    /// Its content is not what its name says.
    Content,
}

/// The kind of a file, by its first bytes and its name.
pub(super) fn kind_of(head: &[u8], name: &str) -> Result<&'static Accepted, Mismatch> {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let kind = ACCEPTED.iter().find(|kind| kind.extensions.contains(&extension.as_str())).ok_or(Mismatch::Name)?;
    let known = infer::get(head).map(|found| found.mime_type());
    let agrees = match kind.told {
        Told::As(words) => known.is_some_and(|known| words.contains(&known)),
        // An archive names each file before its content, so that the first of the folder stand near the start.
        Told::Archive(folder) => {
            known == Some(kind.media_type) || (known == Some("application/zip") && holds(head, folder.as_bytes()))
        }
        Told::Text => known.is_none() && is_text(head),
    };
    if agrees { Ok(kind) } else { Err(Mismatch::Content) }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Text in UTF-8, of which the last character may be cut off.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
        Err(_) => return false,
    };
    text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(head: &[u8], name: &str) -> Result<&'static str, Mismatch> {
        kind_of(head, name).map(|kind| kind.media_type)
    }

    /// A Word document as this program writes it, and as others order it.
    fn docx(first: &str) -> Vec<u8> {
        use std::io::{Cursor, Write};
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in [first, "word/document.xml", "other.xml"] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"<x/>").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_a_case_is_made_of_is_taken() {
        assert_eq!(taken(b"%PDF-1.4\n%...", "Report.PDF"), Ok("application/pdf"));
        assert_eq!(taken(&[0xff, 0xd8, 0xff, 0xe0, 0, 16], "photo.jpeg"), Ok("image/jpeg"));
        assert_eq!(taken(&[0x89, b'P', b'N', b'G', 13, 10, 26, 10], "scan.png"), Ok("image/png"));
        assert_eq!(taken(b"{\\rtf1\\ansi", "letter.rtf"), Ok("application/rtf"));
        assert_eq!(taken("Ein Brief, naïve café\r\n".as_bytes(), "note.txt"), Ok("text/plain"));
        for first in ["[Content_Types].xml", "customXml/item1.xml"] {
            let kind = taken(&docx(first), "plan.docx");
            assert_eq!(kind, Ok("application/vnd.openxmlformats-officedocument.wordprocessingml.document"), "{first}");
        }
    }

    #[test]
    fn a_name_that_ends_with_nothing_taken_is_refused_whatever_it_holds() {
        for name in ["run.exe", "macro.docm", "page.html", "pdf", "noextension", "archive.zip", "image.svg", ".", ""] {
            assert_eq!(taken(b"%PDF-1.4\n", name), Err(Mismatch::Name), "{name}");
        }
    }

    #[test]
    fn a_name_that_says_otherwise_than_the_content_is_refused() {
        assert_eq!(taken(b"MZ\x90\x00", "report.pdf"), Err(Mismatch::Content));
        assert_eq!(taken(b"%PDF-1.4\n", "report.docx"), Err(Mismatch::Content));
        assert_eq!(taken(b"%PDF-1.4\n", "report.txt"), Err(Mismatch::Content));
        assert_eq!(taken(b"<!DOCTYPE html><script>", "note.txt"), Err(Mismatch::Content));
        assert_eq!(taken(b"a\0b", "note.txt"), Err(Mismatch::Content));
        assert_eq!(taken(b"PK\x03\x04 an archive of anything", "plan.docx"), Err(Mismatch::Content));
    }

    #[test]
    fn a_character_cut_off_at_the_end_of_what_is_looked_at_is_still_text() {
        assert!(is_text(&"é".as_bytes()[..1]));
        assert!(!is_text(&[0xff, b'a']));
    }
}
