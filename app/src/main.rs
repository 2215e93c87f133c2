//! Mounts the app into the page.

fn main() {
    app::app::start();
}
