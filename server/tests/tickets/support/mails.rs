//! Mails to the support address, as people write them, and what came of them.

use fake_chatwoot::DisplayId;

use super::{Person, Stage, thread};

/// A mail, put together from what differs between them.
pub struct Mail<'a> {
    /// Its From line, and others that say who it is from.
    pub from: &'a str,
    /// Name of the mail, without angle brackets.
    pub id: &'a str,
    /// The mail that it answers; empty if it answers none.
    pub answers: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl Stage {
    /// A plain mail arrives in the support inbox. Answers with the conversation that has it.
    pub async fn mail(&self, mail: Mail<'_>) -> DisplayId {
        let support = &self.fake.given().support_email;
        let answers = match mail.answers {
            "" => String::new(),
            id => format!("In-Reply-To: <{id}>\nReferences: <{id}>\n"),
        };
        let text = format!(
            "{}\nTo: {support}\n{answers}Message-ID: <{}>\nSubject: {}\n\n{}\n",
            mail.from, mail.id, mail.subject, mail.text
        );
        self.mail_arrives(&text).await;
        self.fake.messages_with_source(mail.id)[0].conversation
    }

    /// A mail that begins a ticket.
    pub async fn begins(&self, from: &str, id: &str) -> DisplayId {
        self.mail(Mail {
            from,
            id,
            answers: "",
            subject: "By mail",
            text: &format!("Text of {id}"),
        })
        .await
    }

    /// A mail that answers another.
    pub async fn answers(&self, from: &str, id: &str, answers: &str) -> DisplayId {
        self.mail(Mail {
            from,
            id,
            answers,
            subject: "Re: By mail",
            text: &format!("Text of {id}"),
        })
        .await
    }
}

impl Person<'_> {
    /// What he sees of a conversation, in short; none if it is in no list of his.
    pub async fn reads(&self, number: DisplayId) -> Option<Vec<String>> {
        let number = u32::try_from(number.0).unwrap();
        let rows = self.everything().await;
        let row = rows.into_iter().find(|row| row.number == Some(number))?;
        Some(thread(&self.show(&row.id).await))
    }
}
