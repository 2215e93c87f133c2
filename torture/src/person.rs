//! A customer's browser: signs in with the code of a mail, writes, and insists as the app does until the portal has taken it.

mod files;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fake_chatwoot::Mailbox;
use serde_json::{Value, json};
use server::clock::Clock;

pub(crate) use files::{bytes, name};

use crate::Outcome;
use crate::dice::Dice;
use crate::written::{Act, Book, Written};

/// Somebody who insists gives up after so many of the clock's milliseconds.
const PATIENCE: u64 = 1_200_000;

/// A customer. Clones share his cookies.
#[derive(Clone)]
pub(crate) struct Person {
    /// Counts from 0.
    pub(crate) number: usize,
    /// His address.
    pub(crate) address: String,
    port: u16,
    http: reqwest::Client,
    cookies: Arc<Mutex<Vec<(String, String)>>>,
    clock: Clock,
    dice: Dice,
    book: Book,
}

/// What a call was answered with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    /// Such as 200.
    pub(crate) status: u16,
    /// The body, as it came.
    pub(crate) body: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Outcome<Value> {
        Ok(serde_json::from_str(&self.body)?)
    }
}

impl Person {
    /// Somebody who was never here.
    pub(crate) fn new(
        number: usize,
        port: u16,
        clock: Clock,
        dice: Dice,
        book: Book,
    ) -> Outcome<Self> {
        Ok(Self {
            number,
            address: format!("person{number}@example.com"),
            port,
            http: chatwoot::build_http(None)?,
            cookies: Arc::default(),
            clock,
            dice,
            book,
        })
    }

    /// Signs in with the code of a mail.
    pub(crate) async fn sign_in(&self, mailbox: &Mailbox) -> Outcome {
        let before = mailbox.mails_to(&self.address).len();
        let wish = json!({ "address": self.address, "language": "en", "return_to": null });
        let asked = self
            .insist("sign-in/request", &json!({ "request": wish }))
            .await?;
        if asked.status != 202 {
            return Err(format!("asking for a mail: {asked:?}").into());
        }
        let mails = mailbox.wait_for(&self.address, before + 1);
        let mails = tokio::time::timeout(Duration::from_secs(20), mails).await?;
        let text = mails
            .last()
            .and_then(|mail| mail.text.clone())
            .unwrap_or_default();
        let code = code_in(&text).ok_or("a mail without a code")?;
        let signed_in = self
            .insist("sign-in/code", &json!({ "code": code }))
            .await?;
        if signed_in.status != 200 {
            return Err(format!("signing in: {signed_in:?}").into());
        }
        Ok(())
    }

    /// Opens a ticket and gives its id.
    pub(crate) async fn open(&self, text: &str) -> Outcome<String> {
        let key = self.dice.uuid();
        let new = json!({ "key": key, "subject": format!("About {text}"), "message": text });
        let answer = self.write("tickets/open", &json!({ "new": new })).await?;
        let ticket = answer.json()?.as_str().unwrap_or_default().to_owned();
        self.note(&ticket, Act::Open, key);
        Ok(ticket)
    }

    /// Writes to a ticket, now and then with files.
    pub(crate) async fn reply(&self, ticket: &str, text: &str) -> Outcome {
        let key = self.dice.uuid();
        let files = self.some_files().await?;
        let body = json!({ "ticket": ticket, "key": key, "text": text, "files": files });
        self.write("tickets/reply", &body).await?;
        let (act, person) = (Act::Reply, self.number);
        let written = Written {
            act,
            key,
            person,
            files,
        };
        self.book.note(ticket, written);
        Ok(())
    }

    /// Cancels a ticket.
    pub(crate) async fn cancel(&self, ticket: &str) -> Outcome {
        let key = self.dice.uuid();
        self.write("tickets/cancel", &json!({ "ticket": ticket, "key": key }))
            .await?;
        self.note(ticket, Act::Cancel, key);
        Ok(())
    }

    fn note(&self, ticket: &str, act: Act, key: String) {
        let person = self.number;
        self.book.note(ticket, Written::of(act, key, person));
    }

    /// Sends a write, now and then twice at once, as a nervous finger or a proxy does, until it is taken.
    async fn write(&self, endpoint: &str, body: &Value) -> Outcome<Answer> {
        let answer = if self.dice.percent(15) {
            let (first, second) =
                futures_util::join!(self.insist(endpoint, body), self.insist(endpoint, body));
            second?;
            first?
        } else {
            self.insist(endpoint, body).await?
        };
        if answer.status == 200 {
            Ok(answer)
        } else {
            Err(format!("{endpoint} was answered with {answer:?}").into())
        }
    }

    /// Calls until there is an answer that another try would not change.
    pub(crate) async fn insist(&self, endpoint: &str, body: &Value) -> Outcome<Answer> {
        let until = self.clock.now() + PATIENCE;
        loop {
            match self.call(endpoint, body).await {
                Ok(answer) if answer.status < 500 && answer.status != 429 => return Ok(answer),
                last if self.clock.now() > until => {
                    return Err(format!("{endpoint} is not answered: {last:?}").into());
                }
                _ => tokio::time::sleep(Duration::from_millis(30 + self.dice.below(40))).await,
            }
        }
    }

    /// Calls once.
    pub(crate) async fn call(&self, endpoint: &str, body: &Value) -> reqwest::Result<Answer> {
        let request = self.post(&format!("/portal/api/{endpoint}")).json(body);
        self.answer_to(request).await
    }

    /// A request as our pages send it.
    fn post(&self, path: &str) -> reqwest::RequestBuilder {
        let port = self.port;
        self.http
            .post(format!("http://127.0.0.1:{port}{path}"))
            .header("host", format!("localhost:{port}"))
            .header("origin", format!("http://localhost:{port}"))
            .header(
                "x-forwarded-for",
                format!("198.51.100.{}", self.number % 250),
            )
            .timeout(Duration::from_secs(20))
    }

    async fn answer_to(&self, mut request: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
        let cookies = self.cookies();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let set: Vec<String> = response
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok().map(str::to_owned))
            .collect();
        for cookie in set {
            self.keep(&cookie);
        }
        let body = response.text().await?;
        Ok(Answer { status, body })
    }

    /// His ticket's thread: every text of his own in it, with how far it is.
    pub(crate) async fn thread(&self, ticket: &str) -> Outcome<Vec<(String, String)>> {
        let asked = json!({ "ticket": ticket, "earlier": null, "known": null });
        let answer = self.insist("tickets/show", &asked).await?;
        if answer.status != 200 {
            return Err(format!("showing {ticket}: {answer:?}").into());
        }
        let view = answer.json()?;
        let entries = view["changed"]["entries"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let own = entries.iter().filter_map(|entry| {
            let message = entry.get("message")?;
            let key = message["key"].as_str()?;
            let delivery = message["delivery"].as_str()?;
            Some((key.to_owned(), delivery.to_owned()))
        });
        Ok(own.collect())
    }

    fn cookies(&self) -> String {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep(&self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or(cookie);
        if let Some((name, value)) = pair.split_once('=') {
            let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
            cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

/// Eight letters and digits with a dash between, as the mail shows the code.
fn code_in(text: &str) -> Option<&str> {
    let is_part = |part: &str| {
        part.len() == 4
            && part
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    text.split_whitespace().find(|word| {
        word.split_once('-')
            .is_some_and(|(first, second)| is_part(first) && is_part(second))
    })
}
