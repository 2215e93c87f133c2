//! Whether what a customer does takes longer the more tickets others have: the same requests of the same customer, in turn in a store
//! with ten tickets and in one with a hundred thousand.

use std::path::Path;
use std::time::Duration;

use app::tickets::find::Find;
use app::tickets::model::TicketId;
use rusqlite::Transaction;
use tokio::time::Instant;

use super::finding::message;
use super::storing::{middle, reply};
use crate::store::customers::{self, CustomerId};
use crate::store::{Store, StoreError, lists, messages, tickets};

/// Of each customer.
const TICKETS: u32 = 10;
/// As many as a page shows.
const PAGE: usize = 50;
const TRIES: usize = 201;

/// A line for each kind of request, from two stores in this folder, which holds none yet. So many customers are in the larger one.
pub(super) async fn lines(folder: &Path, customers: u32) -> Result<Vec<String>, StoreError> {
    let few = filled(&folder.join("few"), 1).await?;
    let many = filled(&folder.join("many"), customers).await?;
    let mut lines = Vec::new();
    for (name, act) in [
        ("list", Act::List),
        ("ticket", Act::Show),
        ("reply", Act::Reply),
    ] {
        let (mut among_few, mut among_many) = (Vec::new(), Vec::new());
        for n in 0..TRIES {
            among_few.push(act.time(&few, n).await?);
            among_many.push(act.time(&many, n).await?);
        }
        let ratio = middle(among_many).as_secs_f64() / middle(among_few).as_secs_f64();
        lines.push(format!("{name}_among_1e5_tickets_to_10 {ratio:.3} ratio"));
    }
    few.0.close().await;
    many.0.close().await;
    Ok(lines)
}

/// A store with so many customers, the first of whom is measured.
async fn filled(folder: &Path, customers: u32) -> Result<(Store, CustomerId), StoreError> {
    let store = Store::open(folder)?;
    let fill = move |tx: &Transaction<'_>| {
        let mut first = None;
        for n in 0..customers {
            let address = format!("customer{n}@example.com");
            let customer = customers::find_or_make(tx, &address, None, 1)?.id;
            first.get_or_insert(customer);
            (0..TICKETS).try_for_each(|m| ticket(tx, customer, n * TICKETS + m))?;
        }
        first.ok_or(StoreError::Closing)
    };
    let first = store.write(fill).await?;
    Ok((store, first))
}

fn ticket(tx: &Transaction<'_>, customer: CustomerId, n: u32) -> Result<(), StoreError> {
    let at = 1_000 + u64::from(n);
    tickets::change(tx, customer, &id(n), at, |change| {
        change.begin(&format!("Ticket {n}"), at)?;
        change.message(&message(n))
    })?;
    Ok(())
}

fn id(n: u32) -> TicketId {
    TicketId::from(format!("6bdc3f4d-0bec-4515-a284-{n:012}"))
}

/// What is done by the first customer.
#[derive(Clone, Copy)]
enum Act {
    List,
    Show,
    Reply,
}

impl Act {
    async fn time(self, at: &(Store, CustomerId), n: usize) -> Result<Duration, StoreError> {
        let (store, customer) = (&at.0, at.1);
        let begun = Instant::now();
        match self {
            Self::List => {
                let list = move |tx: &Transaction<'_>| {
                    lists::find(tx, customer)?;
                    tickets::page(tx, customer, &Find::default(), None, None, PAGE)
                };
                store.read(list).await?;
            }
            Self::Show => {
                let show = move |tx: &Transaction<'_>| {
                    tickets::find(tx, &id(0))?;
                    messages::before(tx, &id(0), None, PAGE)
                };
                store.read(show).await?;
            }
            Self::Reply => {
                let written = move |tx: &Transaction<'_>| reply(tx, customer, id(0), n);
                store.write(written).await?;
            }
        }
        Ok(begun.elapsed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_kind_of_request_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let lines = lines(folder.path(), 5).await.unwrap();
        assert_eq!(lines.len(), 3);
        for line in &lines {
            let value: f64 = line.split(' ').nth(1).unwrap().parse().unwrap();
            assert!(value > 0.0, "{line}");
        }
    }
}
