//! How urgent a ticket is: the support team's word for it, shown where the operator wants that, and asked of the customer where he wants that too.

use serde::{Deserialize, Serialize};

/// How urgent. A ticket may have none, which is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// It can wait.
    Low,
    /// It should not wait long.
    Medium,
    /// Soon.
    High,
    /// At once.
    Urgent,
}

impl Priority {
    /// All there are, least first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// Its name on the wire, and in a form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_one_name_wherever_it_goes() {
        for one in Priority::ALL {
            let wire = serde_json::to_string(&one).unwrap();
            assert_eq!(wire, format!("\"{}\"", one.name()));
            assert_eq!(Priority::named(one.name()), Some(one));
        }
        assert_eq!(Priority::named("none"), None);
    }
}
