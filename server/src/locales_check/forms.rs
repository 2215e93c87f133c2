//! Which plural forms a language has, and which of them a text lacks.

use app::language::catalogue::Catalogue;
use fluent::{FluentArgs, FluentValue};

use super::parsed::Choice;

/// Every form there is, each shown as its own name. Fluent knows which language has which.
const FORMS: &str = "form = { $n ->
    [zero] zero
    [one] one
    [two] two
    [few] few
    [many] many
   *[other] other
}
";
/// Forms repeat from hundred to hundred. Those of millions are left to the default.
const NUMBERS: u32 = 200;

/// The first form that a choice by a number lacks, and a number that takes it. Who gives only the default says that all are alike.
pub(super) fn missing(tag: &str, choice: &Choice<'_>) -> Option<(String, u32)> {
    let plural = ["zero", "one", "two", "few", "many"];
    if !plural.iter().any(|form| choice.forms.contains(form)) {
        return None;
    }
    let all = Catalogue::empty().with(tag, FORMS);
    let form_of = |number: u32| {
        let args = FluentArgs::from_iter([("n", FluentValue::from(number))]);
        all.text("form", Some(&args))
    };
    (0..=NUMBERS)
        .filter(|number| !choice.exact.contains(number.to_string().as_str()))
        .map(|number| (form_of(number), number))
        .find(|(form, _)| !choice.forms.contains(form.as_str()))
}
