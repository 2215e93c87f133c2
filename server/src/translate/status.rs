//! Where a ticket stands, in the customer's words, and what is kept of a conversation as a whole.

use app::tickets::model::Status;
use app::tickets::priority::Priority;
use chatwoot::Conversation;

use crate::store::tickets::Facts;
use crate::tickets::PriorityUse;

/// The label that says that the customer cancelled the ticket himself.
pub const CANCEL_LABEL: &str = "cancelled-by-customer";

/// What a status word depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// It is closed.
    pub resolved: bool,
    /// It bears the cancel mark.
    pub cancelled: bool,
    /// An agent has written.
    pub agent_spoke: bool,
    /// An agent was the last who wrote.
    pub agent_spoke_last: bool,
}

/// The status word.
pub fn status(standing: Standing) -> Status {
    match standing {
        Standing {
            resolved: true,
            cancelled: true,
            ..
        } => Status::Cancelled,
        Standing { resolved: true, .. } => Status::Solved,
        Standing {
            agent_spoke_last: true,
            ..
        } => Status::WaitingForYou,
        Standing {
            agent_spoke: true, ..
        } => Status::InProgress,
        _ => Status::Received,
    }
}

/// Whether a conversation bears the cancel mark.
pub fn is_cancelled(conversation: &Conversation) -> bool {
    conversation
        .labels
        .iter()
        .any(|label| label == CANCEL_LABEL)
}

/// What is kept of a conversation. `subject` is the customer's own, from our record, if he wrote one here.
pub fn conversation(
    conversation: &Conversation,
    subject: Option<&str>,
    priorities: PriorityUse,
) -> Facts {
    let subject = subject
        .or(conversation.marks.mail_subject.as_deref())
        .or(conversation.portal_subject())
        .unwrap_or_default();
    Facts {
        conversation: conversation.id.number(),
        inbox: conversation.inbox.number(),
        subject: super::subject::one_line(subject),
        opened_at: millis(conversation.created_at.unwrap_or_default()),
        // Pending and snoozed are open to a customer.
        resolved: conversation.status == chatwoot::Status::Resolved,
        cancelled: is_cancelled(conversation),
        priority: shown_priority(conversation, priorities),
        upstream: conversation.updated_at,
    }
}

/// How urgent a conversation is, as far as customers see that.
pub fn shown_priority(conversation: &Conversation, priorities: PriorityUse) -> Option<Priority> {
    let theirs = conversation.priority.filter(|_| priorities.shows());
    theirs.map(super::priority::priority)
}

/// Chatwoot's seconds in our milliseconds.
pub(super) fn millis(seconds: i64) -> u64 {
    u64::try_from(seconds)
        .unwrap_or_default()
        .saturating_mul(1000)
}
