//! Views in their place, one for each item. Those that stay are not touched, whatever comes or goes around them: Leptos's own `For` takes all
//! out of the page and puts them in again when more than one comes before them, which ends what plays in them and loses the focus.

use std::collections::{HashMap, HashSet};

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
        let mut before = self.without_others(names);
        let mut next = place.first_element_child();
        self.0 = names
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let mut one = before.remove(*name).unwrap_or_else(|| {
                    let (owner, view) = view(at);
                    let state = owner.with(|| view.build());
                    One {
                        name: (*name).to_owned(),
                        state,
                        owner,
                    }
                });
                let elements = one.state.elements();
                if next.is_some() && elements.first() == next.as_ref() {
                    next = elements.last().and_then(Element::next_element_sibling);
                } else {
                    one.state.mount(place, next.as_deref());
                }
                one
            })
            .collect();
        if let Some(focused) = focused.filter(|it| it.is_connected()) {
            page::focus(&focused);
        }
    }

    /// Takes out of the page what is not among these.
    fn without_others(&mut self, names: &[&str]) -> HashMap<String, One> {
        let stay: HashSet<&str> = names.iter().copied().collect();
        let mut left = HashMap::new();
        for mut one in self.0.drain(..) {
            if stay.contains(one.name.as_str()) {
                left.insert(one.name.clone(), one);
            } else {
                one.state.unmount();
                one.owner.cleanup();
            }
        }
        left
    }
}

fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}
