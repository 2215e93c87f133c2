//! What is wrong with the form: found before it is sent, and said in a summary that leads there.

use leptos::prelude::*;

use crate::error::{Field, FieldError, Problem};
use crate::t;
use crate::tickets::draft::{Draft, length};
use crate::ui::reactive::OrNothing;

/// A line of the summary, if there is something to say.
pub(super) fn summary_line(
    id: &'static str,
    label: Signal<String>,
    fault: Signal<Option<String>>,
) -> AnyView {
    (move || {
        fault
            .get()
            .map(|fault| {
                view! {
                    <li>
                        <a href=format!("#{id}") rel="external">
                            {label} {t!("colon")} {fault}
                        </a>
                    </li>
                }
                .into_any()
            })
            .or_nothing()
    })
    .into_any()
}

/// Spares a round trip for what the server would refuse.
pub(super) fn check(draft: &Draft, subject_limit: u32, message_limit: u32) -> Vec<FieldError> {
    [
        (Field::Subject, &draft.subject, subject_limit),
        (Field::Message, &draft.text, message_limit),
    ]
    .into_iter()
    .filter_map(|(field, text, limit)| {
        let actual = length(text);
        let problem = match actual {
            0 if field == Field::Message && !draft.files.is_empty() => return None,
            0 => Problem::Empty,
            _ if actual > limit => Problem::TooLong { limit, actual },
            _ => return None,
        };
        Some(FieldError { field, problem })
    })
    .collect()
}
