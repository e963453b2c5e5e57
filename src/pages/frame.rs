//! What stands around every page: its head, the way past the navigation, the navigation and the foot.

use maud::{DOCTYPE, Markup, html};

use super::STYLESHEET;

/// The pages that the navigation leads to, by address and name.
const NAVIGATION: [(&str, &str); 3] =
    [("/law", "Time limits in law"), ("/law/calculator", "Work out deadlines"), ("/docs/", "For programs: the API")];

/// A whole page. `here` is its own address, `foot` what it says of itself at its end.
pub fn framed(title: &str, here: &str, content: &Markup, foot: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                title { (title) " – EHC Casework" }
                link rel="stylesheet" href=(STYLESHEET);
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header.band {
                    div.width {
                        p.name { "EHC Casework" }
                        nav aria-label="Pages" {
                            ul {
                                @for (address, name) in NAVIGATION {
                                    li { a href=(address) aria-current=[(address == here).then_some("page")] { (name) } }
                                }
                            }
                        }
                    }
                }
                main #content .width tabindex="-1" { (content) }
                footer.foot { div.width { (foot) } }
            }
        }
    }
}
