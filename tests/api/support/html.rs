//! Is a page well formed? Reads HTML as the elements it holds, and tells what no reader should have to guess.

use std::collections::BTreeMap;

/// Elements that have no end.
const VOID: [&str; 5] = ["meta", "link", "input", "br", "hr"];

/// An element with the text in it and the names of those around it.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub text: String,
    pub within: Vec<String>,
}

impl Element {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// The elements of a page in their order.
pub struct Html(pub Vec<Element>);

impl Html {
    /// Reads a page whose every element is closed in its turn and whose every attribute is quoted; any other is an error.
    pub fn read(page: &str) -> Result<Self, String> {
        let mut rest = page.strip_prefix("<!DOCTYPE html>").ok_or("the page does not begin with its doctype")?;
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        while let Some(at) = rest.find('<') {
            let text = unescaped(&rest[..at])?;
            open.iter().for_each(|element| elements[*element].text.push_str(&text));
            let end = rest.find('>').ok_or("a tag that does not end")?;
            let tag = &rest[at + 1..end];
            rest = &rest[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                let last = open.pop().ok_or(format!("</{name}> closes nothing"))?;
                if elements[last].name != name {
                    return Err(format!("</{name}> closes <{}>", elements[last].name));
                }
                continue;
            }
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let within = open.iter().map(|element| elements[*element].name.clone()).collect();
            elements.push(Element { name: name.into(), attributes: attributes_of(attributes)?, text: String::new(), within });
            if !VOID.contains(&name) {
                open.push(elements.len() - 1);
            }
        }
        match open.first() {
            Some(element) => Err(format!("<{}> is not closed", elements[*element].name)),
            None if elements.first().is_none_or(|root| root.name != "html") => Err("the root is not <html>".into()),
            None => Ok(Self(elements)),
        }
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.0.iter().filter(move |element| element.name == name)
    }

    /// The element with an id.
    #[track_caller]
    pub fn id(&self, id: &str) -> &Element {
        self.0.iter().find(|element| element.get("id") == Some(id)).unwrap_or_else(|| panic!("nothing has the id {id}"))
    }

    /// Where links lead.
    pub fn links(&self) -> Vec<&str> {
        self.all("a").filter_map(|link| link.get("href")).collect()
    }
}

fn attributes_of(mut rest: &str) -> Result<BTreeMap<String, String>, String> {
    let mut attributes = BTreeMap::new();
    while !rest.is_empty() {
        let (name, after) = match rest.split_once([' ', '=']) {
            Some((name, after)) if rest.as_bytes()[name.len()] == b'=' => (name, Some(after)),
            Some((name, after)) => {
                attributes.insert(name.to_owned(), String::new());
                rest = after;
                continue;
            }
            None => (rest, None),
        };
        let mut value = String::new();
        rest = match after {
            None => "",
            Some(after) => {
                let quoted = after.strip_prefix('"').ok_or(format!("{name} is not quoted"))?;
                let (inside, after) = quoted.split_once('"').ok_or(format!("{name} is not closed"))?;
                value = unescaped(inside)?;
                after.trim_start()
            }
        };
        if attributes.insert(name.to_owned(), value).is_some() {
            return Err(format!("{name} is there twice"));
        }
    }
    Ok(attributes)
}

fn unescaped(text: &str) -> Result<String, String> {
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    let stray = known.iter().fold(text.to_owned(), |text, (entity, _)| text.replace(entity, ""));
    if stray.contains(['&', '>']) {
        return Err(format!("not escaped: {stray}"));
    }
    Ok(known.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter)))
}

#[test]
fn what_is_not_well_formed_is_told() {
    let page = |body: &str| Html::read(&format!("<!DOCTYPE html><html>{body}</html>")).map(|html| html.0.len());
    assert_eq!(page(r#"<p id="a" hidden>1 &amp; 2<br></p>"#), Ok(3));
    for broken in ["<p>", "</p>", "<p><b></p></b>", "<p>1 & 2</p>", "<p id=a></p>", r#"<p id="a" id="b"></p>"#, "<p>></p>"] {
        assert!(page(broken).is_err(), "{broken}");
    }
}
