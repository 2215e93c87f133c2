//! A list whose items change one by one: the order is one signal, each item another. What did not change is not touched, so focus, scroll and images stay.

use std::collections::HashMap;
use std::hash::Hash;

use leptos::prelude::*;

/// Items in their order, by name.
pub struct Keyed<K: 'static, V: 'static> {
    order: RwSignal<Vec<K>>,
    items: StoredValue<HashMap<K, ArcRwSignal<V>>>,
}

impl<K, V> Clone for Keyed<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Keyed<K, V> {}

impl<K, V> Default for Keyed<K, V>
where
    K: Clone + Eq + Hash + Send + Sync,
    V: PartialEq + Send + Sync,
{
    fn default() -> Self {
        Self {
            order: RwSignal::new(Vec::new()),
            items: StoredValue::new(HashMap::new()),
        }
    }
}

impl<K, V> Keyed<K, V>
where
    K: Clone + Eq + Hash + Send + Sync,
    V: Clone + PartialEq + Send + Sync,
{
    /// The names, in order.
    pub fn order(self) -> Vec<K> {
        self.order.get()
    }

    /// The names, in order, as of now.
    pub fn order_now(self) -> Vec<K> {
        self.order.get_untracked()
    }

    /// Everything as of now.
    pub fn now(self) -> Vec<(K, V)> {
        self.order_now()
            .into_iter()
            .filter_map(|name| {
                let value = self.item(&name)?.get_untracked();
                Some((name, value))
            })
            .collect()
    }

    /// An item; `None` once it is gone.
    pub fn item(self, name: &K) -> Option<ArcRwSignal<V>> {
        self.items.with_value(|items| items.get(name).cloned())
    }

    /// Takes over a new state and wakes only what differs.
    pub fn set(self, new: Vec<(K, V)>) {
        let order: Vec<K> = new.iter().map(|(name, _)| name.clone()).collect();
        let before = self
            .items
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        let mut changed = Vec::new();
        let mut items = HashMap::with_capacity(new.len());
        for (name, value) in new {
            let signal = match before.get(&name) {
                Some(signal) => {
                    if signal.with_untracked(|old| *old != value) {
                        changed.push((signal.clone(), value));
                    }
                    signal.clone()
                }
                None => ArcRwSignal::new(value),
            };
            items.insert(name, signal);
        }
        self.items.set_value(items);
        for (signal, value) in changed {
            signal.set(value);
        }
        if self.order.with_untracked(|old| *old != order) {
            self.order.set(order);
        }
    }
}
