//! How urgent a ticket is: the agents' alone, unless the operator shows it; chosen by its customer where he is asked, set in a step of its
//! own that is retried and holds up nothing.

use app::tickets::model::*;
use app::tickets::priority::Priority;
use fake_chatwoot::{DisplayId, Weather};
use serde_json::json;
use server::tickets::PriorityUse;

use crate::support::*;

const SETS: &str = "POST /api/v1/accounts/{account}/conversations/{id}/toggle_priority";

impl Stage {
    async fn with_priorities(priority: PriorityUse) -> Self {
        let mut stage = Self::not_started().await;
        stage.settings.priority = priority;
        stage.start().await;
        stage
    }

    async fn agent_sets_priority(&self, number: DisplayId, priority: Option<&str>) {
        let path = format!("conversations/{number}/toggle_priority");
        self.ask("POST", &path, json!({ "priority": priority }))
            .await;
    }

    fn priority_of(&self, number: DisplayId) -> Option<&'static str> {
        self.fake.conversation(number).unwrap().priority
    }

    /// How often Chatwoot was asked to set one.
    fn times_set(&self) -> u64 {
        self.fake.calls().get(SETS).copied().unwrap_or_default()
    }
}

impl Person<'_> {
    async fn opens_urgent(&self, subject: &str) -> TicketId {
        let key = self.stage.key();
        let opened = self.open_as(key, (subject, "first"), Some(Priority::Urgent));
        let ticket = opened.await.unwrap();
        self.stage.settle().await;
        ticket
    }

    /// How urgent it is shown to be, in the list and in the ticket.
    async fn sees(&self, ticket: &TicketId) -> Option<Priority> {
        let (row, view) = (self.row(ticket).await, self.try_show(ticket).await.unwrap());
        assert_eq!(row.priority, view.row.priority);
        self.stage.settle().await;
        row.priority
    }
}

#[tokio::test]
async fn off_a_priority_is_neither_sent_nor_shown_even_to_who_sends_one() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.opens_urgent("Printer").await;
    let number = ada.number(&ticket).await;
    assert_eq!((stage.priority_of(number), stage.times_set()), (None, 0));
    assert_eq!(ada.sees(&ticket).await, None);
    stage.agent_sets_priority(number, Some("high")).await;
    let told = stage.told();
    stage.pass(60).await;
    ada.show(&ticket).await;
    assert_eq!((ada.sees(&ticket).await, stage.told()), (None, told));
}

#[tokio::test]
async fn shown_it_is_the_agents_word_which_a_customer_cannot_choose() {
    let stage = Stage::with_priorities(PriorityUse::Show).await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.opens_urgent("Printer").await;
    let number = ada.number(&ticket).await;
    assert_eq!((stage.priority_of(number), stage.times_set()), (None, 0));
    for (word, shown) in [
        (Some("low"), Some(Priority::Low)),
        (Some("medium"), Some(Priority::Medium)),
        (Some("high"), Some(Priority::High)),
        (Some("urgent"), Some(Priority::Urgent)),
        (None, None),
    ] {
        let known = ada.show(&ticket).await;
        stage.agent_sets_priority(number, word).await;
        let told = stage.told_of(ada.id).len();
        stage.pass(60).await;
        // An open page is told, and has nothing else that is new.
        assert_eq!(
            &stage.told_of(ada.id)[told..],
            std::slice::from_ref(&ticket),
            "{word:?}"
        );
        let now = ada.try_show(&ticket).await.unwrap();
        assert!(now.version > known.version);
        assert_eq!((now.row.at, &now.entries), (known.row.at, &known.entries));
        assert_eq!(ada.sees(&ticket).await, shown);
    }
}

#[tokio::test]
async fn a_chosen_one_is_shown_at_once_and_set_once_when_the_ticket_is_there() {
    let stage = Stage::with_priorities(PriorityUse::Ask).await;
    let ada = stage.signed_in(ADA).await;
    stage.fake.set_weather(Weather::Down503);
    let ticket = ada.opens_urgent("Printer").await;
    assert_eq!(ada.sees(&ticket).await, Some(Priority::Urgent));
    stage.fake.set_weather(Weather::Well);
    for _ in 0..4 {
        stage.pass(30).await;
        assert_eq!(ada.sees(&ticket).await, Some(Priority::Urgent));
    }
    let number = ada.number(&ticket).await;
    assert_eq!(stage.priority_of(number), Some("urgent"));
    assert_eq!(stage.times_set(), 1);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
    // An agent's word goes first from then on.
    stage.agent_sets_priority(number, Some("low")).await;
    stage.pass(60).await;
    assert_eq!(ada.sees(&ticket).await, Some(Priority::Low));
    let none = ada.open("Scanner", "first").await;
    assert_eq!(ada.sees(&none).await, None);
    assert_eq!(stage.priority_of(ada.number(&none).await), None);
}

#[tokio::test]
async fn r1_one_that_chatwoot_does_not_set_is_tried_again_and_holds_up_no_message() {
    let mut stage = Stage::with_priorities(PriorityUse::Ask).await;
    let liar = stage.with_liar().await;
    liar.fails_at("/toggle_priority", 5);
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.opens_urgent("Printer").await;
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    let key = ada.writes(&ticket, "more").await;
    stage.settle().await;
    assert_eq!(stage.arrived(&key), 1);
    let number = ada.number(&ticket).await;
    assert_eq!(stage.priority_of(number), None);
    assert_eq!(ada.sees(&ticket).await, Some(Priority::Urgent));
    for _ in 0..6 {
        stage.pass(20).await;
    }
    assert_eq!((liar.left_to_fail(), stage.times_set()), (0, 1));
    assert_eq!(stage.priority_of(number), Some("urgent"));
    assert_eq!(ada.sees(&ticket).await, Some(Priority::Urgent));
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
}

#[tokio::test]
async fn r1_killed_between_the_ticket_and_its_priority_it_is_set_after_the_start_and_there_is_one_ticket()
 {
    let mut stage = Stage::with_priorities(PriorityUse::Ask).await;
    let liar = stage.with_liar().await;
    liar.fails_at("/toggle_priority", usize::MAX);
    let number = {
        let ada = stage.signed_in(ADA).await;
        let ticket = ada.opens_urgent("Printer").await;
        ada.number(&ticket).await
    };
    stage.restart().await;
    stage.settle().await;
    assert_eq!(stage.priority_of(number), None);
    stage.kill().await;
    liar.fails_at("", 0);
    stage.start().await;
    stage.pass(30).await;
    assert_eq!(stage.priority_of(number), Some("urgent"));
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
}

#[tokio::test]
async fn what_an_agent_sets_after_a_doubtful_try_stays() {
    let mut stage = Stage::with_priorities(PriorityUse::Ask).await;
    let liar = stage.with_liar().await;
    liar.lies_about_each("/toggle_priority", 1);
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.opens_urgent("Printer").await;
    let number = ada.number(&ticket).await;
    assert_eq!(stage.priority_of(number), Some("urgent"));
    stage.agent_sets_priority(number, Some("low")).await;
    for _ in 0..3 {
        stage.pass(30).await;
    }
    assert_eq!(stage.priority_of(number), Some("low"));
    assert_eq!(ada.sees(&ticket).await, Some(Priority::Low));
}

#[tokio::test]
async fn one_that_is_never_taken_is_given_up_and_no_longer_shown() {
    let mut stage = Stage::with_priorities(PriorityUse::Ask).await;
    let liar = stage.with_liar().await;
    liar.fails_at("/toggle_priority", 1_000);
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.opens_urgent("Printer").await;
    for _ in 0..40 {
        stage.pass(20).await;
    }
    assert_eq!(1_000 - liar.left_to_fail(), 30);
    assert_eq!(ada.sees(&ticket).await, None);
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
}

#[tokio::test]
async fn switched_off_what_waits_is_not_set_and_switched_on_what_is_there_is_shown() {
    let mut stage = Stage::with_priorities(PriorityUse::Ask).await;
    let (ticket, number) = {
        let ada = stage.signed_in(ADA).await;
        let ticket = ada.open("Printer", "first").await;
        let number = ada.number(&ticket).await;
        stage.agent_sets_priority(number, Some("high")).await;
        stage.pass(60).await;
        assert_eq!(ada.sees(&ticket).await, Some(Priority::High));
        stage.fake.set_weather(Weather::Down503);
        ada.opens_urgent("Waits").await;
        (ticket, number)
    };
    stage.settings.priority = PriorityUse::Off;
    stage.restart().await;
    stage.fake.set_weather(Weather::Well);
    {
        let ada = stage.comes(ADA).await;
        assert!(
            ada.list()
                .await
                .rows
                .iter()
                .all(|row| row.priority.is_none())
        );
        for _ in 0..3 {
            stage.pass(30).await;
        }
        let rows = ada.list().await.rows;
        assert!(
            rows.iter()
                .all(|row| row.delivery == Delivery::Sent && row.priority.is_none())
        );
        assert_eq!((rows.len(), stage.times_set()), (2, 1));
    }
    stage.agent_sets_priority(number, Some("medium")).await;
    stage.pass(60).await;
    stage.settings.priority = PriorityUse::Show;
    stage.restart().await;
    let ada = stage.comes(ADA).await;
    stage.settle().await;
    ada.list().await;
    stage.settle().await;
    assert_eq!(ada.row(&ticket).await.priority, Some(Priority::Medium));
}

#[tokio::test]
async fn r2_the_same_ticket_called_more_urgent_is_one_ticket() {
    let stage = Stage::with_priorities(PriorityUse::Ask).await;
    let ada = stage.signed_in(ADA).await;
    stage.fake.set_weather(Weather::Down503);
    let key = stage.key();
    let with = |priority| ada.open_as(key.clone(), ("Printer", "first"), priority);
    let ticket = with(None).await.unwrap();
    assert_eq!(with(Some(Priority::High)).await, Ok(ticket.clone()));
    stage.fake.set_weather(Weather::Well);
    for _ in 0..3 {
        stage.pass(30).await;
    }
    let number = ada.number(&ticket).await;
    assert_eq!(stage.priority_of(number), Some("high"));
    assert_eq!(ada.list().await.total, 1);
}

#[tokio::test]
async fn taken_back_it_comes_back_with_the_words() {
    let stage = Stage::with_priorities(PriorityUse::Ask).await;
    let ada = stage.signed_in(ADA).await;
    stage.fake.set_weather(Weather::Down503);
    let key = stage.key();
    let opened = ada.open_as(key.clone(), ("Printer", "first"), Some(Priority::Low));
    let ticket = opened.await.unwrap();
    stage.settle().await;
    let back = ada.can.take_back(ticket, key).await.unwrap();
    assert_eq!(
        (back.text.as_str(), back.priority),
        ("first", Some(Priority::Low))
    );
}
