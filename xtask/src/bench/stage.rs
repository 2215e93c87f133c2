//! What a measured portal needs around it: a fake Chatwoot as slow as a real one, and a customer who signed in the way customers do
//! and has 60 tickets, one of them with 100 messages.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::http::Browser;
use super::portal::{Neighbours, Visitor, folder};
use super::process::{Process, free_port, wait_until};
use crate::problem::{During, Outcome, Problem};

/// Tickets of the customer.
pub(super) const TICKETS: usize = 60;
/// Messages of his first ticket.
pub(super) const MESSAGES: usize = 100;

/// A running fake Chatwoot with a mail server.
pub(super) struct Stage {
    /// How a portal reaches it.
    pub(super) near: Neighbours,
    desk: Browser,
    _fake: Process,
}

impl Stage {
    /// Starts the fake, as slow as a real Chatwoot.
    pub(super) fn set_up(program: &Path) -> Outcome<Self> {
        Self::set_up_in(program, "chatwoot", &["--latency", "real"])
    }

    /// Starts one that answers at once, to measure what the portal takes of a time.
    pub(super) fn set_up_quick(program: &Path) -> Outcome<Self> {
        Self::set_up_in(program, "chatwoot-quick", &[])
    }

    fn set_up_in(program: &Path, folder_name: &str, arguments: &[&str]) -> Outcome<Self> {
        let folder = folder().join(folder_name);
        fs::create_dir_all(&folder).during(format!("making {}", folder.display()))?;
        let (port, mail) = (free_port()?, free_port()?);
        let mut command = Command::new(program);
        command
            .args(arguments)
            .args(["--given", "given.json"])
            .args(["--port", &port.to_string(), "--mailbox", &mail.to_string()]);
        let fake = Process::start(command, &folder, port, "/mailbox.json")?;
        let given = wait_until("what the fake Chatwoot tells of itself", || {
            let bytes = fs::read(folder.join("given.json")).unwrap_or_default();
            Ok(serde_json::from_slice::<Value>(&bytes).ok())
        })?;
        let number = |name: &str| given[name].as_u64().unwrap_or_default();
        let near = Neighbours {
            chatwoot: port,
            mail,
            token: given["admin_token"].as_str().unwrap_or_default().to_owned(),
            account: number("account"),
            inbox: number("inbox"),
        };
        let mut desk = Browser::new(port);
        desk.set_header("api-access-token", &near.token);
        Ok(Self {
            near,
            desk,
            _fake: fake,
        })
    }

    /// Makes somebody known to the support team.
    pub(super) fn add_contact(&mut self, address: &str) -> Outcome {
        self.act("contacts", &json!({ "name": address, "email": address }))
    }

    /// Signs a browser in: a mail is asked for, its code is typed.
    pub(super) fn sign_in(&mut self, visitor: &mut Visitor, address: &str) -> Outcome {
        visitor.ask_to_sign_in(address)?;
        let code = wait_until("a sign-in mail", || self.code_for(address))?;
        visitor.call("sign-in/code", &json!({ "code": code }))?;
        Ok(())
    }

    fn code_for(&mut self, address: &str) -> Outcome<Option<String>> {
        let mails = self.desk.get("/mailbox.json")?.json("/mailbox.json")?;
        let mails = mails.as_array().into_iter().flatten();
        let mut his = mails.filter(|mail| {
            let to = mail["to"].as_array().into_iter().flatten();
            to.into_iter().any(|it| it == address)
        });
        Ok(his
            .next_back()
            .and_then(|mail| code_in(mail["text"].as_str()?)))
    }

    /// Gives the customer his tickets, and waits until the portal has all of them from Chatwoot. Gives the one with the messages.
    pub(super) fn fill(&mut self, visitor: &mut Visitor) -> Outcome<String> {
        for n in 1..=TICKETS {
            let new = json!({
                "key": format!("00000000-0000-4000-8000-{n:012}"),
                "subject": format!("Printer {n} on the second floor does not print"),
                "message": format!("Hello,\n\nprinter {n} says *paper jam*, but there is none.\n\nGreetings\nAda"),
            });
            visitor.call("tickets/open", &json!({ "new": new }))?;
        }
        let rows = wait_until("the tickets", || {
            let rows = all_rows(visitor)?;
            let done = rows
                .iter()
                .all(|row| row["number"].is_u64() && row["delivery"] == "sent");
            Ok((rows.len() == TICKETS && done).then_some(rows))
        })?;
        let first = &rows[0];
        let (id, number) = (first["id"].as_str().unwrap_or_default(), &first["number"]);
        for n in 2..=MESSAGES {
            let kind = if n % 3 == 0 { "incoming" } else { "outgoing" };
            let content = format!(
                "Message {n}: please open the **left** door and look behind the roller.\n\n\
                 1. Is there paper?\n2. What does the display say? See https://help.example/printers/{n}"
            );
            let path = format!("conversations/{number}/messages");
            self.act(&path, &json!({ "content": content, "message_type": kind }))?;
        }
        wait_until("the messages", || {
            let view = show(visitor, id)?;
            let entries = view["entries"].as_array().map_or(0, Vec::len);
            Ok((entries == MESSAGES && view["filling"] == false).then_some(()))
        })?;
        Ok(id.to_owned())
    }

    /// An agent answers.
    pub(super) fn answer(&mut self, conversation: u64, words: &str) -> Outcome {
        let path = format!("conversations/{conversation}/messages");
        self.act(
            &path,
            &json!({ "content": words, "message_type": "outgoing" }),
        )
    }

    fn act(&mut self, path: &str, body: &Value) -> Outcome {
        let path = format!("/api/v1/accounts/{}/{path}", self.near.account);
        self.desk.post(&path, body)?.json(&path)?;
        Ok(())
    }
}

/// All rows of a customer's list, page by page.
fn all_rows(visitor: &mut Visitor) -> Outcome<Vec<Value>> {
    let mut rows = Vec::new();
    let mut after = Value::Null;
    loop {
        let answer = visitor.call("tickets/list", &json!({ "after": after, "known": null }))?;
        let list = changed(&answer)?;
        rows.extend(list["rows"].as_array().into_iter().flatten().cloned());
        after = list["next"].clone();
        if after.is_null() {
            return Ok(rows);
        }
    }
}

fn show(visitor: &mut Visitor, ticket: &str) -> Outcome<Value> {
    let asked = json!({ "ticket": ticket, "earlier": null, "known": null });
    let answer = visitor.call("tickets/show", &asked)?;
    changed(&answer).cloned()
}

/// What a read answers to somebody who has nothing yet.
fn changed(answer: &Value) -> Outcome<&Value> {
    answer
        .get("changed")
        .ok_or_else(|| Problem::new(format!("a read answered {answer}")))
}

/// Eight letters and digits with a dash between, as the mail shows the code.
fn code_in(text: &str) -> Option<String> {
    let is_part = |part: &str| {
        let fits = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
        part.len() == 4 && part.bytes().all(fits)
    };
    let is_code = |word: &&str| {
        word.split_once('-')
            .is_some_and(|(first, second)| is_part(first) && is_part(second))
    };
    text.split_whitespace().find(is_code).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_mail_is_found() {
        let text = "Sign in to ACME-SUPPORT\n\nhttp://localhost/x#AAAA-BBBB\n\n   K7QF-2M9X\n";
        assert_eq!(code_in(text).as_deref(), Some("K7QF-2M9X"));
        assert_eq!(code_in("no code"), None);
    }
}
