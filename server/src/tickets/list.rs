//! The list: one query of the read model, and a nudge for what keeps it right.

use app::error::AppError;
use app::tickets::find::Find;
use app::tickets::model::{Cursor, Refetched, TicketList};

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
    // What the page has already costs one row, and no way to another thread.
    let same = match known {
        Some(known) => {
            let list = tickets.store.glance(move |tx| lists::find(tx, customer));
            Some(list.await?).filter(|list| version::out(list.version, freshness) == known)
        }
        None => None,
    };
    let (list, page) = match same {
        Some(list) => (list, Page::default()),
        None => {
            let read = tickets.store.read(move |tx| {
                let list = lists::find(tx, customer)?;
                let sought = sought.as_ref();
                let page = tickets::page(tx, customer, &find, sought, after.as_ref(), size)?;
                Ok((list, page))
            });
            read.await?
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
