//! What is being written and not sent yet: on the server as one types, and in this browser, for this customer only. It outlives a reload, a crash
//! and the end of the session.

use serde::{Deserialize, Serialize};

use super::model::{Key, TicketId};
use super::priority::Priority;
use super::upload::Uploaded;

/// This browser's copy is forgotten after so many milliseconds: thirty days, as the server's.
const LIFE: u64 = 30 * 86_400_000;

/// What is being written. Its key belongs to the act of writing: sent twice, from two devices, or again after a reload, it is one message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// One for each message or form.
    pub key: Key,
    /// Subject of a new ticket, as typed; empty for a reply.
    #[serde(default)]
    pub subject: String,
    /// As typed.
    pub text: String,
    /// Its files, which the server has; what it has no more it leaves out.
    #[serde(default)]
    pub files: Vec<Uploaded>,
    /// How urgent a new ticket is called; by itself it is nothing to keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

/// The draft of a ticket, or of the new one, as the server has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Grows with each change; 0 when there never was one.
    pub version: u64,
    /// Nothing when it was sent or emptied.
    pub draft: Option<Draft>,
}

/// What is to be kept, by whom, and on top of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeping {
    /// The draft; one with no words forgets it.
    pub draft: Draft,
    /// The page in which it is written.
    pub page: Key,
    /// Counts what this page keeps: of its own writes the latest wins, whichever comes last.
    pub number: u64,
    /// The version that it is written on top of: what is newer is not replaced by what does not know of it.
    pub base: u64,
}

/// What came of keeping it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keepsake {
    /// It is kept, under this version.
    Kept(u64),
    /// It is not: this one is newer.
    Newer(Kept),
}

/// This browser's copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// The draft.
    pub draft: Draft,
    /// The server's version that it comes from.
    pub version: u64,
    /// The server has these words.
    pub saved: bool,
    /// They wait to be sent under this key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Key>,
    /// When, Unix milliseconds.
    pub at: u64,
}

impl Draft {
    /// One with no words.
    pub fn empty(key: Key) -> Self {
        Self {
            key,
            subject: String::new(),
            text: String::new(),
            files: Vec::new(),
            priority: None,
        }
    }

    /// Whether there is nothing in it that would be missed.
    pub fn is_blank(&self) -> bool {
        self.subject.trim().is_empty() && self.text.trim().is_empty() && self.files.is_empty()
    }

    /// Whether both say the same, under whatever key.
    pub fn same_as(&self, other: &Self) -> bool {
        let key = other.key.clone();
        *other
            == Self {
                key,
                ..self.clone()
            }
    }

    /// Both, where each was written without knowing of the other: nothing is lost.
    pub fn joined_with(self, theirs: Self) -> Self {
        if self.is_blank() {
            return theirs;
        }
        Self {
            key: self.key,
            subject: if self.subject.trim().is_empty() {
                theirs.subject
            } else {
                self.subject
            },
            text: match (self.text, theirs.text) {
                (mine, theirs) if mine.contains(theirs.trim()) => mine,
                (mine, theirs) if theirs.contains(mine.trim()) => theirs,
                (mine, theirs) => give_back(&theirs, &mine),
            },
            files: joined(self.files, theirs.files),
            priority: self.priority.or(theirs.priority),
        }
    }
}

/// The files of both, each once.
pub fn joined(mut mine: Vec<Uploaded>, theirs: Vec<Uploaded>) -> Vec<Uploaded> {
    for file in theirs {
        if !mine.iter().any(|it| it.id == file.id) {
            mine.push(file);
        }
    }
    mine
}

/// The name that this browser's copy is kept under: a ticket's, or the new one's.
pub fn name(address: &str, ticket: Option<&TicketId>) -> String {
    let ticket = ticket.map_or("new", TicketId::as_str);
    format!("draft:{address}:{ticket}")
}

/// Whether a draft of that time is still one at this time. A clock that went back is not held against it.
pub fn is_fresh(written: u64, now: u64) -> bool {
    now.saturating_sub(written) < LIFE
}

/// How many characters a text has, counted as the server counts them.
pub fn length(text: &str) -> u32 {
    u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX)
}

/// The text to send and whether it may be: not over the limit, and not blank unless there are files.
pub fn sendable(text: &str, limit: u32, has_files: bool) -> Option<&str> {
    let text = text.trim();
    let length = length(text);
    ((length > 0 || has_files) && length <= limit).then_some(text)
}

/// Puts a text that could not be sent back before what was typed since.
pub fn give_back(returned: &str, typed: &str) -> String {
    if typed.trim().is_empty() {
        returned.to_owned()
    } else if returned.is_empty() {
        typed.to_owned()
    } else {
        format!("{returned}\n\n{typed}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_and_overlong_texts_are_not_sendable() {
        assert_eq!(sendable("  hello\n", 5, false), Some("hello"));
        assert_eq!(sendable(" \n\t ", 5, false), None);
        assert_eq!(sendable("hello!", 5, true), None);
        assert_eq!(sendable("ñandú", 5, false), Some("ñandú"));
        assert_eq!(sendable(" ", 5, true), Some(""));
    }

    #[test]
    fn what_comes_back_does_not_replace_what_was_typed_since() {
        assert_eq!(give_back("first", " "), "first");
        assert_eq!(give_back("", "second"), "second");
        assert_eq!(give_back("first", "second"), "first\n\nsecond");
    }

    #[test]
    fn a_draft_is_kept_for_thirty_days() {
        assert!(is_fresh(1_000, 1_000 + LIFE - 1));
        assert!(!is_fresh(1_000, 1_000 + LIFE));
        assert!(is_fresh(2_000, 1_000));
    }

    #[test]
    fn r6_of_two_drafts_written_apart_nothing_is_lost() {
        let draft = |n: u8, subject: &str, text: &str| Draft {
            key: Key::parse(&format!("0bec6bdc-3f4d-4515-a284-5d916fdde4{n:02}")).unwrap(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            files: Vec::new(),
            priority: None,
        };
        for (mine, theirs, joined) in [
            ("", "theirs", "theirs"),
            ("mine", "", "mine"),
            ("mine", "theirs", "theirs\n\nmine"),
            ("Hello and more", "Hello", "Hello and more"),
            ("Hello", "Hello and more", "Hello and more"),
        ] {
            let of = draft(1, "", mine).joined_with(draft(2, "", theirs));
            assert_eq!(of.text, joined, "{mine} with {theirs}");
        }
        let of = draft(1, "", "mine").joined_with(draft(2, "Their subject", ""));
        assert_eq!(
            (of.subject.as_str(), of.text.as_str()),
            ("Their subject", "mine")
        );
        assert_eq!(of.key, draft(1, "", "").key);
    }
}
