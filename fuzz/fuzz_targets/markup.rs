//! Whatever agents and customers write becomes nodes that keep the rules of `server/src/markup/tests/rules.rs`.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../server/src/markup/tests/rules.rs"]
mod rules;

fuzz_target!(|words: &str| {
    use server::markup::{html, markdown, plain};
    for nodes in [markdown(words), plain(words), html(words)] {
        assert_eq!(rules::broken(&nodes), None);
    }
});
