//! The subject: how agents read it at the head of a ticket's first message, and how it is taken off there for the customer.

use crate::markup::escape_markdown;

/// The first message as agents read it: the subject in bold, a blank line, the text; the subject alone if there are only files.
pub fn first_message(subject: &str, text: &str) -> String {
    if text.is_empty() {
        return subject_line(subject);
    }
    format!("{}\n\n{text}", subject_line(subject))
}

/// The bold line with which a first message begins.
pub fn subject_line(subject: &str) -> String {
    format!("**{}**", escape_markdown(subject))
}

/// The text of a first message without the line that says its subject, if it begins with exactly that. Earlier portals escaped fewer
/// characters than we do, or none. A message with files may have nothing else.
pub(super) fn without_subject_line<'a>(text: &'a str, subject: &str, has_files: bool) -> &'a str {
    if subject.is_empty() {
        return text;
    }
    let (line, rest) = match text.split_once("\n\n") {
        Some(parts) => parts,
        None if has_files => (text, ""),
        None => return text,
    };
    let said = line.strip_prefix("**").and_then(|it| it.strip_suffix("**"));
    match said {
        Some(said) if said == subject || unescaped(said) == subject => rest,
        _ => text,
    }
}

/// Markdown's backslashes before what they escape, taken off.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let escapes = c == '\\' && rest.peek().is_some_and(char::is_ascii_punctuation);
        out.push(if escapes { rest.next().unwrap_or(c) } else { c });
    }
    out
}

/// A subject in one line, without control characters.
pub(super) fn one_line(subject: &str) -> String {
    let words = subject.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
