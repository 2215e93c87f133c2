//! Reads variables one by one and gathers what is wrong with them, so that all faults are told at once.

use std::str::FromStr;

use secrecy::SecretString;

/// Something wrong with one variable, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the variable.
    pub variable: &'static str,
    /// What is wrong; never repeats a secret.
    pub problem: String,
    /// What to do.
    pub cure: String,
}

/// All that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let things = if self.0.len() == 1 {
            "thing is"
        } else {
            "things are"
        };
        write!(f, "{} {things} wrong with the configuration:", self.0.len())?;
        for fault in &self.0 {
            write!(
                f,
                "\n  {}: {}\n    {}",
                fault.variable, fault.problem, fault.cure
            )?;
        }
        Ok(())
    }
}

/// Where variables come from.
pub type Source<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads variables and remembers faults.
pub(super) struct Reader<'a> {
    source: Source<'a>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// Reads from a source.
    pub(super) fn new(source: Source<'a>) -> Self {
        Self {
            source,
            faults: Vec::new(),
        }
    }

    /// All faults found, if any.
    pub(super) fn finish(self) -> Result<(), Faults> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Faults(self.faults))
        }
    }

    /// Notes a fault.
    pub(super) fn fault(
        &mut self,
        variable: &'static str,
        problem: impl Into<String>,
        cure: impl Into<String>,
    ) {
        self.faults.push(Fault {
            variable,
            problem: problem.into(),
            cure: cure.into(),
        });
    }

    /// A variable's text; blank is the same as missing.
    pub(super) fn text(&self, variable: &str) -> Option<String> {
        (self.source)(variable)
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    }

    /// A variable that must be there.
    pub(super) fn required(&mut self, variable: &'static str, cure: &str) -> Option<String> {
        let text = self.text(variable);
        if text.is_none() {
            self.fault(variable, "is missing", cure);
        }
        text
    }

    /// A secret that must be there; kept as it is, blanks included.
    pub(super) fn required_secret(
        &mut self,
        variable: &'static str,
        cure: &str,
    ) -> Option<SecretString> {
        let text = (self.source)(variable).filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.fault(variable, "is missing", cure);
        }
        text.map(SecretString::from)
    }

    /// A variable of a type, or `default` where it is missing.
    pub(super) fn parsed<T: FromStr>(
        &mut self,
        variable: &'static str,
        default: T,
        cure: &str,
    ) -> T {
        match self.text(variable) {
            None => default,
            Some(text) => match text.parse() {
                Ok(value) => value,
                Err(_) => {
                    self.fault(variable, format!("{text:?} is not understood"), cure);
                    default
                }
            },
        }
    }

    /// A number within bounds, or `default` where it is missing.
    pub(super) fn number(
        &mut self,
        variable: &'static str,
        default: u32,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> u32 {
        let cure = format!("Give a number from {} to {}.", bounds.start(), bounds.end());
        let value = self.parsed(variable, default, &cure);
        if bounds.contains(&value) {
            value
        } else {
            self.fault(variable, format!("{value} is out of range"), cure);
            default
        }
    }

    /// A switch: `1`, `true`, `yes`, `on` and their opposites.
    pub(super) fn switch(&mut self, variable: &'static str, default: bool) -> bool {
        match self.text(variable).map(|text| text.to_ascii_lowercase()) {
            None => default,
            Some(text) => match text.as_str() {
                "1" | "true" | "yes" | "on" => true,
                "0" | "false" | "no" | "off" => false,
                _ => {
                    self.fault(
                        variable,
                        format!("{text:?} is not understood"),
                        "Give 1 or 0.",
                    );
                    default
                }
            },
        }
    }

    /// A list with commas between; entries that are not understood are faults.
    pub(super) fn list<T: FromStr>(&mut self, variable: &'static str, cure: &str) -> Vec<T> {
        let text = self.text(variable).unwrap_or_default();
        let entries = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        let mut list = Vec::new();
        for entry in entries {
            match entry.parse() {
                Ok(value) => list.push(value),
                Err(_) => self.fault(variable, format!("{entry:?} is not understood"), cure),
            }
        }
        list
    }
}
