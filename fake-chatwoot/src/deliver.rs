//! Sends webhooks: signed, once, and given up after five seconds.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::carriage::Carriage;
use crate::inside::{Shared, held};
use crate::store::events::Event;

const PATIENCE: Duration = Duration::from_secs(5);

/// One attempt to deliver, finished.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Where to.
    pub url: String,
    /// `message_created` and so on.
    pub event: String,
    /// What the receiver answered, if it did in time.
    pub status: Option<u16>,
}

/// One request to make.
#[derive(Clone)]
pub(crate) struct Parcel {
    url: String,
    event: String,
    body: String,
    secret: String,
    id: String,
    timestamp: i64,
}

/// Delivers every event from now on, until the future is dropped.
pub(crate) async fn deliver(fake: Shared, mut events: Receiver<Event>) {
    let mut under_way = JoinSet::new();
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => {
                    let parcels = parcels(&fake, &event);
                    under_way.spawn(carry_all(fake.clone(), parcels));
                }
                Err(RecvError::Lagged(missed)) => fake.settled.send_modify(|count| *count += missed),
                Err(RecvError::Closed) => return,
            },
            Some(_) = under_way.join_next() => {}
        }
    }
}

/// What is to be sent for an event, as things stand now, which may be later than the event.
fn parcels(fake: &Shared, event: &Event) -> Vec<Parcel> {
    let mut data = fake.data();
    if data.webhooks.is_empty() {
        return Vec::new();
    }
    let Some((name, body)) = data.webhook_body(event) else {
        return Vec::new();
    };
    // As Rails escapes JSON; outside of texts these three do not occur.
    let body = body
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026");
    let timestamp = data.time().seconds();
    let subscribed: Vec<_> = data
        .webhooks
        .iter()
        .filter(|row| row.subscriptions.iter().any(|event| event == name))
        .cloned()
        .collect();
    let parcel = |webhook: crate::store::account::Webhook| Parcel {
        url: webhook.url,
        event: name.to_owned(),
        body: body.clone(),
        secret: webhook.secret,
        id: data.chance.uuid(),
        timestamp,
    };
    subscribed.into_iter().map(parcel).collect()
}

/// How webhooks are carried, and what is held: under one lock, so that nothing is held any more once it is let go.
#[derive(Default)]
pub(crate) struct Road {
    carriage: Carriage,
    waiting: Vec<Parcel>,
}

impl Road {
    /// What is sent now, as it arrives.
    fn takes(&mut self, mut parcels: Vec<Parcel>) -> Vec<Parcel> {
        match self.carriage {
            Carriage::Well => {}
            Carriage::Lost => parcels.clear(),
            Carriage::Doubled => parcels.extend(parcels.clone()),
            Carriage::Held => self.waiting.append(&mut parcels),
        }
        parcels
    }

    /// Changes it. What was held arrives, unless it is held on: the last first.
    fn becomes(&mut self, carriage: Carriage) -> Vec<Parcel> {
        self.carriage = carriage;
        if carriage == Carriage::Held {
            return Vec::new();
        }
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.reverse();
        waiting
    }
}

/// Changes how webhooks are carried, and lets those arrive that are held no more.
pub(crate) async fn set_carriage(fake: Shared, carriage: Carriage) {
    let waiting = held(&fake.road).becomes(carriage);
    for parcel in waiting {
        carry(fake.clone(), parcel).await;
    }
}

/// At once, as Chatwoot's workers do, unless the network does otherwise.
async fn carry_all(fake: Shared, parcels: Vec<Parcel>) {
    let parcels = held(&fake.road).takes(parcels);
    let each = parcels
        .into_iter()
        .map(|parcel| carry(fake.clone(), parcel));
    each.collect::<JoinSet<()>>().join_all().await;
    fake.settled.send_modify(|count| *count += 1);
}

async fn carry(fake: Shared, parcel: Parcel) {
    let status = timeout(PATIENCE, post(&parcel)).await.ok().flatten();
    let delivery = Delivery {
        url: parcel.url,
        event: parcel.event,
        status,
    };
    held(&fake.deliveries).push(delivery);
    fake.delivered.send_modify(|count| *count += 1);
}

/// One POST over plain HTTP; receivers by https are not reached.
async fn post(parcel: &Parcel) -> Option<u16> {
    let url = url::Url::parse(&parcel.url)
        .ok()
        .filter(|url| url.scheme() == "http")?;
    let (host, port) = (url.host_str()?, url.port_or_known_default()?);
    let query = url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    let signature = signature(&parcel.secret, parcel.timestamp, &parcel.body)?;
    let head = format!(
        "POST {}{query} HTTP/1.1\r\nAccept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3\r\nAccept: application/json\r\n\
         User-Agent: Ruby\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nX-Chatwoot-Delivery: {}\r\n\
         X-Chatwoot-Timestamp: {}\r\nX-Chatwoot-Signature: {signature}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        url.path(),
        parcel.id,
        parcel.timestamp,
        parcel.body.len(),
    );
    let mut stream = TcpStream::connect((host, port)).await.ok()?;
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(parcel.body.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let line = String::from_utf8_lossy(&answer).lines().next()?.to_owned();
    line.split(' ').nth(1)?.parse().ok()
}

/// `sha256=` and the hash over timestamp, dot and body.
fn signature(secret: &str, timestamp: i64, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(format!("{timestamp}.{body}").as_bytes());
    let hex: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Some(format!("sha256={hex}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_arrives_the_last_first_once_it_is_let_go_and_nothing_stays_behind() {
        let parcel = |id: &str| Parcel {
            url: String::new(),
            event: String::new(),
            body: String::new(),
            secret: String::new(),
            id: id.to_owned(),
            timestamp: 0,
        };
        let ids = |parcels: Vec<Parcel>| parcels.into_iter().map(|it| it.id).collect::<Vec<_>>();
        let mut road = Road::default();
        assert_eq!(ids(road.becomes(Carriage::Held)), [""; 0]);
        assert_eq!(ids(road.takes(vec![parcel("1")])), [""; 0]);
        assert_eq!(ids(road.takes(vec![parcel("2")])), [""; 0]);
        assert_eq!(ids(road.becomes(Carriage::Doubled)), ["2", "1"]);
        assert_eq!(ids(road.takes(vec![parcel("3")])), ["3", "3"]);
        assert_eq!(ids(road.becomes(Carriage::Well)), [""; 0]);
    }

    #[test]
    fn a_signature_is_what_the_real_one_signs() {
        let signed = signature(
            "s3cr3tToken24charsLongXX",
            1_781_110_435,
            "{\"event\":\"message_created\",\"id\":9001}",
        );
        let expected = "sha256=05f57daceb8122071d736dff6be188e1eb3ba5efacf29efac9b58f078b2b3d1d";
        assert_eq!(signed.as_deref(), Some(expected));
    }
}
