//! How long one page of a list takes where a customer has ten thousand tickets with a hundred thousand messages.

use std::path::Path;
use std::time::Duration;

use app::tickets::find::Find;
use app::tickets::markup::Node;
use app::tickets::model::{Author, MessageKind, TicketId};
use rusqlite::Transaction;
use tokio::time::Instant;

use super::millis;
use crate::store::customers::{self, CustomerId};
use crate::store::{Store, StoreError, tickets};
use crate::translate::{Side, Translated};
use crate::words::Sought;

const TICKETS: u32 = 10_000;
const MESSAGES_EACH: u32 = 10;
/// Tickets on a page, as the portal asks for them.
const PAGE: usize = 50;
const TRIES: usize = 11;

/// What is asked: nothing, a word of some thirty messages, one that no ticket has, and one of every message.
const ASKED: [(&str, &str); 4] = [
    ("list_of_1e4_p50", ""),
    ("find_rare_word_p50", "ver1a2f"),
    ("find_no_such_word_p50", "nothing"),
    ("find_word_of_all_p50", "please"),
];

/// A line for each, from a store in this folder, which holds none yet.
pub(super) async fn lines(folder: &Path) -> Result<Vec<String>, StoreError> {
    let store = Store::open(folder)?;
    let customer = store
        .write(|tx| {
            let customer = customers::find_or_make(tx, "ada@example.com", None, 1)?.id;
            (0..TICKETS).try_for_each(|n| ticket(tx, customer, n))?;
            Ok(customer)
        })
        .await?;
    let mut lines = Vec::new();
    for (name, words) in ASKED {
        let mut took = Vec::new();
        for _ in 0..TRIES {
            took.push(once(&store, customer, words).await?);
        }
        took.sort();
        let middle = took.get(TRIES / 2).copied().unwrap_or_default();
        lines.push(format!("{name} {:.3} ms", millis(middle)));
    }
    store.close().await;
    Ok(lines)
}

async fn once(
    store: &Store,
    customer: CustomerId,
    words: &'static str,
) -> Result<Duration, StoreError> {
    let begun = Instant::now();
    let read = move |tx: &Transaction<'_>| {
        let sought = (!words.is_empty()).then(|| Sought::read(words));
        tickets::page(tx, customer, &Find::default(), sought.as_ref(), None, PAGE)
    };
    store.read(read).await?;
    Ok(begun.elapsed())
}

fn ticket(tx: &Transaction<'_>, customer: CustomerId, n: u32) -> Result<(), StoreError> {
    let id = TicketId::from(format!("6bdc3f4d-0bec-4515-a284-{n:012}"));
    let at = 1_000 + u64::from(n);
    tickets::change(tx, customer, &id, at, |change| {
        change.begin(&format!("Ticket {n}"), at)?;
        (0..MESSAGES_EACH).try_for_each(|m| change.message(&message(n * MESSAGES_EACH + m)))
    })?;
    Ok(())
}

/// A message of some thirty words, most of them in few others.
pub(super) fn message(n: u32) -> Translated {
    let mut text = "please".to_owned();
    for k in 0..30 {
        let start = ["the", "a", "to", "ver", "ent"][k as usize % 5];
        let rest = (n + 1).wrapping_mul(2_654_435_761).rotate_left(k) % 20_000;
        text.push_str(&format!(" {start}{rest:x}"));
    }
    Translated {
        id: u64::from(n) + 1,
        at: 1_000,
        key: None,
        side: Side::You,
        author: Author::You,
        kind: MessageKind::Text,
        preview: text.chars().take(160).collect(),
        body: vec![Node::Paragraph(vec![Node::Text(text)])],
        files: Vec::new(),
        inline: Vec::new(),
        mail_id: None,
    }
}
