//! Chatwoot: version, token, account, inbox, and the settings that would make the portal unsafe or wrong.

use chatwoot::{
    Account, AgentBot, AttributeDefinition, Channel, Client, Error, Inbox, Misfit, Profile,
    Refusal, Role, Version,
};

use super::report::Line;
use crate::clock::{Clock, Millis};
use crate::config::{Config, WhoMaySignIn};
use crate::failure;
use crate::webhooks::apart::Apart;

/// Oldest version that is spoken to.
const OLDEST: (u32, u32) = (4, 7);
/// From so many seconds on the difference of two clocks is told of.
const APART: u64 = 30;
/// Agents read a ticket's subject in this attribute.
const SUBJECT: &str = "portal_subject";

const CHATWOOT: &str = "chatwoot";
const TOKEN: &str = "token";
const ACCOUNT: &str = "account";
const INBOX: &str = "inbox";

pub(super) async fn examine(config: &Config, chatwoot: &Client, clock: &Clock) -> Vec<Line> {
    let mut lines = Vec::new();
    match chatwoot.version().await {
        Ok(found) => {
            lines.push(version(config, &found));
            lines.extend(apart(&found, clock.others_now()));
        }
        Err(error) => {
            // Nothing else can be asked.
            lines.push(failed(config, CHATWOOT, &error));
            return lines;
        }
    }
    match chatwoot.profile().await {
        Ok(found) => lines.push(token(config, &found)),
        Err(error) => {
            lines.push(failed(config, TOKEN, &error));
            return lines;
        }
    }
    match chatwoot.account().await {
        Ok(found) => lines.extend(account(config, &found)),
        Err(error) => {
            lines.push(failed(config, ACCOUNT, &error));
            return lines;
        }
    }
    match chatwoot.inbox().await {
        Ok(found) => lines.extend(inbox(&found)),
        Err(error) => {
            lines.push(failed(config, INBOX, &error));
            return lines;
        }
    }
    match chatwoot.agent_bot().await {
        Ok(found) => lines.extend(bot(found.as_ref())),
        Err(error) => lines.push(failed(config, "bot", &error)),
    }
    match chatwoot.conversation_attributes().await {
        Ok(found) => lines.push(attribute(&found)),
        Err(error) => lines.push(failed(config, "subject", &error)),
    }
    lines
}

fn version(config: &Config, found: &Version) -> Line {
    let url = &config.chatwoot.url;
    match found.numbers() {
        Some((major, minor, _)) if (major, minor) >= OLDEST => {
            Line::ok(CHATWOOT, format!("{} answers at {url}", found.text))
        }
        Some(_) => Line::fault(
            CHATWOOT,
            format!(
                "{url} is Chatwoot {}, which the portal cannot use",
                found.text
            ),
            "Update Chatwoot to 4.7 or later, best to 4.14.2 or later.",
        ),
        None => Line::note(
            CHATWOOT,
            format!(
                "{url} says that its version is {:?}; the portal is made for 4.7 and later",
                found.text
            ),
        ),
    }
}

/// How far the two clocks are apart, if it matters.
fn apart(found: &Version, now: Millis) -> Option<Line> {
    let apart = Apart::of(found, now)?;
    (apart.seconds() >= APART).then(|| {
        Line::note(
            "clock",
            format!(
                "{apart}: times are shown wrong, and from 300 s on its webhooks are refused. Set both by NTP."
            ),
        )
    })
}

fn token(config: &Config, found: &Profile) -> Line {
    let id = config.chatwoot.account;
    match found.role_in(id) {
        Some(Role::Administrator) => Line::ok(TOKEN, format!("an administrator of account {id}")),
        Some(Role::Agent | Role::Other) => Line::fault(
            TOKEN,
            format!(
                "its user is no administrator of account {id}: he would not see every ticket, and be assigned those he opens"
            ),
            "Make the user an administrator (Chatwoot: Settings, Agents), or give an administrator's token.",
        ),
        None => Line::fault(
            TOKEN,
            format!("its user has no part in account {id}"),
            "Add the user to the account, or correct CHATWOOT_ACCOUNT_ID.",
        ),
    }
}

fn account(config: &Config, found: &Account) -> Vec<Line> {
    let mut lines = vec![Line::ok(ACCOUNT, format!("{} {:?}", found.id, found.name))];
    if found.has("email_continuity_on_api_channel") {
        lines.push(Line::fault(
            ACCOUNT,
            "security: the feature email_continuity_on_api_channel is on, so that Chatwoot mails answers to an address that a website visitor can change; the portal mails none meanwhile",
            "Switch it off for this account (Chatwoot: super admin, Accounts, Features).",
        ));
    }
    if found.has("crm_v2") {
        let problem = "the feature crm_v2 is on: contacts of the type customer are not found";
        lines.push(match config.sign_in {
            WhoMaySignIn::Contacts => Line::fault(
                ACCOUNT,
                format!("{problem}, and cannot sign in unless they did before"),
                "Switch it off for this account (Chatwoot: super admin, Accounts, Features), or set SIGN_IN=anyone.",
            ),
            WhoMaySignIn::Anyone => Line::note(ACCOUNT, problem),
        });
    }
    lines
}

fn inbox(found: &Inbox) -> Vec<Line> {
    let named = format!("{} {:?}", found.id, found.name);
    let mut lines = Vec::new();
    if found.channel != Channel::Api {
        lines.push(Line::fault(
            INBOX,
            format!("{named} is no API inbox: it does not take customers' messages from the portal"),
            "Add an inbox of the kind API (Chatwoot: Settings, Inboxes, Add, API) and give its number in CHATWOOT_INBOX_ID.",
        ));
        return lines;
    }
    if found.lock_to_single_conversation {
        lines.push(Line::fault(
            INBOX,
            format!("{named} puts every new ticket into the customer's last one"),
            "Switch off \"Lock to single conversation\" in its settings.",
        ));
    }
    if found.inbox_identifier.is_none() {
        lines.push(Line::fault(
            INBOX,
            format!("{named} does not show its identifier, by which customers close their tickets"),
            "Give the token of an administrator.",
        ));
    }
    if lines.is_empty() {
        lines.push(Line::ok(INBOX, format!("{named} is an API inbox")));
    }
    if !found.allow_messages_after_resolved {
        lines.push(Line::note(
            INBOX,
            "it takes no messages for solved tickets: customers are asked to write a new one",
        ));
    }
    lines
}

fn bot(found: Option<&AgentBot>) -> Option<Line> {
    let bot = found?;
    Some(Line::fault(
        INBOX,
        format!(
            "the bot {:?} answers there, so that tickets wait as pending for it",
            bot.name
        ),
        "Take the bot off the inbox (Chatwoot: Settings, Inboxes, Bot configuration).",
    ))
}

fn attribute(found: &[AttributeDefinition]) -> Line {
    if found.iter().any(|attribute| attribute.key == SUBJECT) {
        Line::ok(
            "subject",
            format!("agents see it as the attribute {SUBJECT}"),
        )
    } else {
        Line::note(
            "subject",
            format!("the attribute {SUBJECT} is not there yet: the portal adds it when it starts"),
        )
    }
}

/// What a call that was not answered well says about the set-up.
fn failed(config: &Config, part: &'static str, error: &Error) -> Line {
    let url = &config.chatwoot.url;
    let cause = failure::chain(error);
    let account = config.chatwoot.account;
    let (problem, cure) = match error {
        Error::Unreachable(_) => (
            format!("{url}: {cause}"),
            "Start Chatwoot, or correct CHATWOOT_URL; a private certificate needs CA_FILE.",
        ),
        Error::NoAnswer | Error::Broken(_) => (
            format!("{url}: {cause}"),
            "Look at Chatwoot's own log; it, or a proxy before it, is overloaded or broken.",
        ),
        Error::ServerError(_) | Error::Throttled => (
            format!("{url}: {cause}"),
            "Look at Chatwoot's own log. Against throttling list this machine in its RACK_ATTACK_ALLOWED_IPS.",
        ),
        Error::NotUnderstood(Misfit::Redirect(_)) => (
            format!("{url}: {cause}"),
            "Correct CHATWOOT_URL. If Chatwoot has FORCE_SSL and is asked over http, set CHATWOOT_PUBLIC_URL to its https address.",
        ),
        Error::Refused(Refusal::Token) => (
            "Chatwoot does not know CHATWOOT_API_TOKEN".to_owned(),
            "Copy the access token of an administrator (Chatwoot: Profile settings, Access token).",
        ),
        Error::Refused(Refusal::Suspended) => (
            format!("account {account} is suspended"),
            "Let Chatwoot's super admin make it active again.",
        ),
        Error::Refused(_) => (
            format!("the token may not read it ({cause})"),
            "Give the token of an administrator of this account.",
        ),
        Error::NotFound if part == INBOX => (
            format!("account {account} has no inbox {}", config.chatwoot.inbox),
            "Correct CHATWOOT_INBOX_ID: the number is in the address of the inbox's settings in Chatwoot.",
        ),
        Error::NotFound if part == ACCOUNT => (
            format!("the token has no part in account {account}, or there is none"),
            "Correct CHATWOOT_ACCOUNT_ID: it is the number after /accounts/ in Chatwoot's address.",
        ),
        Error::NotFound
        | Error::NotUnderstood(_)
        | Error::Taken(_)
        | Error::Invalid(_)
        | Error::TooManyMessages
        | Error::Resting => (
            format!("{url} does not answer as Chatwoot does: {cause}"),
            "Correct CHATWOOT_URL; it is the address of Chatwoot itself, without a path.",
        ),
    };
    Line::fault(part, problem, cure)
}

#[cfg(test)]
mod tests;
