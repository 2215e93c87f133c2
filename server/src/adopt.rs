//! Takes over the tickets of an earlier portal: what is in the portal's inbox and bears no mark of ours is bound to its contact's
//! address of this moment. That is as much as the earlier portal proved, so that it is done once, before anybody relies on more
//! (docs/decisions.md).

mod by_itself;
pub(crate) mod command;
mod judge;
pub mod report;
mod scan;

use std::collections::{BTreeMap, BTreeSet};

use app::tickets::model::TicketId;
use chatwoot::ContactId;

pub(crate) use by_itself::begin_if_due;
pub use report::Report;

use crate::chance::Chance;
use crate::clock::{Clock, Millis};
use crate::keys::KeyRing;
use crate::store::adoption::{self, Features};
use crate::store::customers::{self, CustomerId};
use crate::store::{Store, StoreError, lists};
pub use crate::sync::Trouble;
pub use command::by_word;
use judge::{Contacts, Verdict};
use report::Reason;
use scan::Scan;

/// The attribute that a portal defines at its first start, so that it shows later that there was one.
pub(crate) const SIGN: &str = "portal_subject";
/// The clocks of Chatwoot and this machine may differ by so many seconds.
const SKEW_SECONDS: i64 = 600;
/// How often the log says how far it is, in contacts.
const WORD_EACH: usize = 200;

/// What taking over needs.
#[derive(Clone)]
pub struct Parts {
    /// Where the records go.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// New ids of tickets.
    pub chance: Chance,
    /// The source ids of this portal.
    pub keys: KeyRing,
    /// Where the tickets are.
    pub chatwoot: chatwoot::Client,
}

/// Whose contact is taken as it is, though it may have been taken over: the operator has looked at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Nobody's.
    #[default]
    Nobody,
    /// These contacts, by Chatwoot's numbers.
    Contacts(BTreeSet<u64>),
    /// Everybody's.
    Everybody,
}

impl Trust {
    fn covers(&self, contact: ContactId) -> bool {
        match self {
            Self::Nobody => false,
            Self::Contacts(these) => these.contains(&contact.number()),
            Self::Everybody => true,
        }
    }
}

/// Under what conditions it is done.
#[derive(Clone, Debug)]
pub struct Conditions {
    /// When it was begun.
    pub began_at: Millis,
    /// Chatwoot shows that there was a portal before.
    pub seen_before: bool,
    /// The operator wants it all the same.
    pub again: bool,
    /// Whom he trusts.
    pub trust: Trust,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// So many tickets were left alone, since a portal like this one was there before.
    SeenBefore(u64),
    /// It was done.
    Done(Report),
}

/// Looks at all tickets of the inbox, and binds those of an earlier portal. Done twice, it binds nothing twice. `bound` is told of
/// each customer who got some.
pub async fn adopt(
    parts: &Parts,
    conditions: &Conditions,
    mut bound: impl FnMut(CustomerId),
) -> Result<Outcome, Trouble> {
    let scan = scan::all(parts).await?;
    let began = i64::try_from(conditions.began_at / 1000).unwrap_or(i64::MAX);
    let marked_before = scan
        .first_mark
        .is_some_and(|at| at < began.saturating_sub(SKEW_SECONDS));
    if !scan.found.is_empty() && !conditions.again && (conditions.seen_before || marked_before) {
        return Ok(Outcome::SeenBefore(scan.found.len() as u64));
    }
    bind_all(parts, &conditions.trust, scan, &mut bound)
        .await
        .map(Outcome::Done)
}

async fn bind_all(
    parts: &Parts,
    trust: &Trust,
    scan: Scan,
    bound: &mut impl FnMut(CustomerId),
) -> Result<Report, Trouble> {
    let mut report = Report {
        ours: scan.ours,
        ..Report::default()
    };
    if scan.found.is_empty() {
        return Ok(report);
    }
    let contacts = Contacts::new(parts, trust).await?;
    let mut of_contact: BTreeMap<Option<ContactId>, Vec<Features>> = BTreeMap::new();
    for found in scan.found {
        let theirs = of_contact.entry(found.contact).or_default();
        theirs.push(found.features);
    }
    let all = of_contact.len();
    for (done, (contact, tickets)) in of_contact.into_iter().enumerate() {
        let verdict = match contact {
            Some(contact) => contacts.judge(contact).await?,
            None => Verdict::LeftOut(Reason::NoContact),
        };
        match verdict {
            Verdict::LeftOut(reason) => report.leave_out(reason, contact, tickets.len()),
            Verdict::Whose(address) => {
                let count = tickets.len() as u64;
                let (customer, new) = bind(parts, address, tickets).await?;
                report.adopted += new;
                report.already += count - new;
                if new > 0 {
                    report.customers += 1;
                    bound(customer);
                }
            }
        }
        if (done + 1) % WORD_EACH == 0 {
            tracing::info!(
                "taking over an earlier portal's tickets: {} of {all} contacts",
                done + 1
            );
        }
    }
    Ok(report)
}

/// Binds a contact's tickets to an address. Answers with its customer, and how many are new to us.
async fn bind(
    parts: &Parts,
    address: String,
    tickets: Vec<Features>,
) -> Result<(CustomerId, u64), StoreError> {
    let now = parts.clock.now();
    let chance = parts.chance.clone();
    parts
        .store
        .write(move |tx| {
            let customer = customers::find_or_make(tx, &address, None, now)?.id;
            let mut new = 0;
            for features in &tickets {
                let ticket = TicketId::parse(&chance.uuid())
                    .ok_or_else(|| StoreError::Row("owners", "a new UUID is none".to_owned()))?;
                new += u64::from(adoption::bind(tx, customer, ticket, features, now)?);
            }
            lists::stale(tx, customer)?;
            Ok((customer, new))
        })
        .await
}
