//! Polls a connection again at once when it woke itself. hyper hands a request's body over within one task, which so wakes itself with each
//! request; the runtime takes that for work that another thread could do, and wakes one for it.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::task::AtomicWaker;

/// So often in a row; then others have their turn.
const AT_ONCE: usize = 8;

const RESTING: u8 = 0;
const POLLED: u8 = 1;
const WOKEN: u8 = 2;

/// Wakes the task, unless it is being polled: then it is polled once more.
#[derive(Default)]
struct Bell {
    state: AtomicU8,
    task: AtomicWaker,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let rung = self
            .state
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |state| {
                (state != RESTING).then_some(WOKEN)
            });
        if rung.is_err() {
            self.task.wake();
        }
    }
}

/// Runs this to its end.
pub(super) async fn again<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    poll_fn(|task| {
        bell.task.register(task.waker());
        let mut context = Context::from_waker(&waker);
        for _ in 0..AT_ONCE {
            bell.state.store(POLLED, Ordering::Release);
            if let Poll::Ready(end) = work.as_mut().poll(&mut context) {
                return Poll::Ready(end);
            }
            // Whoever wakes it from here on wakes the task.
            if bell.state.swap(RESTING, Ordering::AcqRel) == POLLED {
                return Poll::Pending;
            }
        }
        task.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    /// Counts how often the task is woken.
    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    impl Woken {
        fn times(&self) -> usize {
            self.0.load(Ordering::Relaxed)
        }
    }

    #[test]
    fn what_wakes_itself_is_polled_again_and_wakes_nobody() {
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut left = 3;
        let mut work = pin!(again(poll_fn(|it| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            it.waker().wake_by_ref();
            Poll::Pending
        })));
        let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(polled.is_ready());
        assert_eq!(woken.times(), 0);
    }

    #[test]
    fn what_never_rests_lets_others_have_their_turn() {
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let polls = AtomicUsize::new(0);
        let mut work = pin!(again(poll_fn(|it| {
            polls.fetch_add(1, Ordering::Relaxed);
            it.waker().wake_by_ref();
            Poll::<()>::Pending
        })));
        let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(polled.is_pending());
        assert_eq!(woken.times(), 1);
        assert_eq!(polls.load(Ordering::Relaxed), AT_ONCE);
    }

    #[test]
    fn what_is_woken_while_it_rests_wakes_its_task() {
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut inner = None;
        let mut open = false;
        let held = std::sync::Mutex::new((&mut inner, &mut open));
        let mut work = pin!(again(poll_fn(|it| {
            let mut held = held.lock().unwrap();
            *held.0 = Some(it.waker().clone());
            if *held.1 {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })));
        let mut task = Context::from_waker(&waker);
        assert!(work.as_mut().poll(&mut task).is_pending());
        assert_eq!(woken.times(), 0);
        let waker = held.lock().unwrap().0.take().unwrap();
        waker.wake();
        assert_eq!(woken.times(), 1);
        *held.lock().unwrap().1 = true;
        assert!(work.as_mut().poll(&mut task).is_ready());
    }
}
