//! Views in their place, one for each item. Those that stay are not touched, whatever comes or goes around them: Leptos's own `For` takes all
//! out of the page and puts them in again when more than one comes before them, which ends what plays in them and loses the focus.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Render};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::browser::page;

/// The views that are in the page, by name and in their order.
#[derive(Default)]
pub(super) struct Placed(Vec<One>);

struct One {
    name: String,
    state: AnyViewState,
    owner: Owner,
}

impl Placed {
    /// Shows these and no others, in this order, in a place which nothing else is in.
    pub(super) fn show(
        &mut self,
        place: &Element,
        names: &[&str],
        view: &dyn Fn(usize) -> (Owner, AnyView),
    ) {
        let focused = focused().filter(|it| place.contains(Some(it)));
        let at: HashMap<&str, usize> = (0..).zip(names).map(|(at, name)| (*name, at)).collect();
        let mut stay: Vec<Option<One>> = names.iter().map(|_| None).collect();
        for mut one in self.0.drain(..) {
            if let Some(at) = at.get(one.name.as_str()) {
                stay[*at] = Some(one);
            } else {
                one.state.unmount();
                one.owner.cleanup();
            }
        }
        let mut next = place.first_element_child();
        for (nth, one) in stay.into_iter().enumerate() {
            // Of two of one name the last is shown.
            if at.get(names[nth]) != Some(&nth) {
                continue;
            }
            let mut one = one.unwrap_or_else(|| {
                let (owner, view) = view(nth);
                let state = owner.with(|| view.build());
                let name = names[nth].to_owned();
                One { name, state, owner }
            });
            let elements = one.state.elements();
            if next.is_some() && elements.first() == next.as_ref() {
                next = elements.last().and_then(Element::next_element_sibling);
            } else {
                one.state.mount(place, next.as_deref());
            }
            self.0.push(one);
        }
        if let Some(focused) = focused.filter(|it| it.is_connected()) {
            page::focus(&focused);
        }
    }
}

fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}
