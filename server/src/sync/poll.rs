//! One question for everybody: what changed in the inbox lately? Asked often while somebody looks and Chatwoot tells nothing by
//! itself, seldom else. After a long pause nothing is asked for it: each customer's list is fetched again when he comes.

use std::num::NonZeroU32;
use std::time::Duration;

use chatwoot::{Conversation, InboxId, Sort};

use super::health::is_down;
use super::thread;
use super::{
    Moment, Trouble, catch_up, fill, inbox, looking, mail, millis, missing, moment, read_back,
    signals, source_of,
};
use crate::adopt;
use crate::clock::Millis;
use crate::failure::chain;
use crate::outbox;
use crate::ownership;
use crate::store::customers::{self, Customer};
use crate::store::{StoreError, lists, owners, tickets as kept};
use crate::tickets::{Busy, Tickets};

/// Between polls while somebody looks and nothing else tells.
const CLOSELY: Duration = Duration::from_secs(5);
/// Between polls else, for what got lost. A ticket that an agent began must be seen within a minute.
const LOOSELY: Duration = Duration::from_secs(30);
/// Between polls while Chatwoot does not answer: what asks whether it is back, as often as a call is admitted.
const DOWN: Duration = Duration::from_millis(500);
/// Windows overlap by this: Chatwoot counts a window back from when it looks, which is as late as a reading may take, and what
/// changed shows a moment after its time.
const OVERLAP: Duration = Duration::from_secs(15);
/// After a longer pause each list is fetched again instead.
const LONG_PAUSE: Duration = Duration::from_mins(10);
/// Pages of a list that are looked through for a conversation that is new to us.
pub(super) const PAGES: u32 = 2;

pub(super) fn start(tickets: &Tickets) {
    tickets.keep("poll", |this, busy| async move {
        poll_on(&this, busy).await;
    });
}

async fn poll_on(tickets: &Tickets, mut busy: Busy) {
    let inbox_id = tickets.chatwoot.inbox_id().number();
    if let Ok(Some(then)) = tickets
        .store
        .read(move |tx| lists::polled(tx, inbox_id))
        .await
    {
        tickets.sync.health.was_well_at(then);
    }
    let mut in_vain = 0;
    while !tickets.background.is_stopping() {
        let began_at = tickets.clock.now();
        let rest = match poll(tickets, began_at).await {
            Ok(()) => {
                // What is made ready there shows that a portal is here.
                if adopt::begin_if_due(tickets).await {
                    inbox::look_after(tickets).await;
                }
                signals::judge(tickets).await;
                if !tickets.sync.signals.are_well(began_at) {
                    read_back::gap(tickets);
                }
                in_vain = 0;
                None
            }
            Err(trouble) => {
                tracing::debug!(cause = chain(&trouble), "the inbox was not polled");
                // What fails while Chatwoot answers is not mended by asking it often.
                in_vain = if is_down(tickets) { 0 } else { in_vain + 1 };
                Some((DOWN * 2_u32.pow(in_vain.min(6))).min(LOOSELY))
            }
        };
        busy = rest_after(tickets, busy, began_at, rest).await;
    }
}

/// Rests: as long as is said, else closely while somebody looks, which may begin meanwhile.
async fn rest_after(
    tickets: &Tickets,
    mut busy: Busy,
    began_at: Millis,
    rest: Option<Duration>,
) -> Busy {
    while !tickets.background.is_stopping() {
        let now = tickets.clock.now();
        let closely = looking::somebody_looks(tickets) && !tickets.sync.signals.are_well(now);
        let usual = if closely { CLOSELY } else { LOOSELY };
        let until = began_at + millis(rest.unwrap_or(usual));
        if now >= until || (rest.is_none() && looking::is_wanted_now(tickets)) {
            break;
        }
        let bell = &tickets.sync.looking.bell;
        busy = bell.rest_until(&tickets.background, busy, until).await;
    }
    busy
}

async fn poll(tickets: &Tickets, began_at: Millis) -> Result<(), Trouble> {
    poll_inbox(tickets, tickets.chatwoot.inbox_id(), began_at).await?;
    for inbox in mail::inboxes_to_poll(tickets, began_at, LOOSELY).await? {
        poll_inbox(tickets, inbox, began_at).await?;
    }
    Ok(())
}

async fn poll_inbox(tickets: &Tickets, inbox: InboxId, began_at: Millis) -> Result<(), Trouble> {
    let polled = tickets
        .store
        .read(move |tx| lists::polled(tx, inbox.number()))
        .await?;
    // Not from when the poll began: the inboxes before this one may have taken long.
    let now = tickets.clock.now();
    let pause = polled.map_or(0, |then| now.saturating_sub(then));
    let missed = polled.is_none() || pause > millis(LONG_PAUSE);
    let window = if missed { 0 } else { pause } + millis(OVERLAP);
    let seconds = u32::try_from(window.div_ceil(1000)).unwrap_or(u32::MAX);
    let seconds = NonZeroU32::new(seconds).unwrap_or(NonZeroU32::MIN);
    let asked = moment(tickets);
    let page = tickets
        .chatwoot
        .conversations_updated_within(seconds, inbox)
        .await?;
    if inbox == tickets.chatwoot.inbox_id() {
        if missed {
            missing::forget(tickets);
        }
        missing::look(tickets, &page);
    }
    for conversation in page.rows {
        let number = conversation.id;
        match take(tickets, conversation, asked).await {
            Err(trouble) if trouble.is_of_one_ticket(tickets) => {
                trouble.pass_over(tickets, number, None);
            }
            taken => {
                if taken? && !missed {
                    tickets.sync.signals.must_come(tickets.clock.now());
                }
            }
        }
    }
    tickets
        .store
        .write(move |tx| {
            if missed {
                lists::all_stale(tx)?;
            }
            lists::set_polled(tx, inbox.number(), began_at)
        })
        .await?;
    if missed {
        read_back::gap(tickets);
        // Open pages ask anew, and their lists are fetched again.
        looking::tell_everybody(tickets);
        catch_up::begin(tickets);
    }
    Ok(())
}

/// Takes a conversation as Chatwoot has it. True if something shows that did not before.
pub(super) async fn take(
    tickets: &Tickets,
    conversation: Conversation,
    asked: Moment,
) -> Result<bool, Trouble> {
    if let Some(at) = conversation.last_activity_at {
        outbox::has_stored(tickets, at);
    }
    let number = conversation.id.number();
    let (owner, known, refused) = tickets
        .store
        .read(move |tx| {
            let owner = owners::of_conversation(tx, number)?;
            let known = match &owner {
                Some(owner) => kept::find(tx, &owner.ticket)?,
                None => None,
            };
            Ok((owner, known, owners::was_refused(tx, number)?))
        })
        .await?;
    let Some(owner) = owner else {
        return if refused {
            Ok(false)
        } else if conversation.inbox != tickets.chatwoot.inbox_id() {
            mail::take_new(tickets, &conversation).await
        } else {
            take_new(tickets, &conversation).await
        };
    };
    let upstream = conversation.updated_at;
    let wanted = match known {
        Some(known) => !known.read || known.upstream != upstream || upstream.is_none(),
        // Before the customer's list was filled it is not ours to begin it: what is there by then counts as seen.
        None if is_filled(tickets, owner.customer).await? => true,
        None => {
            fill::want_fill_if_he_was_here(tickets, owner.customer).await?;
            false
        }
    };
    if !wanted {
        return Ok(false);
    }
    let _lock = tickets.ticket_locks.lock(&owner.ticket).await;
    match ownership::recognise(tickets, owner, conversation).await? {
        Some(owned) => thread::read(tickets, owned, asked).await,
        None => Ok(false),
    }
}

pub(super) async fn is_filled(
    tickets: &Tickets,
    customer: customers::CustomerId,
) -> Result<bool, StoreError> {
    let list = tickets
        .store
        .read(move |tx| lists::find(tx, customer))
        .await?;
    Ok(list.filled_at.is_some())
}

/// A conversation that we have no record of: if it may be a customer's, it is looked for where he alone has his.
async fn take_new(tickets: &Tickets, conversation: &Conversation) -> Result<bool, Trouble> {
    for customer in maybe_of(tickets, conversation).await? {
        let source = source_of(tickets, &customer).await?;
        for page in 1..=PAGES {
            let Some(page) = NonZeroU32::new(page) else {
                break;
            };
            let asked = moment(tickets);
            let listed = ownership::list(tickets, &source, page, Sort::ActivityDesc).await?;
            let number = conversation.id.number();
            let row = listed.rows.into_iter().find(|row| row.number() == number);
            if let Some(row) = row {
                let judged = ownership::judge(tickets, &customer, &source, row).await?;
                let Some(owned) = judged else {
                    return Ok(false);
                };
                let _lock = tickets.ticket_locks.lock(&owned.owner().ticket).await;
                return thread::read(tickets, owned, asked).await;
            }
            if listed.last {
                break;
            }
        }
    }
    Ok(false)
}

/// Whose it may be: hints only, which decide where to look and nothing else.
async fn maybe_of(
    tickets: &Tickets,
    conversation: &Conversation,
) -> Result<Vec<Customer>, StoreError> {
    let source = conversation.source_hint().map(|it| it.as_str().to_owned());
    let contact = conversation.sender().map(|it| it.id.number());
    tickets
        .store
        .read(move |tx| {
            if let Some(source) = &source {
                return Ok(customers::by_source(tx, source)?.into_iter().collect());
            }
            match contact {
                Some(contact) => customers::by_contact(tx, contact),
                None => Ok(Vec::new()),
            }
        })
        .await
}
