//! When something is fetched, and for whom.

use crate::browser::connection::in_time;
use crate::call::in_background;
use crate::error::AppError;
use crate::session::state::Session;

/// Who wants something fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The customer: it prolongs his session.
    ByHand,
    /// The page itself.
    InBackground,
}

impl Wanted {
    pub(super) async fn call<T>(
        self,
        session: Session,
        call: impl Future<Output = Result<T, AppError>>,
    ) -> Result<T, AppError> {
        let call = in_time(call);
        match self {
            Self::ByHand => session.watch(call).await,
            Self::InBackground => session.watch(in_background(call)).await,
        }
    }
}

/// At most one fetch of a thing runs at a time; a wish that comes meanwhile is fulfilled after it.
#[derive(Clone, Copy, Default)]
pub(super) struct Turn {
    running: bool,
    again: bool,
}

impl Turn {
    /// Whether to begin now.
    pub(super) fn take(&mut self) -> bool {
        self.again = self.running;
        !std::mem::replace(&mut self.running, true)
    }

    /// Whether to begin anew.
    pub(super) fn end(&mut self) -> bool {
        self.running = std::mem::take(&mut self.again);
        self.running
    }
}
