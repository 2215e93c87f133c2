//! The list: one query of the read model, and a nudge for what keeps it right.

use app::tickets::model::{Cursor, Refetched, TicketList};

use super::{Tickets, version};
use crate::failure::Failure;
use crate::store::customers::CustomerId;
use crate::store::{lists, tickets};
use crate::sync;

/// Tickets a page.
const PAGE: usize = 50;

/// One page of a customer's tickets.
pub(crate) async fn list(
    tickets: &Tickets,
    customer: CustomerId,
    after: Option<Cursor>,
    known: Option<u64>,
) -> Result<Refetched<TicketList>, Failure> {
    let freshness = sync::freshness(tickets);
    let first = after.is_none();
    let known = known.filter(|_| first);
    let (list, mut rows) = tickets
        .store
        .read(move |tx| {
            let list = lists::find(tx, customer)?;
            let same = known.is_some() && known == Some(version::out(list.version, freshness));
            let rows = if same {
                Vec::new()
            } else {
                tickets::page(tx, customer, after.as_ref(), PAGE + 1)?
            };
            Ok((list, rows))
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
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| Cursor {
        at: row.at,
        id: row.id.clone(),
    });
    Ok(Refetched::Changed(TicketList {
        rows,
        next,
        total: list.total,
        filling: list.filled_at.is_none(),
        freshness,
        version,
    }))
}
