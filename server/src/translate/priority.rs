//! Chatwoot's priorities and ours.

use app::tickets::priority::Priority;

/// Ours.
pub fn priority(theirs: chatwoot::Priority) -> Priority {
    match theirs {
        chatwoot::Priority::Low => Priority::Low,
        chatwoot::Priority::Medium => Priority::Medium,
        chatwoot::Priority::High => Priority::High,
        chatwoot::Priority::Urgent => Priority::Urgent,
    }
}

/// Chatwoot's.
pub fn chatwoots_priority(ours: Priority) -> chatwoot::Priority {
    match ours {
        Priority::Low => chatwoot::Priority::Low,
        Priority::Medium => chatwoot::Priority::Medium,
        Priority::High => chatwoot::Priority::High,
        Priority::Urgent => chatwoot::Priority::Urgent,
    }
}
