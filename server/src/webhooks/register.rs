//! Makes sure that Chatwoot has our webhook, as it should be.

use chatwoot::{Client, Error, Hook, HookSecret, HookSettings, InboxId, Refusal};

use crate::failure::chain;

/// What is told of, and nothing more: contacts for being blocked, since no conversation says so.
const SUBSCRIPTIONS: [&str; 8] = [
    "message_created",
    "message_updated",
    "conversation_created",
    "conversation_updated",
    "conversation_status_changed",
    "contact_updated",
    "conversation_typing_on",
    "conversation_typing_off",
];
/// The first version that signs what it sends.
const SIGNED_SINCE: (u32, u32) = (4, 12);

/// The webhook is there.
pub(crate) struct Registered {
    /// As Chatwoot has it.
    pub(crate) hook: Hook,
    /// What it is signed with.
    pub(crate) secret: HookSecret,
    /// What was done for it.
    pub(crate) done: Done,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// It was there, as it should be.
    Nothing,
    /// It was not there.
    Made,
    /// It was there, and different.
    Changed,
}

/// Why it is not there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Why {
    /// This Chatwoot signs nothing.
    #[error("this Chatwoot does not sign its webhooks; 4.12 and later do")]
    Unsigned,
    /// The token may not.
    #[error("the token is not an administrator's, so that it may not register webhooks")]
    NotAllowed,
    /// Chatwoot, or what stands before it, does not take it, and would not the next time.
    #[error("Chatwoot does not take it ({})", chain(.0))]
    Refused(Error),
    /// Chatwoot did not do it.
    #[error(transparent)]
    Chatwoot(Error),
}

impl Why {
    /// What the operator can do.
    pub(crate) fn cure(&self) -> &'static str {
        match self {
            Self::Unsigned => "update Chatwoot, or do without",
            Self::NotAllowed => "give the access token of an administrator",
            Self::Refused(Error::Taken(_)) => {
                "remove the webhook that has this address (Chatwoot: Settings, Integrations, Webhooks)"
            }
            Self::Refused(Error::Invalid(_)) => {
                "set WEBHOOK_URL to an address of the portal that Chatwoot takes, http or https with a host's name"
            }
            Self::Refused(_) => {
                "see Chatwoot's own log, and whether what stands between the portal and Chatwoot lets /api/v1/accounts/…/webhooks through"
            }
            Self::Chatwoot(_) => "none is needed while Chatwoot is away: it is tried again",
        }
    }
}

impl From<Error> for Why {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(Refusal::Object) => Self::NotAllowed,
            refused @ (Error::Invalid(_)
            | Error::Taken(_)
            | Error::NotFound
            | Error::NotUnderstood(_)
            | Error::Refused(Refusal::Other(_))) => Self::Refused(refused),
            other => Self::Chatwoot(other),
        }
    }
}

/// What our webhook should be.
pub(crate) fn wanted(inbox: InboxId, url: &str) -> HookSettings {
    HookSettings {
        name: format!("Customer portal, inbox {inbox}"),
        url: url.to_owned(),
        subscriptions: SUBSCRIPTIONS.to_vec(),
    }
}

/// Whether a webhook is ours: at our address, or of our name, since the address may have been another before.
pub(crate) fn is_ours(hook: &Hook, wanted: &HookSettings) -> bool {
    hook.url == wanted.url || hook.name.as_deref() == Some(wanted.name.as_str())
}

/// Registers it, or puts it right.
pub(crate) async fn ensure(chatwoot: &Client, url: &str) -> Result<Registered, Why> {
    // Who does not say what it is has refused nothing.
    let version = chatwoot.version().await.map_err(Why::Chatwoot)?;
    if let Some((major, minor, _)) = version.numbers()
        && (major, minor) < SIGNED_SINCE
    {
        return Err(Why::Unsigned);
    }
    let wanted = wanted(chatwoot.inbox_id(), url);
    let there = find(chatwoot, &wanted).await?;
    let (hook, done) = match there {
        Some(hook) if is_right(&hook, &wanted) => (hook, Done::Nothing),
        Some(hook) => {
            let hook = chatwoot.change_hook(hook.id, &wanted).await?;
            (hook, Done::Changed)
        }
        None => match chatwoot.make_hook(&wanted).await {
            Ok(hook) => (hook, Done::Made),
            // Somebody was quicker.
            Err(error @ Error::Taken(_)) => {
                let hook = find(chatwoot, &wanted).await?;
                (hook.ok_or(error)?, Done::Nothing)
            }
            Err(error) => return Err(error.into()),
        },
    };
    match hook.secret.clone() {
        Some(secret) => Ok(Registered { hook, secret, done }),
        None => {
            if done == Done::Made {
                chatwoot.remove_hook(hook.id).await?;
            }
            Err(Why::Unsigned)
        }
    }
}

async fn find(chatwoot: &Client, wanted: &HookSettings) -> Result<Option<Hook>, Error> {
    let all = chatwoot.hooks().await?;
    let at_our_address = all.iter().find(|hook| hook.url == wanted.url);
    let ours = at_our_address.or_else(|| all.iter().find(|hook| is_ours(hook, wanted)));
    Ok(ours.cloned())
}

fn is_right(hook: &Hook, wanted: &HookSettings) -> bool {
    let tells_of = |event: &&str| hook.subscriptions.iter().any(|it| it == event);
    hook.url == wanted.url
        && hook.name.as_deref() == Some(wanted.name.as_str())
        && hook.subscriptions.len() == wanted.subscriptions.len()
        && wanted.subscriptions.iter().all(tells_of)
}
