//! What a message is besides its text, read from `content_attributes` by its content type.
//!
//! Bots and integrations write there what they like, so that everything is read field by field and nothing can fail.
//! Blind copies, headers, rule ids and delivery errors are not read.

use serde_json::Value;

/// What a message is besides its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing but text and files.
    Text,
    /// A mail that came in; see [`crate::Message::email`].
    IncomingEmail,
    /// A choice is asked for.
    Select {
        /// What can be chosen.
        items: Vec<Choice>,
        /// What was chosen.
        answered: Vec<Choice>,
    },
    /// Cards with pictures and buttons.
    Cards(Vec<Card>),
    /// A form is asked for.
    Form {
        /// What it asks.
        fields: Vec<FormField>,
        /// What was answered.
        answered: Vec<FormAnswer>,
    },
    /// Articles of the help centre.
    Articles(Vec<Article>),
    /// The customer’s address is asked for.
    AskEmail {
        /// What was answered.
        answered: Option<String>,
    },
    /// Free text is asked for.
    AskText,
    /// The survey.
    Rating {
        /// `emoji` or `star`.
        display: Option<String>,
        /// From 1 to 5, once answered.
        rating: Option<u8>,
        /// Words with it.
        feedback: Option<String>,
    },
    /// A picture that stands for a mood.
    Sticker,
    /// A call.
    Call,
    /// Something of another product, for example a meeting.
    Integration,
    /// Something of a later Chatwoot: its text is all there is.
    Other,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is read.
    pub title: String,
    /// What is sent.
    pub value: String,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its heading.
    pub title: String,
    /// Its text.
    pub description: Option<String>,
    /// A picture’s address, anywhere: not to be loaded unasked.
    pub media_url: Option<String>,
    /// Its buttons.
    pub actions: Vec<CardAction>,
}

/// A button of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAction {
    /// What is read.
    pub text: String,
    /// Where it leads, if it is a link. Not checked.
    pub uri: Option<String>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// Its key in the answer.
    pub name: String,
    /// What is read.
    pub label: String,
}

/// A field of a form, answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormAnswer {
    /// Its key.
    pub name: String,
    /// What was answered.
    pub value: String,
}

/// An article of the help centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its heading.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Where it is. Not checked.
    pub link: Option<String>,
}

/// The mail that a message came or went as. Anybody can be its author, also in the portal’s own inbox (api.md §0b.3).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Email {
    /// Its authors, as the mail says. Empty for one that went out.
    pub from: Vec<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Whether its headers name another sender (`x-original-sender` and the like).
    pub names_other_sender: bool,
    /// Its plain text.
    pub text: EmailText,
    /// What Chatwoot made of its HTML; [`EmailText::full`] is the raw HTML of whoever wrote it.
    pub html: EmailText,
}

/// The three forms of a mail’s text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EmailText {
    /// The whole.
    pub full: Option<String>,
    /// The whole as text.
    pub reply: Option<String>,
    /// Only what is new: Chatwoot calls it “quoted”, but the quotation is what it leaves out.
    pub new: Option<String>,
}

impl Kind {
    pub(crate) fn read(content_type: &str, from: &Value) -> Self {
        match content_type {
            "text" | "" => Self::Text,
            "incoming_email" => Self::IncomingEmail,
            "input_select" => Self::Select {
                items: rows(from.get("items"), Choice::read),
                answered: rows(from.get("submitted_values"), Choice::read),
            },
            "cards" => Self::Cards(rows(from.get("items"), Card::read)),
            "form" => Self::Form {
                fields: rows(from.get("items"), FormField::read),
                answered: rows(from.get("submitted_values"), FormAnswer::read),
            },
            "article" => Self::Articles(rows(from.get("items"), Article::read)),
            "input_email" => Self::AskEmail {
                answered: text(from, "submitted_email"),
            },
            "input_text" | "input_textarea" => Self::AskText,
            "input_csat" => Self::rating(from),
            "sticker" => Self::Sticker,
            "voice_call" => Self::Call,
            "integrations" => Self::Integration,
            _ => Self::Other,
        }
    }

    fn rating(from: &Value) -> Self {
        let answer = from.pointer("/submitted_values/csat_survey_response");
        Self::Rating {
            display: text(from, "display_type"),
            rating: answer
                .and_then(|answer| answer.get("rating")?.as_u64())
                .and_then(|rating| u8::try_from(rating).ok())
                .filter(|rating| (1..=5).contains(rating)),
            feedback: answer.and_then(|answer| text(answer, "feedback_message")),
        }
    }
}

impl Choice {
    fn read(from: &Value) -> Option<Self> {
        let title = text(from, "title")?;
        let value = text(from, "value").unwrap_or_else(|| title.clone());
        Some(Self { title, value })
    }
}

impl Card {
    fn read(from: &Value) -> Option<Self> {
        Some(Self {
            title: text(from, "title").unwrap_or_default(),
            description: text(from, "description"),
            media_url: text(from, "media_url"),
            actions: rows(from.get("actions"), |action| {
                Some(CardAction {
                    text: text(action, "text")?,
                    uri: text(action, "uri"),
                })
            }),
        })
        .filter(|card| !card.title.is_empty() || card.description.is_some())
    }
}

impl FormField {
    fn read(from: &Value) -> Option<Self> {
        let name = text(from, "name")?;
        let label = text(from, "label").unwrap_or_else(|| name.clone());
        Some(Self { name, label })
    }
}

impl FormAnswer {
    fn read(from: &Value) -> Option<Self> {
        Some(Self {
            name: text(from, "name")?,
            value: text(from, "value")?,
        })
    }
}

impl Article {
    fn read(from: &Value) -> Option<Self> {
        Some(Self {
            title: text(from, "title")?,
            description: text(from, "description"),
            link: text(from, "link"),
        })
    }
}

impl Email {
    pub(crate) fn read(attributes: &Value) -> Option<Self> {
        let from = attributes.get("email").filter(|email| email.is_object())?;
        let named = from.get("headers").and_then(Value::as_object);
        Some(Self {
            from: rows(from.get("from"), |one| one.as_str().map(str::to_owned)),
            subject: text(from, "subject"),
            message_id: text(from, "message_id"),
            names_other_sender: named
                .is_some_and(|headers| headers.values().any(|value| !value.is_null())),
            text: EmailText::read(from.get("text_content")),
            html: EmailText::read(from.get("html_content")),
        })
    }
}

impl EmailText {
    fn read(from: Option<&Value>) -> Self {
        from.map(|from| Self {
            full: text(from, "full"),
            reply: text(from, "reply"),
            new: text(from, "quoted"),
        })
        .unwrap_or_default()
    }
}

fn text(from: &Value, key: &str) -> Option<String> {
    from.get(key)?.as_str().map(str::to_owned)
}

fn rows<T>(from: Option<&Value>, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    from.and_then(Value::as_array)
        .map(|rows| rows.iter().filter_map(read).collect())
        .unwrap_or_default()
}
