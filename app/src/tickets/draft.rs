//! What is being written and not sent yet. It outlives a reload, a crash and the end of the session, in this browser and for this customer only.

use serde::{Deserialize, Serialize};

use super::model::{Key, TicketId};

/// A draft is forgotten after so many milliseconds: a week.
const LIFE: u64 = 7 * 86_400_000;

/// A reply being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyDraft {
    /// As typed.
    pub text: String,
    /// When, Unix milliseconds.
    pub at: u64,
}

/// A new ticket being written. Its key belongs to the form: sent twice, or again after a reload, it is one ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketDraft {
    /// One for each form filled in.
    pub key: Key,
    /// As typed.
    pub subject: String,
    /// As typed.
    pub message: String,
    /// When, Unix milliseconds.
    pub at: u64,
}

/// The name that a reply's draft is kept under.
pub fn reply_name(address: &str, ticket: &TicketId) -> String {
    format!("draft:{address}:{ticket}")
}

/// The name that the new ticket's draft is kept under.
pub fn ticket_name(address: &str) -> String {
    format!("draft:{address}:new")
}

/// Whether a draft of that time is still one at this time. A clock that went back is not held against it.
pub fn is_fresh(written: u64, now: u64) -> bool {
    now.saturating_sub(written) < LIFE
}

/// How many characters a text has, counted as the server counts them.
pub fn length(text: &str) -> u32 {
    u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX)
}

/// The text to send and whether it may be: not blank, not over the limit.
pub fn sendable(text: &str, limit: u32) -> Option<&str> {
    let text = text.trim();
    let length = length(text);
    (length > 0 && length <= limit).then_some(text)
}

/// Puts a text that could not be sent back before what was typed since.
pub fn give_back(returned: &str, typed: &str) -> String {
    if typed.trim().is_empty() {
        returned.to_owned()
    } else {
        format!("{returned}\n\n{typed}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_and_overlong_texts_are_not_sendable() {
        assert_eq!(sendable("  hello\n", 5), Some("hello"));
        assert_eq!(sendable(" \n\t ", 5), None);
        assert_eq!(sendable("hello!", 5), None);
        assert_eq!(sendable("ñandú", 5), Some("ñandú"));
    }

    #[test]
    fn what_comes_back_does_not_replace_what_was_typed_since() {
        assert_eq!(give_back("first", " "), "first");
        assert_eq!(give_back("first", "second"), "first\n\nsecond");
    }

    #[test]
    fn a_draft_is_kept_for_a_week() {
        assert!(is_fresh(1_000, 1_000 + LIFE - 1));
        assert!(!is_fresh(1_000, 1_000 + LIFE));
        assert!(is_fresh(2_000, 1_000));
    }
}
