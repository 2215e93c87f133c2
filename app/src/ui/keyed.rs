//! A list whose items change one by one: the order is one signal, each item another. What did not change is not touched, so focus, scroll and images stay.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use leptos::prelude::*;
use web_sys::Element;

use self::placed::Placed;
use super::reactive::{OrNothing, effect};

mod placed;

/// An item and its name.
pub type Named<V> = (String, ArcRwSignal<V>);

/// Items in their order, by name.
pub struct Keyed<V: 'static>(RwSignal<Vec<Named<V>>>);

impl<V> Clone for Keyed<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Keyed<V> {}

impl<V: Clone + PartialEq + Send + Sync> Default for Keyed<V> {
    fn default() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
}

impl<V: Clone + PartialEq + Send + Sync> Keyed<V> {
    /// Shows a view of each item, in order, in a place which nothing else is in. An item that changes keeps its view.
    pub fn show_in(
        self,
        place: impl Fn() -> Option<Element> + 'static,
        each: impl Fn(&str, ArcRwSignal<V>) -> AnyView + 'static,
    ) {
        self.show_part_in(place, |count| 0..count, each, |_, _, _| {});
    }

    /// Shows a part of them so, told how many there are. Told of each time that is done: the place, the part, and how many there are.
    pub fn show_part_in(
        self,
        place: impl Fn() -> Option<Element> + 'static,
        part: impl Fn(usize) -> Range<usize> + 'static,
        each: impl Fn(&str, ArcRwSignal<V>) -> AnyView + 'static,
        done: impl Fn(&Element, Range<usize>, usize) + 'static,
    ) {
        let owner = Owner::current().unwrap_or_default();
        let mut placed = Placed::default();
        effect(move || {
            let Some(place) = place() else { return };
            let count = self.len();
            let part = part(count);
            let items = self
                .0
                .with_untracked(|all| all.get(part.clone()).unwrap_or_default().to_vec());
            let names: Vec<&str> = items.iter().map(|(name, _)| name.as_str()).collect();
            untrack(|| {
                placed.show(&place, &names, &|at| {
                    let owner = owner.child();
                    let view =
                        owner.with(|| items.get(at).map(|(name, item)| each(name, item.clone())));
                    (owner, view.or_nothing())
                });
                done(&place, part, count);
            });
        });
    }

    /// How many there are now.
    pub fn count(self) -> usize {
        self.0.with_untracked(Vec::len)
    }

    /// How many there are; wakes when that changes.
    pub fn len(self) -> usize {
        self.0.with(Vec::len)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0.with(Vec::is_empty)
    }

    /// Everything as of now.
    pub fn now(self) -> Vec<(String, V)> {
        self.0.with_untracked(|items| {
            items
                .iter()
                .map(|(name, value)| (name.clone(), value.get_untracked()))
                .collect()
        })
    }

    /// How many come from an item on, itself among them.
    pub fn from(self, name: &str) -> Option<usize> {
        self.0.with_untracked(|items| {
            let place = items.iter().position(|(other, _)| other == name)?;
            Some(items.len() - place)
        })
    }

    /// An item; wakes when it comes or goes.
    pub fn item(self, name: &str) -> Option<ArcRwSignal<V>> {
        self.0.with(|items| find(items, name))
    }

    /// An item as of now.
    pub fn item_now(self, name: &str) -> Option<ArcRwSignal<V>> {
        self.0.with_untracked(|items| find(items, name))
    }

    /// More items at the end; those that are there already stay where they are.
    pub fn extend(self, more: Vec<(String, V)>) {
        self.0.update(|items| {
            let known: HashSet<String> = items.iter().map(|(name, _)| name.clone()).collect();
            for (name, value) in more {
                if !known.contains(&name) {
                    items.push((name, ArcRwSignal::new(value)));
                }
            }
        });
    }

    /// Takes over a new state and wakes only what differs.
    pub fn set(self, new: Vec<(String, V)>) {
        let before = self.0.get_untracked();
        let place: HashMap<&str, usize> = before
            .iter()
            .enumerate()
            .map(|(place, (name, _))| (name.as_str(), place))
            .collect();
        let mut same_order = before.len() == new.len();
        let mut changed = Vec::new();
        let mut after = Vec::with_capacity(new.len());
        for (name, value) in new {
            let known = place.get(name.as_str()).copied();
            same_order &= known == Some(after.len());
            let signal = match known.and_then(|place| before.get(place)) {
                Some((_, signal)) => {
                    if signal.with_untracked(|old| *old != value) {
                        changed.push((signal.clone(), value));
                    }
                    signal.clone()
                }
                None => ArcRwSignal::new(value),
            };
            after.push((name, signal));
        }
        for (signal, value) in changed {
            signal.set(value);
        }
        if !same_order {
            self.0.set(after);
        }
    }
}

fn find<V>(items: &[Named<V>], name: &str) -> Option<ArcRwSignal<V>> {
    items
        .iter()
        .find(|(other, _)| other == name)
        .map(|(_, signal)| signal.clone())
}
