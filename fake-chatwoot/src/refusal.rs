//! Why an operation was not done, apart from how each family of the API words it.

/// Why not.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// No such row, or none that the caller may know of.
    NotFound,
    /// A validation failed: its words, and the attribute.
    Invalid(String, &'static str),
    /// Refused with these words.
    Unprocessable(String),
    /// An object that the caller may not touch.
    NotPermitted,
    /// What Rails does not rescue.
    Broken,
}

impl Refusal {
    /// A failed validation: `Email has already been taken`.
    pub fn invalid(words: &str, attribute: &'static str) -> Self {
        Self::Invalid(words.to_owned(), attribute)
    }
}
