//! What a check found, a line for each part.

use std::fmt;

/// Everything that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order in which the parts depend on each other.
    pub lines: Vec<Line>,
}

/// What was found of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The part, in a word.
    pub part: &'static str,
    /// Whether it is well.
    pub verdict: Verdict,
}

/// Whether a part is well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Ok(String),
    /// It works, and should be looked at.
    Note(String),
    /// It does not work, or is not safe.
    Fault {
        /// What is wrong.
        problem: String,
        /// What to do.
        cure: String,
    },
}

impl Report {
    /// Adds a line.
    pub fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Whether anything has to be put right.
    pub fn has_faults(&self) -> bool {
        self.lines
            .iter()
            .any(|line| matches!(line.verdict, Verdict::Fault { .. }))
    }
}

impl Line {
    /// Whether it has to be put right.
    pub(super) fn is_fault(&self) -> bool {
        matches!(self.verdict, Verdict::Fault { .. })
    }

    pub(super) fn ok(part: &'static str, said: impl Into<String>) -> Self {
        Self {
            part,
            verdict: Verdict::Ok(said.into()),
        }
    }

    pub(super) fn note(part: &'static str, said: impl Into<String>) -> Self {
        Self {
            part,
            verdict: Verdict::Note(said.into()),
        }
    }

    pub(super) fn fault(
        part: &'static str,
        problem: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self {
            part,
            verdict: Verdict::Fault {
                problem: problem.into(),
                cure: cure.into(),
            },
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Line { part, verdict } in &self.lines {
            match verdict {
                Verdict::Ok(said) => writeln!(f, "ok     {part:<10} {said}")?,
                Verdict::Note(said) => writeln!(f, "note   {part:<10} {said}")?,
                Verdict::Fault { problem, cure } => {
                    writeln!(f, "fault  {part:<10} {problem}")?;
                    writeln!(f, "{:18}{cure}", "")?;
                }
            }
        }
        Ok(())
    }
}
