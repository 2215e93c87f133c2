//! What the customer wrote and the server has not confirmed yet: on screen at once, kept until the server has it.

use serde::{Deserialize, Serialize};

use super::markup::Node;
use super::model::{Author, Delivery, Entry, File, Key, Message, MessageKind, TicketId};
use super::upload::Uploaded;
use crate::error::AppError;

/// What waited longer than this in the browser is not sent by itself any more: the server may have forgotten that it came. Milliseconds.
pub const OLD: u64 = 24 * 3_600_000;

/// A message on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Where it belongs.
    pub ticket: TicketId,
    /// The act of writing it: sent again with the same key it is still one message.
    pub key: Key,
    /// As typed.
    pub text: String,
    /// The files that go with it.
    #[serde(default)]
    pub files: Vec<Uploaded>,
    /// When it was written, Unix milliseconds.
    pub at: u64,
    /// Why it is not there.
    pub failed: Option<AppError>,
    /// The server's own copy: it has it, but the thread was not fetched since.
    #[serde(skip)]
    pub stored: Option<Message>,
    /// The browser keeps it, for another tab too, or another day.
    #[serde(skip)]
    pub kept: bool,
}

impl Pending {
    /// Whether it still has to reach the server.
    pub fn is_unsent(&self) -> bool {
        self.stored.is_none()
    }

    /// Whether it found nobody: no connection, or a proxy's page in the portal's place. Then it goes by itself once the portal is back.
    pub fn found_nobody(&self) -> bool {
        self.failed.as_ref().is_some_and(found_nobody)
    }

    /// The message as the thread shows it meanwhile.
    pub fn as_message(&self) -> Message {
        if let Some(stored) = &self.stored {
            return stored.clone();
        }
        Message {
            id: Message::waiting_id(&self.key),
            key: Some(self.key.clone()),
            author: Author::You,
            at: self.at,
            kind: MessageKind::Text,
            body: as_typed(&self.text),
            files: self.files.iter().map(as_file).collect(),
            delivery: if self.failed.is_some() {
                Delivery::Failed
            } else {
                Delivery::Sending
            },
        }
    }
}

/// Whether that says that nobody was found.
pub fn found_nobody(error: &AppError) -> bool {
    match error {
        AppError::Offline => true,
        AppError::Unavailable { reference } => reference.is_empty(),
        _ => false,
    }
}

fn as_file(file: &Uploaded) -> File {
    File {
        id: 0,
        name: file.name.clone(),
        size: file.size,
        kind: file.kind,
        upload: Some(file.id.clone()),
    }
}

/// Paragraphs and line breaks only: the server's own reading of it comes with its answer.
fn as_typed(text: &str) -> Vec<Node> {
    let mut paragraphs: Vec<Vec<Node>> = vec![Vec::new()];
    for line in text.trim().lines() {
        let last = paragraphs.len() - 1;
        if line.trim().is_empty() {
            if !paragraphs[last].is_empty() {
                paragraphs.push(Vec::new());
            }
            continue;
        }
        if !paragraphs[last].is_empty() {
            paragraphs[last].push(Node::Break);
        }
        paragraphs[last].push(Node::Text(line.to_owned()));
    }
    paragraphs.retain(|nodes| !nodes.is_empty());
    paragraphs.into_iter().map(Node::Paragraph).collect()
}

/// The thread with what is on its way at its end. What the server has already is shown once, as the server has it.
pub fn with_pending(entries: &[Entry], pending: &[Pending], ticket: &TicketId) -> Vec<Entry> {
    let mut thread = entries.to_vec();
    thread.extend(
        pending
            .iter()
            .filter(|one| one.ticket == *ticket && !has(entries, &one.key))
            .map(|one| Entry::Message(one.as_message())),
    );
    thread
}

/// Whether the server's thread holds the message of this act of writing.
pub fn has(entries: &[Entry], key: &Key) -> bool {
    entries
        .iter()
        .any(|entry| matches!(entry, Entry::Message(message) if message.key.as_ref() == Some(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(n: u8) -> TicketId {
        TicketId::parse(&format!("6bdc3f4d-0bec-4515-a284-5d916fdde4{n:02}")).unwrap()
    }

    fn key(n: u8) -> Key {
        Key::parse(&format!("0bec6bdc-3f4d-4515-a284-5d916fdde4{n:02}")).unwrap()
    }

    fn pending(n: u8) -> Pending {
        Pending {
            ticket: ticket(1),
            key: key(n),
            text: format!("text {n}"),
            files: Vec::new(),
            at: u64::from(n),
            failed: None,
            stored: None,
            kept: false,
        }
    }

    fn ids(thread: &[Entry]) -> Vec<&str> {
        thread
            .iter()
            .map(|entry| match entry {
                Entry::Message(message) => message.id.as_str(),
                Entry::Event(_) => "event",
            })
            .collect()
    }

    fn from_server(id: &str, key: Option<Key>) -> Entry {
        Entry::Message(Message {
            id: id.to_owned(),
            key,
            ..pending(0).as_message()
        })
    }

    #[test]
    fn what_was_written_stands_at_the_end_until_the_server_has_it() {
        let entries = [from_server("m1", None), from_server("m2", Some(key(7)))];
        let thread = with_pending(&entries, &[pending(7), pending(8)], &ticket(1));
        assert_eq!(ids(&thread), ["m1", "m2", &format!("k{}", key(8))]);
    }

    #[test]
    fn what_was_written_to_another_ticket_is_not_in_this_one() {
        assert!(with_pending(&[], &[pending(7)], &ticket(2)).is_empty());
    }

    #[test]
    fn the_servers_copy_stands_until_the_thread_is_fetched() {
        let Entry::Message(stored) = from_server("m9", Some(key(7))) else {
            unreachable!();
        };
        let mut one = pending(7);
        one.stored = Some(stored);
        assert!(!one.is_unsent());
        assert_eq!(ids(&with_pending(&[], &[one], &ticket(1))), ["m9"]);
    }

    #[test]
    fn blank_lines_part_paragraphs_and_ends_of_line_are_kept() {
        assert_eq!(
            as_typed("one\ntwo\n\n\nthree\n"),
            [
                Node::Paragraph(vec![
                    Node::Text("one".to_owned()),
                    Node::Break,
                    Node::Text("two".to_owned()),
                ]),
                Node::Paragraph(vec![Node::Text("three".to_owned())]),
            ]
        );
    }
}
