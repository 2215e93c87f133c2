//! What can be wrong with a text, said in one line that names the place.

use std::fmt;
use std::path::{Path, PathBuf};

/// Something to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    path: PathBuf,
    line: Option<usize>,
    /// What it is.
    pub what: What,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The language has no such file.
    NoFile,
    /// Fluent cannot read it, in its words.
    Broken(String),
    /// English has this message, the language has not.
    Missing {
        /// The message.
        message: String,
        /// Where English has it.
        english: (PathBuf, usize),
    },
    /// Nothing shows this message.
    Unknown(String),
    /// A message is there twice; the later counts.
    Twice(String),
    /// A message uses a variable that it is not given.
    WrongVariable {
        /// The message.
        message: String,
        /// The variable.
        variable: String,
        /// Those that it is given.
        given: Vec<String>,
    },
    /// A message leaves out a variable that English uses. That can be meant.
    UnusedVariable {
        /// The message.
        message: String,
        /// The variable.
        variable: String,
    },
    /// A message names another, or a term, that is not there.
    NoSuchReference {
        /// The message.
        message: String,
        /// What it names.
        reference: String,
    },
    /// A message uses a function that is not there.
    NoSuchFunction {
        /// The message.
        message: String,
        /// The function.
        function: String,
    },
    /// A message has forms for numbers, but not one that the language needs.
    NoForm {
        /// The message.
        message: String,
        /// The form, such as `few`.
        form: String,
        /// A number that takes it.
        number: u32,
    },
    /// `language-direction` is neither ltr nor rtl.
    Direction,
}

impl Finding {
    pub(super) fn new(path: &Path, line: Option<usize>, what: What) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what,
        }
    }

    /// In the order of files and lines; what has no line comes last.
    pub(super) fn place(&self) -> (PathBuf, usize) {
        (self.path.clone(), self.line.unwrap_or(usize::MAX))
    }

    /// Whether it has to be put right; else it is only to be looked at.
    pub fn is_fault(&self) -> bool {
        !matches!(self.what, What::UnusedVariable { .. } | What::NoForm { .. })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        if !self.is_fault() {
            f.write_str(" note:")?;
        }
        f.write_str(" ")?;
        match &self.what {
            What::NoFile => f.write_str("there is no such file; English is shown in its place"),
            What::Broken(words) => write!(f, "cannot be read: {words}"),
            What::Missing {
                message,
                english: (path, line),
            } => write!(
                f,
                "{message} is missing ({}:{line}); English is shown in its place",
                path.display()
            ),
            What::Unknown(message) => write!(f, "{message} is unknown; nothing shows it"),
            What::Twice(message) => write!(f, "{message} is there twice; this one counts"),
            What::WrongVariable {
                message,
                variable,
                given,
            } if given.is_empty() => write!(f, "{message} uses ${variable}, but it is given none"),
            What::WrongVariable {
                message,
                variable,
                given,
            } => write!(
                f,
                "{message} uses ${variable}, but it is given ${}",
                given.join(", $")
            ),
            What::UnusedVariable { message, variable } => {
                write!(f, "{message} leaves out ${variable}, which English uses")
            }
            What::NoSuchReference { message, reference } => {
                write!(f, "{message} refers to {reference}, which is not there")
            }
            What::NoSuchFunction { message, function } => {
                write!(
                    f,
                    "{message} uses {function}(), but there are only NUMBER() and DATETIME()"
                )
            }
            What::NoForm {
                message,
                form,
                number,
            } => write!(
                f,
                "{message} has no form [{form}], which this language has for {number}"
            ),
            What::Direction => f.write_str("language-direction is neither ltr nor rtl"),
        }
    }
}
