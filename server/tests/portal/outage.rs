//! R7 and R4: ten minutes without Chatwoot, in which agents go on; three seconds after its return an open page is as Chatwoot is.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Browser, LiveStream, Stage};

const MINUTE: Duration = Duration::from_secs(60);
const STEP: Duration = Duration::from_millis(250);

/// A page: a list, an open ticket, and a stream that says when to fetch them again.
struct Page {
    browser: Browser,
    stream: LiveStream,
    ticket: String,
    list: Value,
    view: Value,
}

impl Page {
    async fn open(browser: &Browser, ticket: &str) -> Self {
        let mut page = Self {
            browser: browser.clone(),
            stream: browser.live().await,
            ticket: ticket.to_owned(),
            list: Value::Null,
            view: Value::Null,
        };
        page.fetch().await;
        page
    }

    /// Fetches both, as the page does when it is told of something.
    async fn fetch(&mut self) {
        let known = self.list["version"].clone();
        let body = json!({ "after": null, "known": known });
        take(
            &mut self.list,
            &self.browser.call("tickets/list", &body).await.json(),
        );
        let known = self.view["version"].clone();
        let body = json!({ "ticket": self.ticket, "earlier": null, "known": known });
        take(
            &mut self.view,
            &self.browser.call("tickets/show", &body).await.json(),
        );
    }

    /// Fetches as often as it is told to.
    async fn follows(&mut self) {
        while let Some(event) = self.stream.ready() {
            if event.starts_with("event: ticket") {
                self.fetch().await;
            }
        }
    }

    fn subjects(&self) -> Vec<String> {
        let rows = self.list["rows"].as_array().unwrap();
        rows.iter().map(|row| row["last"].to_string()).collect()
    }
}

fn take(kept: &mut Value, answer: &Value) {
    if let Some(changed) = answer.get("changed") {
        *kept = changed.clone();
    }
}

#[tokio::test]
async fn r7_three_seconds_after_ten_minutes_without_chatwoot_the_page_is_as_chatwoot_is() {
    // A shorter and a longer gap than that after which whole lists are fetched.
    for minutes in [9, 10, 11] {
        let stage = Stage::set_up_reachable(&[]).await;
        let mut ada = stage.signed_in("ada@example.com").await;
        let mut tickets = Vec::new();
        for nth in 0..4 {
            let key = format!("{nth:08x}-2222-4333-8444-555555555555");
            let new =
                json!({ "key": key, "subject": "Printer", "message": format!("Burns {nth}") });
            let opened = ada.call("tickets/open", &json!({ "new": new })).await;
            tickets.push(opened.json().as_str().unwrap().to_owned());
            stage.rests().await;
        }
        let numbers: Vec<_> = stage.fake.conversations().iter().map(|it| it.id).collect();
        let oops = stage.fake.agent_replies(numbers[0], "Oops").unwrap();
        let mut page = Page::open(&ada, &tickets[0]).await;
        for _ in 0..40 {
            stage.time_passes(Duration::from_secs(1)).await;
            page.follows().await;
        }
        assert!(page.view.to_string().contains("Oops"), "{}", page.view);
        stage.fake.goes_away().await;
        for minute in 0..minutes {
            stage.time_passes(MINUTE).await;
            page.follows().await;
            match minute {
                1 => drop(stage.fake.agent_replies(numbers[1], "An answer").unwrap()),
                2 => stage.fake.agent_deletes_message(numbers[0], oops).unwrap(),
                3 => drop(
                    stage
                        .fake
                        .agent_replies(numbers[0], "The right one")
                        .unwrap(),
                ),
                4 => stage.fake.agent_resolves(numbers[2]),
                5 => stage.fake.agent_deletes_conversation(numbers[3]).unwrap(),
                _ => {}
            }
        }
        assert!(page.list["freshness"]["as_of"].is_u64(), "{}", page.list);
        assert!(!page.view.to_string().contains("The right one"));
        stage.fake.comes_back().await.unwrap();
        for _ in 0..12 {
            stage.time_passes(STEP).await;
            page.follows().await;
        }
        stage.rests().await;
        page.follows().await;
        let (list, view) = (page.list.to_string(), page.view.to_string());
        assert_eq!(page.list["freshness"], "live", "{minutes} minutes");
        assert!(
            view.contains("The right one") && !view.contains("Oops"),
            "{minutes}: {view}"
        );
        assert!(list.contains("An answer"), "{minutes} minutes: {list}");
        assert!(list.contains("solved"), "{minutes} minutes: {list}");
        assert_eq!(
            page.list["total"],
            3,
            "{minutes} minutes: {:?}",
            page.subjects()
        );
    }
}
