//! The list: one query of the read model, and a nudge for what keeps it right.

use app::error::AppError;
use app::tickets::find::Find;
use app::tickets::model::{Cursor, Refetched, TicketList};
use rusqlite::Transaction;

use super::{Tickets, input, version};
use crate::failure::Failure;
use crate::store::customers::CustomerId;
use crate::store::tickets::Page;
use crate::store::{lists, tickets};
use crate::sync;

/// Tickets a page.
const PAGE: usize = 50;
/// Tickets at once for who shows that many already: a list that is fetched again is few calls, and none is large.
const MOST: usize = 500;
/// Tickets of a customer up to which a page of them takes less time than the way to another thread and back.
const BRIEF: u32 = 500;

/// One page of a customer's tickets.
pub(crate) async fn list(
    tickets: &Tickets,
    customer: CustomerId,
    find: Find,
    after: Option<Cursor>,
    known: Option<u64>,
    rows: u32,
) -> Result<Refetched<TicketList>, Failure> {
    let sought = input::words(&find.words).map_err(|fault| AppError::Invalid(vec![fault]))?;
    let freshness = sync::freshness(tickets);
    let first = after.is_none();
    let size = usize::try_from(rows).map_or(MOST, |rows| rows.clamp(PAGE, MOST));
    let known = known.filter(|_| first);
    let list = tickets.store.glance(move |tx| lists::find(tx, customer));
    let list = list.await?;
    // What the page has already costs one row.
    let (list, page) = if known == Some(version::out(list.version, freshness)) {
        (list, Page::default())
    } else {
        let is_brief = list.total <= BRIEF && sought.is_none();
        let read = move |tx: &Transaction<'_>| {
            let list = lists::find(tx, customer)?;
            let sought = sought.as_ref();
            let page = tickets::page(tx, customer, &find, sought, after.as_ref(), size)?;
            Ok((list, page))
        };
        if is_brief {
            tickets.store.read_briefly(read).await?
        } else {
            tickets.store.read(read).await?
        }
    };
    sync::looked(tickets, customer);
    if list.filled_at.is_none() || list.stale {
        sync::want_fill(tickets, customer);
    }
    let version = version::out(list.version, freshness);
    if known == Some(version) {
        return Ok(Refetched::Unchanged);
    }
    let shown = tickets.settings.priority;
    Ok(Refetched::Changed(TicketList {
        rows: page
            .rows
            .into_iter()
            .map(|row| shown.as_shown(row))
            .collect(),
        next: page.next,
        total: list.total,
        counts: page.counts,
        unread: page.unread,
        filling: list.filled_at.is_none(),
        freshness,
        version,
    }))
}
