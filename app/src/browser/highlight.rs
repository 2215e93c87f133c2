//! Marks words of the page without touching its nodes, which are the views' own (CSS Custom Highlight API). A browser that cannot shows them plain.

use js_sys::{Array, Function, Reflect, RegExp};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Node, Range};

/// Its name in the styles.
const NAME: &str = "found";

/// The text nodes, by the DOM's number for them (`NodeFilter.SHOW_TEXT`).
const TEXT: u32 = 4;

/// Where a pattern is in the texts below a node, in order, but for those within such an element. Its first group is what stands before a place and
/// is none of it.
pub fn places(node: &Node, but: &str, pattern: &RegExp) -> Vec<Range> {
    let mut places = Vec::new();
    let Ok(texts) = document().create_tree_walker_with_what_to_show(node, TEXT) else {
        return places;
    };
    while let Ok(Some(text)) = texts.next_node() {
        let around = text.parent_element();
        if around.is_some_and(|it| matches!(it.closest(but), Ok(Some(_)))) {
            continue;
        }
        let words = text.text_content().unwrap_or_default();
        while let Some(found) = pattern.exec(&words) {
            let end = pattern.last_index();
            let start = end.saturating_sub(found.get(0).length()) + found.get(1).length();
            if let Ok(range) = Range::new()
                && range.set_start(&text, start).is_ok()
                && range.set_end(&text, end).is_ok()
            {
                places.push(range);
            }
        }
    }
    places
}

/// Marks these places, and no others any more.
pub fn mark(places: &[Range]) {
    let each: Array = places.iter().collect();
    _ = put(&each);
}

fn put(places: &Array) -> Result<JsValue, JsValue> {
    let all = Reflect::get(
        &Reflect::get(&window(), &"CSS".into())?,
        &"highlights".into(),
    )?;
    let made = Reflect::construct(&function(&window(), "Highlight")?, places)?;
    function(&all, "set")?.call2(&all, &NAME.into(), &made)
}

fn function(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}
