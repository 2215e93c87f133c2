//! Reads all conversations of the inbox, oldest first, until as many were seen as Chatwoot says that there are.

use std::collections::HashSet;
use std::num::NonZeroU32;

use chatwoot::{ContactId, Conversation, SourceId};

use super::Parts;
use crate::store::adoption::Features;

/// What all source ids of the portal begin with.
pub(super) const OURS: &str = "p1_";
/// Rows can slip past while pages are read: then all are read again, so often.
const ROUNDS: usize = 3;
/// How often the log says how far it is, in pages.
const WORD_EACH: u32 = 20;

/// A conversation that is none of ours.
pub(super) struct Found {
    /// Its contact of this moment.
    pub contact: Option<ContactId>,
    /// By what it will be recognised.
    pub features: Features,
}

/// What the inbox has.
#[derive(Default)]
pub(super) struct Scan {
    /// Those that an earlier portal, or an agent, began.
    pub found: Vec<Found>,
    /// How many are this portal's own.
    pub ours: u64,
    /// When the first one began that bears a mark as ours do, in Chatwoot's seconds.
    pub first_mark: Option<i64>,
}

/// Reads the whole inbox.
pub(super) async fn all(parts: &Parts) -> Result<Scan, chatwoot::Error> {
    let mut scan = Scan::default();
    let mut seen = HashSet::new();
    for _ in 0..ROUNDS {
        let total = round(parts, &mut scan, &mut seen).await?;
        if total.is_none_or(|total| seen.len() as u64 >= total) {
            break;
        }
    }
    Ok(scan)
}

/// Reads all pages once. Answers with how many there are, if Chatwoot says.
async fn round(
    parts: &Parts,
    scan: &mut Scan,
    seen: &mut HashSet<u64>,
) -> Result<Option<u64>, chatwoot::Error> {
    let mut page = NonZeroU32::MIN;
    loop {
        let rows = parts.chatwoot.conversations_of_inbox(page).await?;
        for row in &rows.rows {
            if seen.insert(row.id.number()) {
                scan.take(row);
            }
        }
        if page.get() % WORD_EACH == 0 {
            let of = rows
                .total
                .map_or(String::new(), |total| format!(" of {total}"));
            tracing::info!(
                "reading the inbox for an earlier portal's tickets: {}{of}",
                seen.len()
            );
        }
        match page.checked_add(1).filter(|_| !rows.last) {
            Some(next) => page = next,
            None => return Ok(rows.total),
        }
    }
}

impl Scan {
    fn take(&mut self, row: &Conversation) {
        let began_at = row.created_at.unwrap_or_default();
        let marked = row.marks.portal_ticket.is_some() || row.marks.portal_sig.is_some();
        if marked {
            self.first_mark = Some(self.first_mark.map_or(began_at, |at| at.min(began_at)));
        }
        let source = row.source_hint().map(SourceId::as_str);
        // What is filed under a source id of ours is judged by the rules for those (`ownership`).
        if marked || source.is_some_and(|it| it.starts_with(OURS)) {
            self.ours += 1;
            return;
        }
        self.found.push(Found {
            contact: row.sender().map(|sender| sender.id),
            features: Features {
                conversation: row.id.number(),
                began_at,
                source: source.map(str::to_owned),
            },
        });
    }
}
