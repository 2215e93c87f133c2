//! Texts that go to Chatwoot, each checked once: not empty where an empty one would mean “everything”, not too long,
//! and without NUL, which Chatwoot answers with 500 nearly everywhere.
//!
//! A lone surrogate cannot be in a Rust string, so that it needs no check here.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text cannot be sent to Chatwoot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// There is nothing in it, or nothing but blanks.
    #[error("the text is empty")]
    Empty,
    /// It has more characters than Chatwoot takes.
    #[error("the text is longer than {most} characters")]
    TooLong {
        /// How many characters it may have.
        most: usize,
    },
    /// It has a NUL character.
    #[error("the text has a NUL character")]
    Nul,
    /// It has a character that may not be in a text of this kind.
    #[error("the text has a character that is not allowed in it")]
    Character,
}

/// What a text of one kind may be.
struct Rule {
    most: usize,
    blank: bool,
    allowed: fn(char) -> bool,
}

fn checked(text: String, rule: &Rule) -> Result<String, BadText> {
    if text.contains('\0') {
        return Err(BadText::Nul);
    }
    if text.is_empty() || (!rule.blank && text.trim().is_empty()) {
        return Err(BadText::Empty);
    }
    // Rails counts characters, not bytes.
    if text.len() > rule.most && text.chars().count() > rule.most {
        return Err(BadText::TooLong { most: rule.most });
    }
    if !text.chars().all(rule.allowed) {
        return Err(BadText::Character);
    }
    Ok(text)
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $rule:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text, if it may be sent.
            pub fn new(text: impl Into<String>) -> Result<Self, BadText> {
                Self::checked(text.into())
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadText;
            fn try_from(text: String) -> Result<Self, BadText> {
                Self::checked(text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
    ($(#[$doc:meta])* plain $name:ident, $rule:expr) => {
        text! { $(#[$doc])* $name, $rule }

        impl $name {
            fn checked(text: String) -> Result<Self, BadText> {
                checked(text, &$rule).map(Self)
            }
        }
    };
}

macro_rules! shown {
    ($($name:ident)*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:?})", stringify!($name), self.0)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )* };
}

/// What must not be in a log: its length is all that Debug tells.
macro_rules! hidden {
    ($($name:ident)*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} bytes)", stringify!($name), self.0.len())
            }
        }
    )* };
}

shown! { Label Mark MessageSourceId }
hidden! { SourceId InboxIdentifier Address ContactName Content Subject }

const SOURCE_ID: Rule = Rule {
    most: 255,
    blank: false,
    allowed: |c| c.is_ascii_alphanumeric() || "_@.+-'!#$*=^`{|}~".contains(c),
};

text! {
    /// What ties a contact to an inbox: derived by the portal in its own inbox, the address in an e-mail inbox.
    /// With the inbox identifier it is a capability, so that Debug does not show it. Never empty: Chatwoot would
    /// list the whole inbox.
    SourceId, SOURCE_ID
}

impl SourceId {
    fn checked(text: String) -> Result<Self, BadText> {
        let text = checked(text, &SOURCE_ID)?;
        // Alone in a path they would be a step, not a name.
        if text.bytes().all(|byte| byte == b'.') {
            return Err(BadText::Character);
        }
        Ok(Self(text))
    }
}

text! {
    /// An inbox’s name in the public API. Whoever knows it can write as any contact: it never leaves the server.
    plain InboxIdentifier, Rule { most: 64, blank: false, allowed: |c| c.is_ascii_alphanumeric() || c == '-' || c == '_' }
}

text! {
    /// What marks a message as ours, to be found again: `message.source_id`.
    plain MessageSourceId, Rule { most: 255, blank: false, allowed: |c| c.is_ascii_graphic() }
}

text! {
    /// A part of the portal’s owner mark in a conversation’s `additional_attributes`.
    plain Mark, Rule { most: 255, blank: false, allowed: |c| c.is_ascii_graphic() }
}

text! {
    /// A label of a conversation. Only those defined in the account show properly, but any text can be one.
    plain Label, Rule { most: 255, blank: false, allowed: |c| !c.is_control() }
}

text! {
    /// What a customer is called, as agents see it.
    plain ContactName, Rule { most: 255, blank: false, allowed: |c| !c.is_control() }
}

text! {
    /// What a ticket is about, in one line.
    plain Subject, Rule { most: 1500, blank: false, allowed: |c| !c.is_control() }
}

text! {
    /// The text of a message. Never blank: Chatwoot would take an empty message.
    plain Content, Rule { most: 150_000, blank: false, allowed: |_| true }
}

const ADDRESS: Rule = Rule {
    most: 255,
    blank: false,
    allowed: |c| c.is_ascii_graphic() && !"\"(),:;<>[\\]".contains(c),
};

text! {
    /// An e-mail address in ASCII and lower case, one `@` with something on both sides. Chatwoot’s filter matches
    /// look-alikes of ASCII letters, so that nothing else is ever looked for.
    Address, ADDRESS
}

impl Address {
    fn checked(text: String) -> Result<Self, BadText> {
        let text = checked(text, &ADDRESS)?;
        match text.split_once('@') {
            Some((local, domain))
                if !local.is_empty() && !domain.is_empty() && !domain.contains('@') =>
            {
                Ok(Self(text.to_ascii_lowercase()))
            }
            _ => Err(BadText::Character),
        }
    }

    /// Whether Chatwoot’s spelling of an address is this one, byte for byte but for the case of ASCII letters.
    pub fn is(&self, spelling: &str) -> bool {
        self.0.as_bytes().eq_ignore_ascii_case(spelling.as_bytes())
    }
}

#[cfg(test)]
mod tests;
