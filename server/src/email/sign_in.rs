//! The sign-in mail: one link and one code, as text and as HTML, in the customer's language.

use std::error::Error;

use app::language::catalogue::Catalogue;
use fluent::{FluentArgs, FluentValue};
use lettre::Message;

use super::letter::Letter;
use super::words::{Words, fill, frame, message_id, paint};
use crate::config::Colour;
use crate::state::State;
use crate::store::sign_ins::SignIn;

/// Pixels that it is wide.
const WIDTH: u16 = 480;

/// A sign-in mail before it is put into words.
pub struct SignInMail<'a> {
    /// What was asked.
    pub wish: &'a SignIn,
    /// Whole address of the link.
    pub link: &'a str,
    /// The code as it is shown.
    pub code: &'a str,
    /// Minutes for which both are good.
    pub minutes: u32,
}

/// What the words need besides the texts.
pub struct Facts<'a> {
    /// Name of the support.
    pub brand: &'a str,
    /// Hue of its colour.
    pub colour: Option<Colour>,
    /// Language and direction.
    pub language: (&'a str, &'a str),
    /// Whole address of the link.
    pub link: &'a str,
    /// The code as it is shown.
    pub code: &'a str,
    /// Minutes for which both are good.
    pub minutes: u32,
    /// Device that asked; empty if not known.
    pub device: &'a str,
}

impl SignInMail<'_> {
    /// The mail, the same bytes each time.
    pub fn message(&self, state: &State) -> Result<Message, Box<dyn Error + Send + Sync>> {
        let language = state.languages.of(&self.wish.language);
        let words = write(
            &language.emails,
            &Facts {
                brand: &state.config.brand.name,
                colour: state.config.brand.colour,
                language: (&language.tag, &language.direction),
                link: self.link,
                code: self.code,
                minutes: self.minutes,
                device: &self.wish.device,
            },
        );
        let message_id = message_id(state, "message id", &self.wish.id);
        Letter {
            from: state.post.from(),
            to: &self.wish.address,
            subject: &words.subject,
            text: &words.text,
            html: &words.html,
            language: &language.tag,
            message_id: &message_id,
            date: self.wish.asked_at,
            row: None,
        }
        .message()
    }
}

/// Puts a sign-in mail into words.
pub fn write(texts: &Catalogue, facts: &Facts<'_>) -> Words {
    let mut args = FluentArgs::new();
    args.set("brand", facts.brand);
    args.set("minutes", FluentValue::from(facts.minutes));
    args.set("device", facts.device);
    let say = |id: &str| texts.text(id, Some(&args));
    let device = if facts.device.is_empty() {
        say("sign-in-device-unknown")
    } else {
        say("sign-in-device")
    };
    let subject = say("sign-in-subject");
    let [heading, intro, button, code_lead, valid, ignore, link_lead] = [
        "sign-in-heading",
        "sign-in-intro",
        "sign-in-button",
        "sign-in-code-lead",
        "sign-in-valid",
        "sign-in-ignore",
        "sign-in-link-lead",
    ]
    .map(say);
    let text = format!(
        "{heading}\n\n{intro}\n\n{link}\n\n{code_lead}\n\n    {code}\n\n{valid} {device}\n\n{ignore}\n\n-- \n{brand}\n",
        link = facts.link,
        code = facts.code,
        brand = facts.brand,
    );
    let html = frame(include_str!("sign_in.html"), WIDTH);
    let html = fill(
        paint(&html, facts.colour, facts.language),
        &[
            ("{subject}", subject.as_str()),
            ("{brand}", facts.brand),
            ("{heading}", &heading),
            ("{intro}", &intro),
            ("{button}", &button),
            ("{code_lead}", &code_lead),
            ("{valid}", &valid),
            ("{device}", &device),
            ("{ignore}", &ignore),
            ("{link_lead}", &link_lead),
            ("{code}", facts.code),
            ("{link}", facts.link),
        ],
    );
    Words {
        subject,
        text,
        html,
    }
}
