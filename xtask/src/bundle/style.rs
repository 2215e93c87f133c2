//! One stylesheet from the files of style/, in the order in which their layers build on each other.

use std::fs;
use std::path::{Path, PathBuf};

use super::stamp::files_under;
use crate::problem::{During, Outcome};

const FIRST: [&str; 4] = ["tokens.css", "reset.css", "base.css", "layout.css"];
const LAST: [&str; 2] = ["utilities.css", "print.css"];

/// All styles as one text without comments; files that are missing are skipped.
pub(crate) fn joined(folder: &Path) -> Outcome<String> {
    let mut style = String::new();
    for file in in_order(folder)? {
        let text = fs::read_to_string(&file).during(format!("reading {}", file.display()))?;
        style.push_str(&without_comments(&text));
    }
    Ok(style)
}

fn in_order(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut components = files_under(&folder.join("components"))?;
    components.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
    let named = |names: &[&str]| -> Vec<PathBuf> {
        let paths = names.iter().map(|name| folder.join(name));
        paths.filter(|path| path.is_file()).collect()
    };
    Ok([named(&FIRST), components, named(&LAST)].concat())
}

/// Takes out comments, indentation and empty lines; what stands in quotes stays as it is.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut quote = None;
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '/') if characters.peek() == Some(&'*') => {
                characters.next();
                let mut before = ' ';
                for inside in characters.by_ref() {
                    if before == '*' && inside == '/' {
                        break;
                    }
                    before = inside;
                }
                continue;
            }
            (None, '"' | '\'') => quote = Some(character),
            (Some(_), '\\') => {
                kept.push(character);
                kept.extend(characters.next());
                continue;
            }
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
        kept.push(character);
    }
    let mut lines = String::with_capacity(kept.len());
    for line in kept.lines().map(str::trim).filter(|line| !line.is_empty()) {
        lines.push_str(line);
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_joined_in_the_order_of_their_layers() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("components")).unwrap();
        for name in [
            "print.css",
            "utilities.css",
            "components/toast.css",
            "components/badge.css",
            "components/notes.txt",
            "base.css",
            "tokens.css",
            "stray.css",
        ] {
            fs::write(
                folder.path().join(name),
                format!("/* {name} */\n.{name} {{ }}"),
            )
            .unwrap();
        }
        assert_eq!(
            joined(folder.path()).unwrap(),
            ".tokens.css { }\n.base.css { }\n.components/badge.css { }\n.components/toast.css { }\n.utilities.css { }\n.print.css { }\n"
        );
    }

    #[test]
    fn comments_go_and_text_in_quotes_stays() {
        assert_eq!(
            without_comments("a { /* one\n * two */\n  content: \"/* \\\" kept */\";\n}\n/**/\n"),
            "a {\ncontent: \"/* \\\" kept */\";\n}\n"
        );
    }
}
