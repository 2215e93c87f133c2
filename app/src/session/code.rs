//! The form of a sign-in code, as far as the browser must know it to send a pasted one at once. The server judges.

/// Characters of a code, shown as `K7QF-2M9X`.
const LENGTH: usize = 8;

/// Whether this is a whole code, however it is written.
pub fn is_whole(typed: &str) -> bool {
    let meant = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '_' | '.'));
    let mut count = 0;
    for c in meant {
        if !c.is_ascii_alphanumeric() {
            return false;
        }
        count += 1;
    }
    count == LENGTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_whole_in_any_spelling() {
        for typed in ["K7QF-2M9X", "k7qf2m9x", " K7QF 2M9X ", "k7qf–2m9x"] {
            assert!(is_whole(typed), "{typed}");
        }
    }

    #[test]
    fn what_is_too_short_too_long_or_something_else_is_no_whole_code() {
        for typed in ["", "K7QF-2M9", "K7QF-2M9XX", "K7QF+2M9", "https://x"] {
            assert!(!is_whole(typed), "{typed}");
        }
    }
}
