//! How webhooks are carried: Chatwoot sends each once, and what becomes of it on the way is the network's.

/// How webhooks are carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Carriage {
    /// At once.
    #[default]
    Well,
    /// None arrives.
    Lost,
    /// Each arrives twice.
    Doubled,
    /// They wait, and arrive when that is over, the last first.
    Held,
}

impl Carriage {
    /// Every way and the word for it.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Well, "well"),
        (Self::Lost, "lost"),
        (Self::Doubled, "doubled"),
        (Self::Held, "held"),
    ];

    /// The way of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(way, _)| *way)
    }
}
