//! What is on a paper, whatever it is written as: headings, paragraphs, lists, tables, terms.

/// A paper: what a letter or a plan holds, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its title: the one heading of the first level.
    pub title: String,
    /// What stands above the title.
    pub head: Vec<Block>,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// One thing on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of the second or third level.
    Heading(u8, String),
    /// A paragraph; its lines are kept.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// Terms, each with what is said of it.
    Terms(Vec<(String, String)>),
    /// A table.
    Table(Table),
}

/// A table with a caption and a row of heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows: cells, each of paragraphs.
    pub rows: Vec<Vec<Vec<String>>>,
}
