//! What a thousand customers who watch cost Chatwoot, with its webhooks and without: a fifth of its 3000 calls a minute at most.
//! `cargo xtask bench --only watchers` runs it.

use std::time::Duration;

use app::tickets::find::Find;
use app::tickets::model::{Refetched, TicketId};
use fake_chatwoot::DisplayId;
use futures_channel::mpsc::{Receiver, TryRecvError};
use server::live::Told;
use server::store::customers::CustomerId;

use crate::support::Stage;

const CUSTOMERS: u32 = 1000;
const MINUTES: u64 = 5;
/// A fifth of what Chatwoot takes of one client.
const MOST: u64 = 600;

/// A page that is open on a ticket.
struct Page {
    customer: CustomerId,
    ticket: TicketId,
    number: DisplayId,
    told: Receiver<Told>,
    list: Option<u64>,
    view: Option<u64>,
}

impl Page {
    async fn open(stage: &Stage, customer: CustomerId) -> Self {
        let his = stage.state().tickets.customer_for(customer);
        let list = his
            .list_tickets(Find::default(), None, None, 0)
            .await
            .unwrap();
        let Refetched::Changed(list) = list else {
            panic!("a first list")
        };
        let row = &list.rows[0];
        // Opening it has it read, which watching it does not.
        let view = his.show_ticket(row.id.clone(), None, None).await.unwrap();
        let Refetched::Changed(view) = view else {
            panic!("a first view")
        };
        Self {
            customer,
            ticket: row.id.clone(),
            number: DisplayId(i64::from(row.number.unwrap())),
            told: stage.watched_by(customer).await,
            list: Some(list.version),
            view: Some(view.version),
        }
    }

    /// What the page does when it is told of something.
    async fn follows(&mut self, stage: &Stage) {
        let mut is_told = false;
        let nothing_more = loop {
            match self.told.try_recv() {
                Ok(_) => is_told = true,
                Err(error) => break error,
            }
        };
        assert_eq!(nothing_more, TryRecvError::Empty);
        if !is_told {
            return;
        }
        let his = stage.state().tickets.customer_for(self.customer);
        let list = his.list_tickets(Find::default(), None, self.list, 0).await;
        if let Refetched::Changed(list) = list.unwrap() {
            self.list = Some(list.version);
        }
        let view = his.show_ticket(self.ticket.clone(), None, self.view).await;
        if let Refetched::Changed(view) = view.unwrap() {
            self.view = Some(view.version);
            if view.row.unread {
                his.mark_seen(self.ticket.clone(), view.version)
                    .await
                    .unwrap();
            }
        }
    }
}

/// Calls a minute while a thousand pages are open and agents answer so many a minute.
async fn calls_a_minute(stage: &Stage, answers: u64) -> u64 {
    let mut all = Vec::new();
    for n in 0..CUSTOMERS {
        all.push(stage.one_of_many(n).await.0);
    }
    stage.state().tickets.idle().await;
    let mut pages = Vec::new();
    for customer in all {
        pages.push(Page::open(stage, customer).await);
    }
    // What opening them costs is over.
    for _ in 0..60 {
        stage.clock.advance(Duration::from_secs(1));
        stage.state().tickets.idle().await;
        for page in &mut pages {
            page.follows(stage).await;
        }
    }
    stage.state().tickets.idle().await;
    let before = stage.fake.call_count();
    let mut next = 0;
    for second in 0..MINUTES * 60 {
        if (second * answers) % 60 < answers {
            let page = &pages[next % pages.len()];
            stage.fake.agent_replies(page.number, "Try this").unwrap();
            // A customer types now and then.
            let his = stage.state().tickets.customer_for(page.customer);
            his.typing(page.ticket.clone(), true).await.unwrap();
            his.typing(page.ticket.clone(), false).await.unwrap();
            next += 7;
        }
        stage.state().tickets.idle().await;
        stage.clock.advance(Duration::from_secs(1));
        stage.state().tickets.idle().await;
        for page in &mut pages {
            page.follows(stage).await;
        }
    }
    stage.state().tickets.idle().await;
    let seen = next / 7;
    assert_eq!(u64::try_from(seen).unwrap(), answers * MINUTES);
    (stage.fake.call_count() - before) / MINUTES
}

#[tokio::test]
#[ignore = "takes minutes: cargo xtask bench --only watchers"]
async fn a_thousand_who_watch_cost_a_fifth_of_chatwoots_calls_with_webhooks() {
    let stage = Stage::set_up_reachable(&[]).await;
    let calls = calls_a_minute(&stage, 60).await;
    eprintln!("calls_of_1000_watchers_with_webhooks {calls}");
    assert!(calls <= MOST, "{calls} calls a minute");
}

#[tokio::test]
#[ignore = "takes minutes: cargo xtask bench --only watchers"]
async fn a_thousand_who_watch_cost_a_fifth_of_chatwoots_calls_without_webhooks() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let calls = calls_a_minute(&stage, 60).await;
    eprintln!("calls_of_1000_watchers_without_webhooks {calls}");
    assert!(calls <= MOST, "{calls} calls a minute");
}
