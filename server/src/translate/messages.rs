//! One message: who, what, when, as the customer may see it.

use app::tickets::markup::Node;
use app::tickets::model::{Author, Key, MessageKind};
use chatwoot::{AuthorKind, Direction, Email, Kind, Message};

use super::{Side, Translated, files, inline, kinds, preview, status, subject};
use crate::markup::{html, markdown, plain};

/// What of its ticket a message is read by.
#[derive(Clone, Copy, Debug)]
pub struct Thread<'a> {
    /// The customer's verified address.
    pub address: &'a str,
    /// The ticket's subject, if the customer wrote it: its first line is not repeated.
    pub subject: Option<&'a str>,
    /// The ticket comes from an earlier portal, which marked its messages in other ways than we do.
    pub adopted: bool,
    /// It began by e-mail: only a mail of his is his.
    pub by_email: bool,
    /// When the ticket was opened, in Chatwoot's seconds.
    pub opened_at: i64,
}

/// The first message is made within the call that makes its ticket.
const FIRST_WITHIN: i64 = 2;

/// A message that a customer may see. The client has left out private notes and activity already.
pub fn message(message: &Message, thread: Thread<'_>) -> Translated {
    let (side, author) = author(message, thread);
    let kind = match side {
        _ if message.deleted => MessageKind::Deleted,
        Side::Somebody => MessageKind::SomebodyByEmail,
        Side::Elsewhere => MessageKind::GoesOnByEmail,
        Side::You | Side::Agent | Side::Team => MessageKind::Text,
    };
    let (body, files) = match kind {
        MessageKind::Text => (
            body(message, side, thread),
            message.attachments.iter().map(files::file).collect(),
        ),
        MessageKind::Deleted
        | MessageKind::SomebodyByEmail
        | MessageKind::GoesOnByEmail
        | MessageKind::Unsupported => (Vec::new(), Vec::new()),
    };
    let kind = match kind {
        MessageKind::Text if body.is_empty() && files.is_empty() => MessageKind::Unsupported,
        kind => kind,
    };
    let mut beginning = preview::preview(&body);
    if beginning.is_empty()
        && let Some(first) = files.first()
    {
        beginning = preview::preview(&[Node::Text(first.file.name.clone())]);
    }
    Translated {
        id: message.id.number(),
        at: status::millis(message.created_at),
        key: key(message, side, thread),
        side,
        author,
        kind,
        body,
        preview: beginning,
        files,
        inline: Vec::new(),
        mail_id: mail_id(message, side),
    }
}

/// By which his own mail programs know a mail of his.
fn mail_id(message: &Message, side: Side) -> Option<String> {
    let email = message.email.as_ref().filter(|_| side == Side::You)?;
    email.message_id.clone()
}

fn author(message: &Message, thread: Thread<'_>) -> (Side, Author) {
    let is_his = || {
        let email = message.email.as_ref();
        email.is_some_and(|email| is_mail_of(email, thread.address))
    };
    match message.direction {
        Direction::Incoming if thread.by_email && !is_his() => (Side::Elsewhere, Author::Team),
        Direction::Incoming if is_email(message) && !is_his() => (Side::Somebody, Author::Team),
        Direction::Incoming => (Side::You, Author::You),
        Direction::Template => (Side::Team, Author::Team),
        Direction::Outgoing => match &message.author {
            Some(author) if author.kind != AuthorKind::Contact => match &author.name {
                Some(name) => (Side::Agent, Author::Agent(name.clone())),
                None => (Side::Agent, Author::Team),
            },
            // An agent who is gone, or an automation: somebody of the team wrote it all the same.
            _ => (Side::Agent, Author::Team),
        },
    }
}

fn is_email(message: &Message) -> bool {
    message.kind == Kind::IncomingEmail || message.email.is_some()
}

/// Whether a mail is a customer's: he alone is its author, and nothing in it names another sender.
pub fn is_mail_of(email: &Email, address: &str) -> bool {
    !email.names_other_sender
        && matches!(email.from.as_slice(), [one] if one.eq_ignore_ascii_case(address))
}

/// What a message of ours is marked with is `portal:` and the browser's key. A mail's Message-ID is written by its author, so that ours
/// counts only where our replies go as mails, and only in a mail that is the customer's.
fn key(message: &Message, side: Side, thread: Thread<'_>) -> Option<Key> {
    let mark = message.source_id.as_deref().filter(|_| side == Side::You)?;
    match (is_email(message), thread.by_email) {
        (false, _) => Key::parse(mark.strip_prefix("portal:")?),
        (true, true) => Key::parse(mark.strip_prefix("portal-")?.split_once('@')?.0),
        (true, false) => None,
    }
}

fn body(message: &Message, side: Side, thread: Thread<'_>) -> Vec<Node> {
    let text = message.content.as_deref().unwrap_or_default();
    if side != Side::You {
        return kinds::body(&message.kind, text);
    }
    if let Some(email) = message.email.as_ref().filter(|_| is_email(message)) {
        // What was written here is shown as it was before it went, and quotes nothing but what he quoted himself.
        return match key(message, side, thread) {
            Some(_) => markdown(email.text.reply.as_deref().unwrap_or(text)),
            None => mail(email, text),
        };
    }
    let first = (message.created_at - thread.opened_at).abs() <= FIRST_WITHIN;
    let ours = message
        .source_id
        .as_deref()
        .is_some_and(|source| source.starts_with("portal:"));
    match thread.subject {
        Some(it) if first && (ours || thread.adopted) => {
            let has_files = !message.attachments.is_empty();
            markdown(subject::without_subject_line(text, it, has_files))
        }
        // Agents read it as Markdown, and so does he.
        _ => markdown(text),
    }
}

/// A mail: its text if it has one, else its HTML. What it quotes is folded.
fn mail(email: &Email, content: &str) -> Vec<Node> {
    let whole = email.text.reply.as_deref().unwrap_or_default().trim();
    // Chatwoot calls the new part "quoted".
    let new = email.text.new.as_deref().unwrap_or(whole).trim();
    if !new.is_empty() {
        let mut nodes = plain(new);
        let kept = pictures(email);
        if !kept.is_empty() {
            nodes.push(Node::Paragraph(kept));
        }
        let quoted = plain(whole.strip_prefix(new).unwrap_or_default());
        if !quoted.is_empty() {
            nodes.push(Node::Folded(quoted));
        }
        return nodes;
    }
    let nodes = html(email.html.full.as_deref().unwrap_or_default());
    if !nodes.is_empty() {
        return nodes;
    }
    // What Chatwoot makes of HTML is Markdown.
    markdown(email.html.new.as_deref().unwrap_or(content))
}

/// Where a folder of Chatwoot's files begins.
const STORED: &str = "/rails/active_storage/";

/// The pictures that a mail's HTML has between its words, for a mail that is shown as its text.
fn pictures(email: &Email) -> Vec<Node> {
    let whole = email.html.full.as_deref().unwrap_or_default();
    if !whole.contains(STORED) {
        return Vec::new();
    }
    let mut found = inline::pictures(html(whole));
    found.retain(|it| matches!(it, Node::Picture(address, _) if address.contains(STORED)));
    found
}
