//! Whether each message has all its files, byte for byte.

use crate::Outcome;
use crate::person;
use crate::stage::Stage;

/// Looks at the files of each message that has some, and says how many there are.
pub(super) fn whole(stage: &Stage) -> Outcome<usize> {
    let mut count = 0;
    for (ticket, acts) in stage.book.tickets() {
        for act in acts.iter().filter(|act| !act.files.is_empty()) {
            let mark = format!("portal:{}", act.key);
            let wanted: Vec<_> = act
                .files
                .iter()
                .map(|id| (person::name(id), person::bytes(id)))
                .collect();
            for message in stage.fake.messages_with_source(&mark) {
                let files = stage.fake.files_of(message.id);
                let there: Vec<_> = files.into_iter().map(|it| (it.name, it.bytes)).collect();
                if there != wanted {
                    let names: Vec<_> = there.iter().map(|(name, it)| (name, it.len())).collect();
                    return Err(format!(
                        "{mark} of {ticket} has {names:?} for the files {:?}",
                        act.files
                    )
                    .into());
                }
            }
            count += wanted.len();
        }
    }
    Ok(count)
}
