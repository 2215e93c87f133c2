//! Work in the background outlasts its own panics: each is logged, and what is to go on until the portal stops is begun again after a pause.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;

/// What broke off is begun again after this: a fault that comes each time must not take the machine.
pub(crate) const PAUSE: Duration = Duration::from_secs(10);

/// Does it to its end. None if it panicked, which is said; what it held is let go of by then.
pub(crate) async fn caught<T>(what: &'static str, work: impl Future<Output = T>) -> Option<T> {
    // What is shared is behind locks, whose users go on after a panic, and in the store, whose writes are whole.
    let done = AssertUnwindSafe(work).catch_unwind().await;
    if done.is_err() {
        tracing::error!(
            part = what,
            cure = "a fault of this program: report this line and the one before, which says where. The portal goes on; if it comes \
                    again and again, restart it or put the version before back",
            "a part of the portal broke off"
        );
    }
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_what_panicked_and_nothing_else() {
        let odd = caught("a test", async {
            tokio::task::yield_now().await;
            panic!("on purpose");
        });
        assert_eq!(odd.await, None::<u8>);
        assert_eq!(caught("a test", async { 7 }).await, Some(7));
    }
}
