//! Reads `.env` as the seed portal's `dotenv` (Node) does, so that its file works unchanged: blanks in a value need no quotes, `$` means
//! nothing, `#` begins a comment outside quotes, and only double quotes know `\n`. (Rust's dotenvy refuses the first and expands the second.)

use std::collections::HashMap;

/// The variables of a file; of a name that comes twice the last counts. A line that is none is passed over, as there.
pub(super) fn parse(text: &str) -> HashMap<String, String> {
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n");
    let mut variables = HashMap::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let Some((name, after)) = name(&rest[..line_end]) else {
            rest = rest.get(line_end + 1..).unwrap_or_default();
            continue;
        };
        let start = line_end - after.len();
        let (value, length) = value(&rest[start..]);
        variables.insert(name.to_owned(), value);
        let end = start + length;
        let next = rest[end..].find('\n').map_or(rest.len(), |at| end + at + 1);
        rest = &rest[next..];
    }
    variables
}

/// The name of a line, and what comes behind its `=` or `: `.
fn name(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let line = match line.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => line,
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let end = line.find(|c| !is_part(c)).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let value = match rest.trim_start().strip_prefix('=') {
        Some(value) => value,
        None => rest
            .strip_prefix(':')
            .filter(|it| it.starts_with([' ', '\t']))?,
    };
    (!name.is_empty()).then_some((name, value))
}

/// The value at the beginning of a text, and how many bytes it takes. A quoted one may go over several lines.
fn value(text: &str) -> (String, usize) {
    let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
    let inner = &text[blanks..];
    if let Some(quote) = inner
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))
        && let Some(end) = closing(&inner[1..], quote)
    {
        let raw = &inner[1..=end];
        let value = if quote == '"' {
            raw.replace("\\n", "\n").replace("\\r", "\r")
        } else {
            raw.to_owned()
        };
        return (value, blanks + end + 2);
    }
    let end = text.find(['#', '\n']).unwrap_or(text.len());
    (text[..end].trim().to_owned(), end)
}

/// Where the quote closes: one with a backslash before it does not.
fn closing(text: &str, quote: char) -> Option<usize> {
    text.match_indices(quote)
        .map(|(at, _)| at)
        .find(|at| !text[..*at].ends_with('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<String> {
        parse(text).remove("A")
    }

    #[test]
    fn values_are_read_as_by_the_seed() {
        for (line, value) in [
            ("A=b", "b"),
            ("A = b ", "b"),
            ("export A=b", "b"),
            ("A: b", "b"),
            ("A=", ""),
            (
                "A=Support <portal@example.com>",
                "Support <portal@example.com>",
            ),
            ("A=pa$$word$HOME", "pa$$word$HOME"),
            ("A=b # said by the way", "b"),
            ("A=\"b # c\" # d", "b # c"),
            ("A='b\\nc'", "b\\nc"),
            ("A=\"b\\nc\"", "b\nc"),
            ("A=`it's \"so\"`", "it's \"so\""),
            ("A=\"two\nlines\"", "two\nlines"),
            ("A='not closed", "'not closed"),
            ("A=b=c==", "b=c=="),
            ("A=b\r\nB=c", "b"),
            ("A=1\nA=2", "2"),
            ("\u{feff}A=b", "b"),
        ] {
            assert_eq!(one(line).as_deref(), Some(value), "{line:?}");
        }
    }

    #[test]
    fn lines_that_are_none_are_passed_over() {
        for line in ["", "# A=b", "A", "=b", "A b", "  ", "exportA=b"] {
            assert_eq!(one(line), None, "{line:?}");
        }
        assert_eq!(one("nonsense\n\nA=b\n").as_deref(), Some("b"));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(text in ".*") {
            parse(&text);
        }

        #[test]
        fn no_odd_bytes_break_it(text in "[A=\"'`#\\\\\n :é]*") {
            parse(&text);
        }
    }
}
