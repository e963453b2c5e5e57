//! A paper as a Word document (ECMA-376), readable by assistive technology: language, title, headings, lists and heads of tables
//! are marked as what they are.

use std::fmt;
use std::io::{Cursor, Write};

use maud::{Markup, PreEscaped, html};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::paper::{Block, Paper, Table};

/// The document could not be written.
#[derive(Debug)]
pub struct NotWritten(String);

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotWritten {}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl Paper {
    /// The whole document; the same paper gives the same bytes.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn docx(&self) -> Result<Vec<u8>, NotWritten> {
        let parts = [
            ("[Content_Types].xml", content_types()),
            ("_rels/.rels", package_relationships()),
            ("docProps/core.xml", properties(&self.title)),
            ("word/_rels/document.xml.rels", document_relationships()),
            ("word/styles.xml", styles()),
            ("word/numbering.xml", numbering()),
            ("word/document.xml", self.document()),
        ];
        let no = |error: &dyn fmt::Display| NotWritten(error.to_string());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // A fixed time: what was sent can be made again, byte for byte.
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
        for (name, xml) in parts {
            zip.start_file(name, options).map_err(|error| no(&error))?;
            zip.write_all(DECLARATION.as_bytes()).map_err(|error| no(&error))?;
            zip.write_all(xml.into_string().as_bytes()).map_err(|error| no(&error))?;
        }
        Ok(zip.finish().map_err(|error| no(&error))?.into_inner())
    }

    fn document(&self) -> Markup {
        html! {
            w:document xmlns:w=(MAIN) {
                w:body {
                    @for block in &self.head { (written(block)) }
                    (styled("Title", &self.title))
                    @for block in &self.blocks { (written(block)) }
                    w:sectPr {
                        w:pgSz w:w="11906" w:h="16838" {}
                        w:pgMar w:top="1134" w:right="1021" w:bottom="1134" w:left="1021" w:header="567" w:footer="567" w:gutter="0" {}
                    }
                }
            }
        }
    }
}

fn written(block: &Block) -> Markup {
    match block {
        Block::Heading(2, text) => styled("Heading2", text),
        Block::Heading(_, text) => styled("Heading3", text),
        Block::Text(text) => styled("Normal", text),
        Block::List(items) => html! { @for item in items { (styled("ListBullet", item)) } },
        Block::Terms(terms) => html! {
            @for (term, said) in terms {
                w:p { w:r { w:rPr { w:b {} } (text(&format!("{term}: "))) } w:r { (lines(said)) } }
            }
        },
        Block::Table(table) => written_table(table),
    }
}

fn styled(style: &str, words: &str) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val=(style) {} } w:r { (lines(words)) } } }
}

fn lines(words: &str) -> Markup {
    html! {
        @for (at, line) in words.lines().enumerate() {
            @if at > 0 { w:br {} }
            (text(line))
        }
    }
}

/// Text without the characters that XML forbids.
fn text(words: &str) -> Markup {
    let allowed: String =
        words.chars().filter(|c| *c == '\t' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))).collect();
    html! { w:t xml:space="preserve" { (allowed) } }
}

fn written_table(table: &Table) -> Markup {
    let width = 9864 / table.head.len().max(1);
    html! {
        (styled("Caption", &table.caption))
        w:tbl {
            w:tblPr {
                w:tblStyle w:val="TableGrid" {}
                w:tblW w:w="5000" w:type="pct" {}
                w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1" {}
                w:tblCaption w:val=(table.caption) {}
            }
            w:tblGrid { @for _ in &table.head { w:gridCol w:w=(width) {} } }
            w:tr {
                w:trPr { w:tblHeader {} }
                @for head in &table.head {
                    w:tc { w:tcPr { w:tcW w:w=(width) w:type="dxa" {} } w:p { w:r { w:rPr { w:b {} } (text(head)) } } }
                }
            }
            @for row in &table.rows {
                w:tr {
                    w:trPr { w:cantSplit {} }
                    @for cell in row {
                        w:tc {
                            w:tcPr { w:tcW w:w=(width) w:type="dxa" {} }
                            @for words in cell { (styled("Normal", words)) }
                            @if cell.is_empty() { w:p {} }
                        }
                    }
                }
            }
        }
        w:p {}
    }
}

fn content_types() -> Markup {
    let part = |name: &str, kind: &str| {
        let kind = format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
        html! { Override PartName=(name) ContentType=(kind) {} }
    };
    html! {
        Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types" {
            Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" {}
            Default Extension="xml" ContentType="application/xml" {}
            Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml" {}
            (part("/word/document.xml", "document.main"))
            (part("/word/styles.xml", "styles"))
            (part("/word/numbering.xml", "numbering"))
        }
    }
}

fn package_relationships() -> Markup {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    html! {
        Relationships xmlns=(RELATIONSHIPS) {
            Relationship Id="rId1" Type={ (OFFICE) "/officeDocument" } Target="word/document.xml" {}
            Relationship Id="rId2" Type=(core) Target="docProps/core.xml" {}
        }
    }
}

fn document_relationships() -> Markup {
    html! {
        Relationships xmlns=(RELATIONSHIPS) {
            Relationship Id="rId1" Type={ (OFFICE) "/styles" } Target="styles.xml" {}
            Relationship Id="rId2" Type={ (OFFICE) "/numbering" } Target="numbering.xml" {}
        }
    }
}

fn properties(title: &str) -> Markup {
    html! {
        cp:coreProperties
            xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            xmlns:dc="http://purl.org/dc/elements/1.1/" {
            dc:title { (title) }
            dc:language { "en-GB" }
        }
    }
}

/// One kind of bullet, for every list.
fn numbering() -> Markup {
    html! {
        w:numbering xmlns:w=(MAIN) {
            w:abstractNum w:abstractNumId="0" {
                w:lvl w:ilvl="0" {
                    w:start w:val="1" {}
                    w:numFmt w:val="bullet" {}
                    w:lvlText w:val="•" {}
                    w:lvlJc w:val="left" {}
                    w:pPr { w:ind w:left="454" w:hanging="284" {} }
                }
            }
            w:num w:numId="1" { w:abstractNumId w:val="0" {} }
        }
    }
}

fn styles() -> Markup {
    let heading = |id: &str, name: &str, level: Option<u8>, size: &str| {
        html! {
            w:style w:type="paragraph" w:styleId=(id) {
                w:name w:val=(name) {}
                w:basedOn w:val="Normal" {}
                w:next w:val="Normal" {}
                w:qFormat {}
                w:pPr {
                    w:keepNext {}
                    w:spacing w:before="280" w:after="80" {}
                    @if let Some(level) = level { w:outlineLvl w:val=(level) {} }
                }
                w:rPr { w:b {} w:sz w:val=(size) {} }
            }
        }
    };
    let border = |side: &str| {
        let side = format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"5B6873\"/>");
        PreEscaped(side)
    };
    html! {
        w:styles xmlns:w=(MAIN) {
            w:docDefaults {
                w:rPrDefault {
                    w:rPr {
                        w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" {}
                        w:sz w:val="24" {}
                        w:lang w:val="en-GB" {}
                    }
                }
                w:pPrDefault { w:pPr { w:spacing w:after="120" w:line="288" w:lineRule="auto" {} } }
            }
            w:style w:type="paragraph" w:default="1" w:styleId="Normal" { w:name w:val="Normal" {} w:qFormat {} }
            // The title is the heading of the first level, so that the outline begins with it.
            (heading("Title", "Title", Some(0), "36"))
            (heading("Heading2", "heading 2", Some(1), "28"))
            (heading("Heading3", "heading 3", Some(2), "25"))
            (heading("Caption", "caption", None, "22"))
            w:style w:type="paragraph" w:styleId="ListBullet" {
                w:name w:val="List Bullet" {}
                w:basedOn w:val="Normal" {}
                w:pPr { w:numPr { w:ilvl w:val="0" {} w:numId w:val="1" {} } }
            }
            w:style w:type="table" w:styleId="TableGrid" {
                w:name w:val="Table Grid" {}
                w:tblPr {
                    w:tblBorders {
                        @for side in ["top", "left", "bottom", "right", "insideH", "insideV"] { (border(side)) }
                    }
                    w:tblCellMar {
                        w:left w:w="108" w:type="dxa" {}
                        w:right w:w="108" w:type="dxa" {}
                    }
                }
            }
        }
    }
}
