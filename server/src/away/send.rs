//! One mail: looked at once more whether it is wanted and still true, decided and queued in one transaction, sent, and tried again.

use std::time::Duration;

use app::tickets::model::TicketId;
use rusqlite::Transaction;

use super::switch::{self, Scope};
use crate::clock::Millis;
use crate::email::answer;
use crate::email::post::PostError;
use crate::failure::chain;
use crate::sign_in::address;
use crate::state::State;
use crate::store::StoreError;
use crate::store::away::{self, Decided, Decision, Mail, Rules};
use crate::store::customers::CustomerId;
use crate::sync::{self, LookedAgain, Trouble, millis};

/// Chatwoot's account does by itself what we would do.
const CONTINUITY: &str = "email_continuity_on_api_channel";
/// How long what Chatwoot said about that is believed.
const BELIEVED: Duration = Duration::from_mins(10);
/// While Chatwoot is away, a ticket is looked at again after this.
const AWAY: Duration = Duration::from_secs(30);
/// The longest pause between two tries to send a mail.
const LONGEST_PAUSE: Duration = Duration::from_mins(15);
/// A mail that could not be sent for so long is given up.
const LIFE: Duration = Duration::from_hours(24);
/// What mail servers say of a mailbox that is not there, or takes nothing.
const NO_MAILBOX: [u16; 5] = [550, 551, 553, 554, 556];

/// Decides and sends.
pub(super) struct Mailer<'a> {
    pub(super) state: &'a State,
    pub(super) rules: Rules,
    /// Whether Chatwoot mails answers itself, and when it said so.
    continuity: Option<(bool, Millis)>,
    /// What became of a mail, until it is stored.
    done: Option<Done>,
}

/// What became of a mail.
#[derive(Clone)]
enum Done {
    /// It was sent, or never will be.
    Over(TicketId),
    /// It is tried again: how often it was, and when.
    Later(TicketId, u32, Millis),
}

impl<'a> Mailer<'a> {
    pub(super) fn new(state: &'a State, rules: Rules) -> Self {
        Self {
            state,
            rules,
            continuity: None,
            done: None,
        }
    }

    /// Stores what became of the last mail. Until that is done nothing else is: a store that fails must not make a mail be sent again
    /// and again.
    pub(super) async fn store(&mut self) -> Result<(), StoreError> {
        let Some(done) = self.done.clone() else {
            return Ok(());
        };
        let stored = self.state.store.write(move |tx| match done {
            Done::Over(ticket) => away::drop_mail(tx, &ticket),
            Done::Later(ticket, attempts, at) => away::later(tx, &ticket, attempts, at),
        });
        stored.await?;
        self.done = None;
        Ok(())
    }

    /// Decides what waits in a ticket, and sends it.
    pub(super) async fn decide(
        &mut self,
        ticket: &TicketId,
        customer: CustomerId,
    ) -> Result<(), StoreError> {
        let decision = match self.look(ticket, customer).await {
            Ok(decision) => decision,
            Err(trouble) => {
                tracing::debug!(%ticket, cause = chain(&trouble), "an answer is not mailed yet");
                let (ticket, until) = (ticket.clone(), self.state.clock.now() + millis(AWAY));
                let postponed = move |tx: &Transaction<'_>| away::postpone(tx, &ticket, until);
                return self.state.store.write(postponed).await;
            }
        };
        let (rules, now, about) = (self.rules, self.state.clock.now(), ticket.clone());
        let decided = self
            .state
            .store
            .write(move |tx| away::decide(tx, &about, decision, &rules, now));
        match decided.await? {
            Decided::Queued(mail) => self.send(mail, false).await,
            Decided::Nothing => Ok(()),
        }
    }

    /// Reads the ticket again. Chatwoot has to answer: what it deleted, or mails itself, is not mailed.
    async fn look(&mut self, ticket: &TicketId, customer: CustomerId) -> Result<Decision, Trouble> {
        if self.has_continuity().await? {
            return Ok(Decision::Skip);
        }
        let tickets = &self.state.tickets;
        Ok(match sync::look_again(tickets, customer, ticket).await? {
            LookedAgain::Here(inbox) if inbox == tickets.chatwoot.inbox_id() => Decision::Mail,
            // Chatwoot mails the answers of its e-mail inboxes itself, but not what became of a ticket's status.
            LookedAgain::Here(_) => Decision::MailStatus,
            LookedAgain::Gone => Decision::Skip,
        })
    }

    async fn has_continuity(&mut self) -> Result<bool, Trouble> {
        let now = self.state.clock.now();
        let before = self.continuity;
        if let Some((it, at)) = before
            && now < at + millis(BELIEVED)
        {
            return Ok(it);
        }
        let on = self.state.chatwoot.account().await?.has(CONTINUITY);
        self.continuity = Some((on, now));
        if on && before.is_none_or(|(it, _)| !it) {
            tracing::warn!(
                cure = "switch the feature off for this account (Chatwoot: super admin, Accounts, Features)",
                "security: Chatwoot mails answers itself ({CONTINUITY}), to an address that others can change; the portal mails none"
            );
        }
        Ok(on)
    }

    /// Sends a mail, if there is still something to say. One that waited is looked at again first.
    pub(super) async fn send(&mut self, mail: Mail, again: bool) -> Result<(), StoreError> {
        self.done = Some(self.try_send(&mail, again).await?);
        self.store().await
    }

    async fn try_send(&mut self, mail: &Mail, again: bool) -> Result<Done, StoreError> {
        let state = self.state;
        let now = state.clock.now();
        let over = || Ok(Done::Over(mail.ticket.clone()));
        if again {
            match self.look(&mail.ticket, mail.customer).await {
                Ok(Decision::Mail | Decision::MailStatus) => {}
                Ok(Decision::Skip) => return over(),
                // That Chatwoot is away is no failed try of the mail.
                Err(_) => {
                    let at = now + millis(AWAY);
                    return Ok(Done::Later(mail.ticket.clone(), mail.attempts, at));
                }
            }
        }
        let read = mail.clone();
        let content = state
            .store
            .read(move |tx| away::content(tx, &read, now))
            .await?;
        let Some(content) = content else {
            return over();
        };
        let off = |scope| switch::address(state, scope, &mail.ticket);
        let links = (off(Scope::Ticket), off(Scope::All));
        let message = match answer::message(state, mail, &content, (&links.0, &links.1)) {
            Ok(message) => message,
            Err(error) => {
                let cause = chain(error.as_ref());
                tracing::error!(ticket = %mail.ticket, cause, "a mail about an answer cannot be made");
                return over();
            }
        };
        match state.post.send(message).await {
            Ok(()) => over(),
            Err(error) => Ok(self.failed(mail, &content.customer.address, &error)),
        }
    }

    fn failed(&self, mail: &Mail, to: &str, error: &PostError) -> Done {
        let now = self.state.clock.now();
        let code = error.code();
        let never = code.is_some_and(|code| NO_MAILBOX.contains(&code));
        let attempts = mail.attempts + 1;
        let (ticket, cause, to) = (&mail.ticket, chain(error), address::masked(to));
        if never || now >= mail.made_at + millis(LIFE) {
            tracing::warn!(%ticket, cause, to, "a mail about an answer is given up");
            return Done::Over(ticket.clone());
        }
        tracing::warn!(%ticket, cause, to, attempt = attempts, "a mail about an answer was not sent; trying again");
        let pause = millis(Duration::from_secs(2).saturating_mul(1 << attempts.min(10)));
        let pause = pause.min(millis(LONGEST_PAUSE));
        let by_chance = u64::from(self.state.chance.bytes::<1>()[0]) * (pause / 5) / 255;
        Done::Later(ticket.clone(), attempts, now + pause + by_chance)
    }
}
