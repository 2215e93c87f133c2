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

/// One page of a customer's tickets.
pub(crate) async fn list(
    tickets: &Tickets,
    customer: CustomerId,
    find: Find,
    after: Option<Cursor>,
    known: Option<u64>,
) -> Result<Refetched<TicketList>, Failure> {
    let sought = input::words(&find.words).map_err(|fault| AppError::Invalid(vec![fault]))?;
    let freshness = sync::freshness(tickets);
    let first = after.is_none();
    let known = known.filter(|_| first);
    let (list, page) = tickets
        .store
        .read(move |tx| {
            let list = lists::find(tx, customer)?;
            if known.is_some() && known == Some(version::out(list.version, freshness)) {
                return Ok((list, Page::default()));
            }
            let sought = sought.as_ref();
            let page = tickets::page(tx, customer, &find, sought, after.as_ref(), PAGE)?;
            Ok((list, page))
        })
        .await?;
    sync::looked(tickets, customer);
    if list.filled_at.is_none() || list.stale {
        sync::want_fill(tickets, customer);
    }
    let version = version::out(list.version, freshness);
    if known == Some(version) {
        return Ok(Refetched::Unchanged);
    }
    Ok(Refetched::Changed(TicketList {
        rows: page.rows,
        next: page.next,
        total: list.total,
        counts: page.counts,
        unread: page.unread,
        filling: list.filled_at.is_none(),
        freshness,
        version,
    }))
}
