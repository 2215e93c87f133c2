//! Makes sure that there is a bundle to embed: where none was built, a page that says so stands in for it, so that a clean clone compiles.

use std::path::Path;
use std::{env, fs, io};

const PAGE: &str = r#"<!doctype html>
<html lang="__LANG__" dir="__DIR__" data-theme="__THEME__">
  <head>
    <meta charset="utf-8">
    <meta name="robots" content="noindex">
    <meta name="app-base" content="/__BASE__/">
    <!--__HEAD__-->
    <!--__DATA__-->
  </head>
  <body>
    <h1>The bundle is not built</h1>
    <p>This server was compiled without what the browser loads. Run <code>cargo xtask bundle</code>, then build it again.</p>
  </body>
</html>
"#;

fn main() -> io::Result<()> {
    let server = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let bundle = Path::new(&server).join("../target/bundle");
    let page = bundle.join("index.html");
    if !page.exists() {
        fs::create_dir_all(&bundle)?;
        fs::write(&page, PAGE)?;
    }
    // New and vanished files count too, of which embedding alone would not know.
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../target/bundle");
    println!("cargo::rerun-if-changed=../locales");
    Ok(())
}
