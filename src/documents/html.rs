//! A paper as a page: no scripts, nothing loaded from elsewhere, and fit to be printed.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::paper::{Block, Paper, Table};

/// The one style of every paper. It is written into the page, so that a page that was kept needs nothing else.
pub const STYLE: &str = include_str!("style.css");

impl Paper {
    /// The whole page.
    pub fn html(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en-GB" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        @if !self.head.is_empty() { div.head { @for block in &self.head { (written(block)) } } }
                        h1 { (self.title) }
                        @for block in &self.blocks { (written(block)) }
                    }
                }
            }
        };
        page.into_string()
    }
}

fn written(block: &Block) -> Markup {
    match block {
        Block::Heading(2, text) => html! { h2 { (text) } },
        Block::Heading(_, text) => html! { h3 { (text) } },
        Block::Text(text) => paragraph(text),
        Block::List(items) => html! { ul { @for item in items { li { (item) } } } },
        Block::Terms(terms) => html! { dl { @for (term, said) in terms { dt { (term) } dd { (said) } } } },
        Block::Table(table) => written_table(table),
    }
}

fn paragraph(text: &str) -> Markup {
    html! {
        p {
            @for (at, line) in text.lines().enumerate() {
                @if at > 0 { br; }
                (line)
            }
        }
    }
}

fn written_table(table: &Table) -> Markup {
    html! {
        table {
            caption { (table.caption) }
            thead { tr { @for head in &table.head { th scope="col" { (head) } } } }
            tbody {
                @for row in &table.rows {
                    tr { @for cell in row { td { @for text in cell { (paragraph(text)) } } } }
                }
            }
        }
    }
}
