//! Leptos's generic pieces behind types of our own: each use of a generic is code in the bundle, and these are used everywhere.

use leptos::prelude::*;

/// Runs now, and again whenever what it read changes.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}

/// A view that may be missing.
pub trait OrNothing {
    /// The view, or one with nothing in it: so all reactive parts of views have one type.
    fn or_nothing(self) -> AnyView;
}

impl OrNothing for Option<AnyView> {
    fn or_nothing(self) -> AnyView {
        self.unwrap_or_else(|| ().into_any())
    }
}

/// The view if the condition holds.
pub fn when(condition: bool, view: impl FnOnce() -> AnyView) -> AnyView {
    condition.then(view).or_nothing()
}
