//! What is read of recorded answers, word for word.

use std::num::NonZeroU32;

use chatwoot::{
    AuthorKind, Channel, Client, ConversationId, Cursor, Direction, InboxId, Kind, Role, Sort,
    SourceId, Status,
};
use serde_json::Value;

use super::{NEWEST, OLDEST, recorded};
use crate::support::Server;

/// A client that is given the answer of this name.
async fn given(folder: &str, name: &str) -> Client {
    let exchange = recorded(folder)
        .into_iter()
        // Two chapters have a “the thread then”: the mail’s is the later.
        .rfind(|exchange| exchange.call.is_some() && exchange.name == name)
        .unwrap_or_else(|| panic!("{folder}: no {name}"));
    let server = Server::with([exchange.reply()]).await;
    server.client()
}

fn ticket() -> ConversationId {
    ConversationId::new(1).unwrap()
}

#[tokio::test]
async fn an_inbox_says_what_the_portal_depends_on() {
    for folder in [NEWEST, OLDEST] {
        let inbox = given(folder, "portal inbox").await.inbox().await.unwrap();
        assert_eq!(inbox.channel, Channel::Api);
        assert_eq!(inbox.name, "Portal");
        let identifier = inbox.inbox_identifier.as_ref().map(|it| it.as_str());
        assert_eq!(identifier, Some("inbox_identifier"));
        assert!(inbox.seen_by_administrator());
        assert!(inbox.allow_messages_after_resolved && !inbox.lock_to_single_conversation);
        let seen = given(folder, "portal inbox seen by an agent").await;
        assert!(!seen.inbox().await.unwrap().seen_by_administrator());
        let mail = given(folder, "e-mail inbox").await.inbox().await.unwrap();
        assert_eq!(mail.channel, Channel::Email);
        assert!(mail.inbox_identifier.is_none());
    }
}

#[tokio::test]
async fn a_list_has_status_marks_and_whose_it_is() {
    for folder in [NEWEST, OLDEST] {
        let exchange = recorded(folder)
            .into_iter()
            .find(|exchange| exchange.name == "list by source_id")
            .unwrap();
        let body: Value = serde_json::from_slice(&exchange.body).unwrap();
        let inbox = body["data"]["payload"][0]["inbox_id"].as_u64().unwrap();
        let server = Server::with([exchange.reply()]).await;
        let mut settings = server.settings();
        settings.inbox = InboxId::new(inbox).unwrap();
        let client = Client::new(settings).unwrap();
        let source = SourceId::new("p1_ada").unwrap();
        let page = client
            .conversations_of(&source, NonZeroU32::MIN, Sort::ActivityDesc)
            .await
            .unwrap();
        assert_eq!((page.rows.len(), page.foreign, page.total), (3, 0, Some(3)));
        let row = &page.rows[0];
        assert_eq!(row.marks.mail_subject.as_deref(), Some("Printer on fire"));
        assert_eq!(row.portal_subject(), Some("Printer on fire"));
        assert_eq!(row.status, Status::Open);
        assert_eq!(row.source_hint(), Some(&source));
        assert_eq!(row.contact_last_seen_at, None);
        assert!(row.created_at.is_some() && row.updated_at.is_some());
        let sender = row.sender().unwrap();
        assert_eq!(sender.email.as_deref(), Some("ada@example.com"));
        assert!(!sender.blocked);
    }
}

#[tokio::test]
async fn a_thread_has_answers_deletions_and_files() {
    for folder in [NEWEST, OLDEST] {
        let client = given(folder, "the thread after all that").await;
        let part = client.messages(ticket(), Cursor::Newest).await.unwrap();
        assert_eq!(part.messages.len(), 13, "{folder}");
        let first = &part.messages[0];
        assert_eq!(first.source_id.as_deref(), Some("portal:0001"));
        assert_eq!(first.direction, Direction::Incoming);
        let agents = &part.messages[1];
        assert_eq!(agents.direction, Direction::Outgoing);
        let author = agents.author.as_ref().unwrap();
        assert_eq!(author.kind, AuthorKind::User);
        assert_eq!(author.name.as_deref(), Some("John Doe"));
        assert_eq!(part.messages[3].in_reply_to, Some(agents.id));
        assert_eq!(part.messages.iter().filter(|it| it.deleted).count(), 1);
        let files: Vec<_> = part
            .messages
            .iter()
            .flat_map(|it| &it.attachments)
            .collect();
        assert!(
            files
                .iter()
                .any(|it| it.name().as_deref() == Some("fire.png"))
        );
        assert!(files.iter().all(|it| it.file_size.is_some()));
    }
}

#[tokio::test]
async fn a_mail_thread_has_its_authors() {
    for (folder, expected) in [(NEWEST, 3), (OLDEST, 1)] {
        let client = given(folder, "the thread then").await;
        let part = client.messages(ticket(), Cursor::Newest).await.unwrap();
        let mails: Vec<_> = part
            .messages
            .iter()
            .filter_map(|it| it.email.as_ref())
            .collect();
        assert_eq!(mails.len(), expected, "{folder}");
        assert_eq!(mails[0].from, ["ada@example.com"]);
        assert_eq!(
            mails[0].text.new.as_deref(),
            Some("Hello,\nwhere is my invoice?")
        );
        assert!(!mails[0].names_other_sender);
        assert_eq!(part.messages[0].kind, Kind::IncomingEmail);
        if let [_, answer, html] = mails.as_slice() {
            assert!(answer.from.is_empty());
            assert_eq!(html.html.new.as_deref(), Some("Thanks, see this"));
        }
    }
}

#[tokio::test]
async fn a_survey_has_its_answer() {
    for folder in [NEWEST, OLDEST] {
        let client = given(folder, "the thread keeps the answer").await;
        let part = client.messages(ticket(), Cursor::Newest).await.unwrap();
        let survey = part.messages.last().unwrap();
        assert_eq!(survey.direction, Direction::Template);
        assert_eq!(survey.author, None);
        let Kind::Rating {
            display,
            rating,
            feedback,
        } = &survey.kind
        else {
            panic!("{:?}", survey.kind);
        };
        assert_eq!(display.as_deref(), Some("star"));
        assert_eq!((*rating, feedback.as_deref()), (Some(2), Some("Then slow")));
    }
}

#[tokio::test]
async fn the_token_is_an_administrators_or_not() {
    for folder in [NEWEST, OLDEST] {
        for (name, role) in [
            ("profile of an administrator token", Role::Administrator),
            ("profile of an agent token", Role::Agent),
        ] {
            let profile = given(folder, name).await.profile().await.unwrap();
            assert_eq!(profile.accounts.len(), 1);
            assert_eq!(profile.role_in(profile.accounts[0].id), Some(role));
        }
        let account = given(folder, "account").await.account().await.unwrap();
        assert!(account.has("help_center") && !account.has("email_continuity_on_api_channel"));
    }
}
