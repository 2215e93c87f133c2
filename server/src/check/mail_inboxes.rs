//! Inboxes for e-mail: whether tickets that customers began there are shown, and whether they can be answered here.

use chatwoot::{Channel, Client, Inbox};

use super::report::Line;
use crate::config::Config;
use crate::failure;

const PART: &str = "e-mail";

pub(super) async fn examine(config: &Config, chatwoot: &Client) -> Vec<Line> {
    match chatwoot.inboxes().await {
        Ok(found) => lines(config, &found),
        Err(error) => vec![Line::fault(
            PART,
            format!("the inboxes cannot be listed: {}", failure::chain(&error)),
            "Look at Chatwoot's own log.",
        )],
    }
}

fn lines(config: &Config, found: &[Inbox]) -> Vec<Line> {
    let mails: Vec<&Inbox> = found
        .iter()
        .filter(|inbox| inbox.channel == Channel::Email)
        .collect();
    if !config.email_tickets {
        return vec![Line::note(
            PART,
            "EMAIL_TICKETS is off: tickets that customers began by e-mail are not shown",
        )];
    }
    if mails.is_empty() {
        return vec![Line::ok(PART, "the account has no inbox for e-mail")];
    }
    mails.into_iter().map(|inbox| line(config, inbox)).collect()
}

fn line(config: &Config, inbox: &Inbox) -> Line {
    let named = format!("{} {:?}", inbox.id, inbox.name);
    let address = inbox.email.as_deref().filter(|it| !it.is_empty());
    match address {
        Some(address) if config.email_replies => {
            let goes = format!(
                "what customers began in {named} is shown; their replies go to {address} as mails from {}",
                config.smtp.from.email
            );
            let forwarded = inbox.forward_to_email.as_deref().unwrap_or("Chatwoot");
            match inbox.imap_enabled {
                true => Line::ok(
                    PART,
                    format!("{goes}, and are there once Chatwoot has fetched them"),
                ),
                false => Line::note(
                    PART,
                    format!(
                        "{goes}; Chatwoot does not fetch that mailbox's mail, so that replies are there only if the mail server forwards it to {forwarded}. \
                         Switch on IMAP in the inbox's settings, or see that it does, or set EMAIL_REPLIES=off"
                    ),
                ),
            }
        }
        Some(address) => Line::ok(
            PART,
            format!(
                "what customers began in {named} is shown; EMAIL_REPLIES is off, so that they answer by mails of their own to {address}"
            ),
        ),
        None => Line::note(
            PART,
            format!(
                "what customers began in {named} is shown; it has no address, so that they are asked to answer by mails of their own"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::configured::config_with;
    use super::*;

    #[test]
    fn each_inbox_for_mail_is_named_and_whether_it_can_be_answered() {
        let inboxes: Vec<Inbox> = serde_json::from_value(json!([
            { "id": 1, "name": "Portal", "channel_type": "Channel::Api" },
            { "id": 2, "name": "Support", "channel_type": "Channel::Email", "email": "support@acme.test", "imap_enabled": true },
            { "id": 4, "name": "Sales", "channel_type": "Channel::Email", "email": "sales@acme.test", "forward_to_email": "in@acme.test" },
            { "id": 3, "name": "Old", "channel_type": "Channel::Email", "email": "" },
        ]))
        .unwrap();
        for (more, first) in [
            (
                ("", ""),
                "go to support@acme.test as mails from portal@acme.example",
            ),
            (
                ("EMAIL_REPLIES", "off"),
                "mails of their own to support@acme.test",
            ),
            (("EMAIL_TICKETS", "off"), "are not shown"),
        ] {
            let said = lines(&config_with(more), &inboxes);
            let verdict = format!("{:?}", said[0].verdict);
            assert!(verdict.contains(first), "{verdict}");
            assert!(said.iter().all(|line| !line.is_fault()));
            assert_eq!(said.len(), if more.0 == "EMAIL_TICKETS" { 1 } else { 3 });
            if more.0.is_empty() {
                let second = format!("{:?}", said[1].verdict);
                assert!(second.contains("forwards it to in@acme.test"), "{second}");
            }
        }
    }
}
