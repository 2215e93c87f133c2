//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use leptos::html;
use leptos::prelude::*;

use super::reactive::{effect, when};

/// A dialog that is open while `open` says so. Its content exists only then.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called for Escape; without it the dialog stays until its buttons close it.
    #[prop(optional)]
    on_dismiss: Option<Callback<()>>,
    /// Id of the heading inside.
    labelled_by: &'static str,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            _ = dialog.show_modal();
            // The focus goes to a button below the question; the question comes first.
            dialog.set_scroll_top(0);
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let on_cancel = move |event: leptos::ev::Event| {
        event.prevent_default();
        if let Some(on_dismiss) = on_dismiss {
            on_dismiss.run(());
        }
    };
    // Browsers close a dialog on a second Escape whatever one says. Word of a close may come when it is open again.
    let on_close = move |_| {
        let Some(dialog) = node.get_untracked() else {
            return;
        };
        if dialog.open() || !open.get_untracked() {
            return;
        }
        match on_dismiss {
            Some(on_dismiss) => on_dismiss.run(()),
            None => _ = dialog.show_modal(),
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-labelledby=labelled_by
            on:cancel=on_cancel
            on:close=on_close
        >
            {move || when(open.get(), || children())}
        </dialog>
    }
    .into_any()
}
