//! What a customer's tickets are filed under in Chatwoot. A customer who is new to this store may have begun under an earlier
//! secret: then that one stays.

use chatwoot::SourceId;

use super::Trouble;
use crate::store::StoreError;
use crate::store::customers::{self, Customer};
use crate::tickets::Tickets;

/// The customer's source id.
pub(crate) async fn source_of(tickets: &Tickets, customer: &Customer) -> Result<SourceId, Trouble> {
    let kept = match &customer.source {
        Some(source) => source.clone(),
        None => {
            let source = found_out(tickets, &customer.address).await?;
            let id = customer.id;
            tickets
                .store
                .write(move |tx| customers::keep_source(tx, id, &source))
                .await?
        }
    };
    let odd = |_| StoreError::Row("customers", "a source id is none".to_owned());
    Ok(SourceId::new(kept).map_err(odd)?)
}

/// The customer's source ids under the other secrets that are known: a store that was lost while the secret was another one leaves
/// tickets there.
pub(super) fn others_of(
    tickets: &Tickets,
    customer: &Customer,
    source: &SourceId,
) -> Vec<SourceId> {
    tickets
        .keys
        .all()
        .filter_map(|keys| SourceId::new(keys.source_id(&customer.address)).ok())
        .filter(|other| other != source)
        .collect()
}

/// The first of the keys' source ids that Chatwoot knows, else the current one.
async fn found_out(tickets: &Tickets, address: &str) -> Result<String, chatwoot::Error> {
    let current = tickets.keys.current().source_id(address);
    let all: Vec<String> = tickets
        .keys
        .all()
        .map(|keys| keys.source_id(address))
        .collect();
    if all.len() == 1 {
        return Ok(current);
    }
    for source in all {
        let Ok(id) = SourceId::new(source.as_str()) else {
            continue;
        };
        if tickets.chatwoot.contact_by_source(&id).await?.is_some() {
            return Ok(source);
        }
    }
    Ok(current)
}
