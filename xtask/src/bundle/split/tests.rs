//! What the two tools write, as this step relies on it.

use super::*;

const GLUE: &str = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\n\
                    export class A {}\nexport { initSync };\n";

const LOADER_TEXT: &str = "import { initSync } from \"./app-1.js\";\n\nfunction makeLoad() {}\n/* desk, list */\n\
                           const __chunk_2 = makeLoad(() => {\n    const src = fetch(new URL(\"./chunk_2.wasm\", import.meta.url));\n}\n, []);\n\
                           export const __wasm_split_load_list = wrapAsyncCb(makeLoad(() => { fetch(\"./split_list.wasm\") }, [__chunk_2]));\n\
                           export const __wasm_split_load_desk = wrapAsyncCb(makeLoad(() => { fetch(\"./split_desk.wasm\") }, [__chunk_2]));\n\
                           export const __wasm_split_load_rest = wrapAsyncCb(makeLoad(() => {}, []));\n";

#[test]
fn the_loader_becomes_a_piece_of_the_script() {
    let script = joined(GLUE, LOADER_TEXT).unwrap();
    assert!(!script.contains("__wasm_split.js"), "{script}");
    assert!(!script.contains("import {"), "{script}");
    assert!(script.contains("\nconst __wasm_split_load_list = wrapAsyncCb("));
    let functions = "__wasm_split_load_list, __wasm_split_load_desk, __wasm_split_load_rest";
    for name in ["import1", "import2"] {
        assert!(script.contains(&format!("\nconst {name} = {{ {functions} }};\n")));
    }
    assert!(script.contains("export { initSync };"));
}

#[test]
fn other_scripts_than_these_are_refused() {
    assert!(joined("export { initSync };\n", LOADER_TEXT).is_err());
    assert!(joined(GLUE, "import { initSync } from \"./app-1.js\";\n").is_err());
    assert!(joined(GLUE, &LOADER_TEXT.replace("initSync", "init")).is_err());
}

#[test]
fn each_part_names_its_file_and_those_that_it_shares() {
    let list = "list chunk_2.wasm split_list.wasm\ndesk chunk_2.wasm split_desk.wasm\nrest\n";
    assert_eq!(parts(LOADER_TEXT).unwrap(), list);
}
