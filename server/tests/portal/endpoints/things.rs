//! What a customer has and endpoints name: made, missing, and malformed.

use std::time::Duration;

use app::tickets::model::TicketId;
use fake_chatwoot::File;
use serde_json::json;

use super::KEY;
use crate::support::{Browser, Stage};

/// A ticket that nobody has.
const MISSING: &str = "6bdc3f4d-0bec-4515-a284-5d916fdde489";

/// What a customer has and endpoints name.
#[derive(Clone, Debug)]
pub(crate) struct Things {
    /// His ticket.
    pub(crate) ticket: String,
    /// An act of writing in it.
    pub(crate) key: String,
    /// A file in it.
    pub(crate) file: String,
    /// Another session of his.
    pub(crate) session: String,
    /// A file of his that waits for a message.
    pub(crate) upload: String,
}

impl Things {
    /// Makes them: a ticket with an agent's file, and a reply of which nobody knows yet what became.
    pub(crate) async fn of(stage: &Stage, browser: &mut Browser, words: &str) -> Self {
        let of = words.bytes().map(u32::from).sum::<u32>();
        let key = |last: &str| format!("{of:08x}{}{last}", &KEY[8..35]);
        let new = json!({ "key": key("1"), "subject": words, "message": words });
        let opened = browser.call("tickets/open", &json!({ "new": new })).await;
        let ticket = opened.json().as_str().unwrap().to_owned();
        stage.rests().await;
        let number = stage.fake.conversations().last().unwrap().id;
        let picture = File {
            name: "a.png".to_owned(),
            content_type: "image/png".to_owned(),
            bytes: picture_bytes(),
        };
        let sent = stage.fake.agent_sends_files(number, words, vec![picture]);
        let message = stage.fake.message(sent.unwrap()).unwrap();
        let reply = json!({ "ticket": ticket, "key": key("2"), "text": "fail: odd 422" });
        browser.call("tickets/reply", &reply).await;
        stage.rests().await;
        let show = json!({ "ticket": ticket, "earlier": null, "known": null });
        // Until it is here.
        while !browser
            .call("tickets/show", &show)
            .await
            .body
            .contains("a.png")
        {
            stage.clock.advance(Duration::from_secs(10));
            stage.rests().await;
        }
        let address = browser.signed_in_as().await.unwrap();
        stage.signed_in(&address).await;
        let sessions = browser.call("session/list", &json!({})).await.json();
        let mut sessions = sessions.as_array().unwrap().iter();
        let other = sessions.find(|it| it["here"] == json!(false)).unwrap();
        stage.wishes_are_done().await;
        stage.rests().await;
        let upload = key("3");
        let sent = browser.uploads(&upload, "b.png", &picture_bytes()).await;
        assert_eq!(sent.status, 201, "{sent:?}");
        Self {
            ticket,
            upload,
            key: key("2"),
            file: message.attachments[0].id.to_string(),
            session: other["handle"].as_str().unwrap().to_owned(),
        }
    }

    /// Such that there are none of.
    pub(crate) fn missing() -> Self {
        Self {
            ticket: MISSING.to_owned(),
            key: KEY.to_owned(),
            file: "987654".to_owned(),
            session: "BBBBBBBBBBBBBBBBBBBBBB".to_owned(),
            upload: KEY.to_owned(),
        }
    }

    /// Names that nothing can have, but which a careless reader might take for this.
    pub(crate) fn malformed(of: &Self) -> Vec<Self> {
        let tickets = [
            "1".to_owned(),
            "1042".to_owned(),
            "66abc".to_owned(),
            "..".to_owned(),
            "null".to_owned(),
            "%".to_owned(),
            "\0".to_owned(),
            "ß\u{202e}".to_owned(),
            "' OR 1=1 --".to_owned(),
            "<script>".to_owned(),
            "a".repeat(4_000),
            of.ticket.to_uppercase(),
            of.ticket.replace('-', ""),
            format!("{{{}}}", of.ticket),
            format!(" {}", of.ticket),
            format!("{}\n", of.ticket),
            format!("{}/", of.ticket),
            format!("{}#", of.ticket),
            TicketId::nobodys().to_string(),
        ];
        let files = ["0", "-1", "1e3", "99999999999999999999", "..", "a.png"].map(str::to_owned);
        let file_like = [
            format!("0{}", of.file),
            format!("{}abc", of.file),
            format!("{}/", of.file),
            format!("+{}", of.file),
        ];
        let with_ticket = tickets.into_iter().map(|ticket| Self {
            ticket,
            ..of.clone()
        });
        let files = files.into_iter().chain(file_like);
        let with_file = files.map(|file| Self { file, ..of.clone() });
        let sessions = [
            String::new(),
            "..".to_owned(),
            "\0".to_owned(),
            "A".repeat(43),
            of.session.to_lowercase(),
            format!("{}=", of.session),
            format!(" {}", of.session),
        ];
        let with_session = sessions.into_iter().map(|session| Self {
            session,
            ..of.clone()
        });
        let uploads = [
            "1".to_owned(),
            "..".to_owned(),
            of.upload.to_uppercase(),
            of.upload.replace('-', ""),
            format!("{}/", of.upload),
            TicketId::nobodys().to_string(),
        ];
        let with_upload = uploads.into_iter().map(|upload| Self {
            upload,
            ..of.clone()
        });
        let parts = with_session.chain(with_upload);
        with_ticket.chain(with_file).chain(parts).collect()
    }
}

fn picture_bytes() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n0123456789".to_vec()
}
