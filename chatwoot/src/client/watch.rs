//! Who is told how calls end, and may hold them back while Chatwoot does not answer.

use super::Client;
use super::call::Answer;
use crate::error::{Error, Misfit, Words};

/// A breaker: it hears of every call of a client, and says whether the next may be made.
pub trait Watch: Send + Sync {
    /// Whether a call may be made now; if not, it ends as [`Error::Resting`].
    fn admits(&self) -> bool;
    /// A call that was made ended so. What it asked for may have been refused: that is for whoever asked to judge, too.
    fn ended(&self, end: Result<(), &Error>);
}

impl Client {
    pub(super) fn admitted(&self) -> Result<(), Error> {
        match &self.watch {
            Some(watch) if !watch.admits() => Err(Error::Resting),
            _ => Ok(()),
        }
    }

    pub(super) fn tell(&self, end: &Result<Answer, Error>) {
        let Some(watch) = &self.watch else {
            return;
        };
        match end {
            Ok(answer) => match answer.refusal() {
                Some(refusal) => watch.ended(Err(&refusal)),
                None if answer.is_page() => {
                    let page = Words::new("a page of HTML");
                    watch.ended(Err(&Error::NotUnderstood(Misfit::Body(page))));
                }
                None => watch.ended(Ok(())),
            },
            Err(error) => watch.ended(Err(error)),
        }
    }
}
