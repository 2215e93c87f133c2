//! A mail that came in, read: who it is from, as trustingly as the real one tells it.

use mail_parser::{Address, HeaderValue, MessageParser, MimeHeaders, PartType};
use serde_json::{Value, json};

use crate::moment::Moment;

/// A mail, read.
pub(super) struct Mail {
    pub(super) message_id: String,
    pub(super) subject: String,
    pub(super) date: Option<Moment>,
    pub(super) from: Vec<String>,
    /// The address that counts as the sender, as it was spelt, and the name beside it.
    pub(super) author: String,
    pub(super) author_name: String,
    pub(super) to: Vec<String>,
    pub(super) cc: Vec<String>,
    pub(super) in_reply_to: Option<String>,
    pub(super) references: Vec<String>,
    pub(super) headers: Value,
    pub(super) content_type: String,
    pub(super) multipart: bool,
    pub(super) auto_reply: bool,
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) files: Vec<MailFile>,
}

pub(super) struct MailFile {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
    pub(super) inline_id: Option<String>,
}

pub(super) fn read(raw: &[u8]) -> Option<Mail> {
    let parsed = MessageParser::default().parse(raw)?;
    let from = addresses(parsed.from());
    let said = addresses(parsed.reply_to());
    let reply_to: Vec<_> = said
        .iter()
        .filter(|(_, address)| is_address(address))
        .cloned()
        .collect();
    // One that is no address counts as what was said, and not as who it is.
    let spoken = if said.is_empty() { &from } else { &said };
    let original = |name: &'static str| {
        parsed
            .header(name)
            .and_then(HeaderValue::as_text)
            .map(|text| text.trim().to_owned())
    };
    let (sender, forwarded) = (original("X-Original-Sender"), original("X-Original-From"));
    let authors = if reply_to.is_empty() {
        &from
    } else {
        &reply_to
    };
    let (name, address) = authors.first().cloned()?;
    let author = sender
        .clone()
        .filter(|sender| is_address(sender))
        .unwrap_or(address);
    let author_name =
        name.unwrap_or_else(|| author.split('@').next().unwrap_or_default().to_owned());
    let headers = if sender.is_some() || forwarded.is_some() {
        json!({ "x-original-from": forwarded, "x-original-sender": sender, "x-forwarded-for": original("X-Forwarded-For") })
    } else {
        Value::Null
    };
    let auto_reply = original("Auto-Submitted").is_some_and(|value| value != "no");
    let plain = |part: &mail_parser::MessagePart<'_>| match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        _ => None,
    };
    let rich = |part: &mail_parser::MessagePart<'_>| match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        _ => None,
    };
    let file = |part: &mail_parser::MessagePart<'_>| MailFile {
        name: part.attachment_name().unwrap_or("attachment").to_owned(),
        content_type: part
            .content_type()
            .map(kind_of)
            .unwrap_or_else(|| "application/octet-stream".to_owned()),
        bytes: part.contents().to_vec(),
        inline_id: part.content_id().map(str::to_owned),
    };
    let spelt = |list: &[(Option<String>, String)]| {
        list.iter()
            .map(|(_, address)| address.to_lowercase())
            .collect()
    };
    Some(Mail {
        message_id: parsed.message_id()?.to_owned(),
        subject: parsed.subject().unwrap_or_default().to_owned(),
        date: parsed
            .date()
            .map(|date| Moment::from_seconds(date.to_timestamp())),
        from: spelt(spoken),
        author,
        author_name,
        to: addresses(parsed.to())
            .into_iter()
            .map(|(_, address)| address)
            .collect(),
        cc: addresses(parsed.cc())
            .into_iter()
            .map(|(_, address)| address)
            .collect(),
        in_reply_to: ids(parsed.in_reply_to()).into_iter().next(),
        references: ids(parsed.references()),
        headers,
        content_type: parsed
            .content_type()
            .map(full_kind)
            .unwrap_or_else(|| "text/plain".to_owned()),
        multipart: parsed
            .content_type()
            .is_some_and(|kind| kind.c_type == "multipart"),
        auto_reply,
        text: parsed.text_bodies().find_map(plain),
        html: parsed.html_bodies().find_map(rich),
        files: parsed.attachments().map(file).collect(),
    })
}

fn addresses(of: Option<&Address<'_>>) -> Vec<(Option<String>, String)> {
    let list = of.into_iter().flat_map(Address::iter);
    list.filter_map(|one| Some((one.name().map(str::to_owned), one.address()?.to_owned())))
        .collect()
}

fn is_address(text: &str) -> bool {
    text.split('@').count() == 2 && !text.contains(char::is_whitespace)
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match value.as_text_list() {
        Some(list) => list.iter().map(|id| id.to_string()).collect(),
        None => value.as_text().map(str::to_owned).into_iter().collect(),
    }
}

fn kind_of(kind: &mail_parser::ContentType<'_>) -> String {
    format!(
        "{}/{}",
        kind.c_type,
        kind.c_subtype.as_deref().unwrap_or_default()
    )
}

/// `multipart/mixed; boundary=b1`.
fn full_kind(kind: &mail_parser::ContentType<'_>) -> String {
    let mut out = kind_of(kind);
    for attribute in kind.attributes.iter().flatten() {
        out.push_str(&format!("; {}={}", attribute.name, attribute.value));
    }
    out
}
