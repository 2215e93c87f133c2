//! The mail that says that the support team has answered: what was written, as far as there is room, and the way to the ticket. It signs
//! nobody in: whoever opens the ticket is asked who he is.

use std::error::Error;

use app::language::catalogue::Catalogue;
use app::tickets::model::{Author, Message};
use fluent::{FluentArgs, FluentValue};

use super::letter::{Letter, Row};
use super::nodes;
use super::words::{Words, escape, fill, frame, message_id, paint};
use crate::config::Colour;
use crate::state::State;
use crate::store::away::{Content, Mail, News};

/// Pixels that it is wide.
const WIDTH: u16 = 560;
/// Most characters of what was written.
const ROOM: usize = 4_000;
/// Most files that are named.
const FILES: usize = 20;

/// A variable of a text, by its name.
type Argument<'a> = (&'static str, FluentValue<'a>);

/// What the words need besides the texts.
pub struct Facts<'a> {
    /// Name of the support.
    pub brand: &'a str,
    /// Hue of its colour.
    pub colour: Option<Colour>,
    /// Language and direction.
    pub language: (&'a str, &'a str),
    /// Subject of the ticket; empty if it has none.
    pub subject: &'a str,
    /// Agents' number of it.
    pub number: Option<u32>,
    /// What was written, oldest first; none of it if the operator wants it out of mails.
    pub answers: &'a [Message],
    /// How many answers there are.
    pub count: usize,
    /// What became of the ticket's status.
    pub status: Option<News>,
    /// Whole address of the ticket.
    pub link: &'a str,
    /// Where mails about this ticket are switched off.
    pub off_ticket: &'a str,
    /// Where all of them are.
    pub off_all: &'a str,
}

/// The mail, with the same name each time.
pub fn message(
    state: &State,
    mail: &Mail,
    content: &Content,
    (off_ticket, off_all): (&str, &str),
) -> Result<lettre::Message, Box<dyn Error + Send + Sync>> {
    let chosen = content.customer.language.as_deref();
    let language = state
        .languages
        .of(chosen.unwrap_or(&state.config.default_language));
    let answers = match state.config.notify.content {
        true => content.answers.as_slice(),
        false => &[],
    };
    let words = write(
        &language.emails,
        &Facts {
            brand: &state.config.brand.name,
            colour: state.config.brand.colour,
            language: (&language.tag, &language.direction),
            subject: &content.ticket.row.subject,
            number: content.ticket.row.number,
            answers,
            count: content.count,
            status: content.status,
            link: &state.config.portal.page(&app::paths::ticket(&mail.ticket)),
            off_ticket,
            off_all,
        },
    );
    let ticket = mail.ticket.as_str();
    let of = format!("{ticket} {} {}", mail.upto.message, mail.made_at);
    Letter {
        from: state.post.from(),
        to: &content.customer.address,
        subject: &words.subject,
        text: &words.text,
        html: &words.html,
        language: &language.tag,
        message_id: &message_id(state, "answer mail", of.as_bytes()),
        date: mail.made_at,
        row: Some(Row {
            root: &message_id(state, "ticket's mails", ticket.as_bytes()),
            switch_off: off_all,
        }),
    }
    .message()
}

/// Puts it into words.
pub fn write(texts: &Catalogue, facts: &Facts<'_>) -> Words {
    let say = |id: &str, args: &[Argument<'_>]| {
        let mut all = FluentArgs::new();
        all.set("brand", facts.brand);
        for (name, value) in args {
            all.set(*name, value.clone());
        }
        texts.text(id, Some(&all))
    };
    let plain = |id: &str| say(id, &[]);
    let named = match facts.subject {
        "" => plain("away-untitled"),
        subject => subject.to_owned(),
    };
    // Always the same for a ticket: mail programs group by it.
    let subject = match facts.number {
        // As text, or it would be grouped as a quantity is.
        Some(number) => say(
            "away-subject",
            &[
                ("subject", named.as_str().into()),
                ("number", number.to_string().into()),
            ],
        ),
        None => named,
    };
    let lead = match facts.count {
        0 => String::new(),
        count => say("away-lead", &[("count", FluentValue::from(count))]),
    };
    let (answers, whole) = written(facts, &say);
    let rest = match (facts.answers.is_empty(), whole) {
        // It is about the status alone.
        _ if facts.count == 0 => String::new(),
        (true, _) => plain("away-hidden"),
        (false, false) => plain("away-more"),
        (false, true) => String::new(),
    };
    let status = match facts.status {
        None => String::new(),
        Some(News::Solved) => plain("away-solved"),
        Some(News::Reopened) => plain("away-reopened"),
    };
    let [open, reply, why, off_ticket, off_all] = [
        "away-open",
        "away-reply",
        "away-why",
        "away-off-ticket",
        "away-off-all",
    ]
    .map(plain);
    let mut text = String::new();
    for part in [&lead, &answers.text, &rest, &status]
        .into_iter()
        .filter(|part| !part.is_empty())
    {
        text.push_str(part);
        text.push_str("\n\n");
    }
    text.push_str(&format!(
        "{open}:\n{}\n\n{reply}\n\n-- \n{}\n{why}\n{off_ticket}: {}\n{off_all}: {}\n",
        facts.link, facts.brand, facts.off_ticket, facts.off_all
    ));
    let html = frame(include_str!("answer.html"), WIDTH);
    let html = fill(
        paint(&html, facts.colour, facts.language),
        &[
            ("{subject}", subject.as_str()),
            ("{brand}", facts.brand),
            ("{lead}", &lead),
            ("{rest}", &rest),
            ("{status}", &status),
            ("{open}", &open),
            ("{reply}", &reply),
            ("{why}", &why),
            ("{off_ticket}", &off_ticket),
            ("{off_all}", &off_all),
            ("{link}", facts.link),
            ("{off_ticket_link}", facts.off_ticket),
            ("{off_all_link}", facts.off_all),
        ],
    );
    Words {
        subject,
        text,
        html: html.replace("{answers}", &answers.html),
    }
}

/// What was written, in both forms.
#[derive(Default)]
struct Written {
    text: String,
    html: String,
}

/// As much as there is room for, and whether that is all.
fn written(facts: &Facts<'_>, say: &dyn Fn(&str, &[Argument<'_>]) -> String) -> (Written, bool) {
    let (mut out, mut room) = (Written::default(), ROOM);
    let mut whole = facts.answers.len() == facts.count;
    for answer in facts.answers {
        if room == 0 {
            whole = false;
            break;
        }
        let name = match &answer.author {
            Author::Agent(name) => nodes::first(name, 100).0,
            Author::Team | Author::You => facts.brand.to_owned(),
        };
        let wrote = say("away-wrote", &[("agent", name.into())]);
        let (body, all) = nodes::cut(&answer.body, &mut room);
        whole &= all && answer.files.len() <= FILES;
        let files: Vec<String> = answer
            .files
            .iter()
            .take(FILES)
            .map(|file| say("away-file", &[("name", file.name.as_str().into())]))
            .collect();
        let text = nodes::text(&body, "");
        let parts = [wrote.clone()]
            .into_iter()
            .chain(Some(text).filter(|text| !text.is_empty()))
            .chain(files.iter().cloned());
        for part in parts {
            if !out.text.is_empty() {
                out.text.push_str("\n\n");
            }
            out.text.push_str(&part);
        }
        out.html.push_str(&format!(
            "<p style=\"margin:0 0 8px;font-weight:600;\">{}</p><div dir=\"auto\">{}</div>",
            escape(&wrote),
            nodes::html(&body)
        ));
        for file in files {
            out.html.push_str(&format!(
                "<p style=\"margin:0 0 12px;\">{}</p>",
                escape(&file)
            ));
        }
    }
    (out, whole)
}
