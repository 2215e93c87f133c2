//! How long a reply takes until it cannot be lost, next to the least that any program needs for that in the same folder; and how long
//! a store with many sessions takes to be opened.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use app::tickets::model::{Key, TicketId};
use rusqlite::Transaction;
use tokio::time::Instant;

use super::millis;
use crate::store::customers::{self, CustomerId};
use crate::store::outbox::{self, Kind, NewEntry};
use crate::store::{Store, StoreError, drafts, sessions, tickets};

/// Replies, and bare writes in turn with them, so that whatever else the machine does happens to both.
const PAIRS: usize = 201;
/// A bare write is as large as a page of the store.
const PAGE: usize = 4096;
const OPENINGS: usize = 5;
const TEXT: &str = "It says *paper jam*, but there is none. I have looked behind the roller, too.";

/// A line for each figure, from a store in this folder, which holds none yet.
pub(super) async fn lines(folder: &Path, sessions: u32) -> Result<Vec<String>, StoreError> {
    let ticket = TicketId::from("6bdc3f4d-0bec-4515-a284-b6b6a37f21b8".to_owned());
    let mut store = Store::open(folder)?;
    let own = ticket.clone();
    let customer = store
        .write(move |tx| {
            let customer = customers::find_or_make(tx, "ada@example.com", None, 1)?.id;
            tickets::change(tx, customer, &own, 1, |change| change.begin("Printer", 1))?;
            (0..sessions).try_for_each(|n| {
                let mut hash = [0; 32];
                // As far from each other as hashes are.
                hash[..4].copy_from_slice(&n.wrapping_mul(2_654_435_761).to_be_bytes());
                sessions::begin(tx, &hash, customer, "Firefox on Windows", 1)
            })?;
            Ok(customer)
        })
        .await?;
    let (mut replies, mut bare) = (Vec::new(), Vec::new());
    let failed = |error| StoreError::Folder(folder.to_owned(), error);
    let mut file = File::create(folder.join("bare")).map_err(failed)?;
    for n in 0..PAIRS {
        let begun = Instant::now();
        let ticket = ticket.clone();
        store
            .write(move |tx| reply(tx, customer, ticket, n))
            .await?;
        replies.push(begun.elapsed());
        let begun = Instant::now();
        file.write_all(&[b'x'; PAGE]).map_err(failed)?;
        file.sync_data().map_err(failed)?;
        bare.push(begun.elapsed());
    }
    let mut openings = Vec::new();
    for _ in 0..OPENINGS {
        store.close().await;
        drop(store);
        let begun = Instant::now();
        store = Store::open(folder)?;
        openings.push(begun.elapsed());
    }
    store.close().await;
    let (reply, bare) = (middle(replies), middle(bare));
    Ok(vec![
        format!("durable_reply_p50 {:.3} ms", millis(reply)),
        format!(
            "durable_reply_to_bare_write {:.3} ratio",
            reply.as_secs_f64() / bare.as_secs_f64()
        ),
        format!(
            "open_store_of_1e5_sessions_p50 {:.3} ms",
            millis(middle(openings))
        ),
    ])
}

/// What taking a reply stores.
pub(super) fn reply(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: TicketId,
    n: usize,
) -> Result<(), StoreError> {
    let key = format!("00000000-0000-4000-8000-{n:012}");
    let Some(key) = Key::parse(&key) else {
        return Err(StoreError::Row("keys", key));
    };
    let entry = NewEntry {
        customer,
        key,
        ticket,
        kind: Kind::Reply,
        subject: String::new(),
        text: TEXT.to_owned(),
        files: Vec::new(),
        priority: None,
    };
    let now = 2 + n as u64;
    outbox::add(tx, &entry, &[], now)?;
    drafts::sent(tx, customer, &entry.key, now)?;
    tickets::touch(tx, customer, &entry.ticket, now)
}

/// The one that half are at most as long as.
pub(super) fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_figure_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let lines = lines(folder.path(), 100).await.unwrap();
        for line in &lines {
            let words: Vec<_> = line.split(' ').collect();
            assert!(words[1].parse::<f64>().unwrap() > 0.0, "{line}");
            assert!(["ms", "ratio"].contains(&words[2]), "{line}");
        }
        assert_eq!(lines.len(), 3);
    }
}
