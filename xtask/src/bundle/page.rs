//! The page that starts the app: its references follow the files to their new names, and the places that the server fills in
//! are all there.

use crate::problem::{Outcome, Problem};

/// Stands for the path that the portal is reached at, in every reference.
pub(crate) const BASE: &str = "/__BASE__/";

/// Where the server puts what it adds to the head.
const HEAD: &str = "<!--__HEAD__-->";

/// What the server replaces in the page, each of which must be there.
const PLACES: [&str; 9] = [
    BASE,
    "__LANG__",
    "__DIR__",
    "__THEME__",
    HEAD,
    "<!--__DATA__-->",
    "__FAILED__",
    "__AGAIN__",
    "__NO_SCRIPT__",
];

/// A page being rewritten.
pub(crate) struct Page(String);

impl Page {
    /// Takes the page as Trunk wrote it.
    pub(crate) fn new(html: String) -> Self {
        Self(html)
    }

    /// Lets every reference to `old`, a path in Trunk's output, name `new`, a path in the bundle.
    pub(crate) fn rename(&mut self, old: &str, new: &str) -> Outcome {
        let from = format!("{BASE}{old}");
        if !self.0.contains(&from) {
            return Err(Problem::new(format!("index.html does not load {from}")));
        }
        self.0 = self.0.replace(&from, &format!("{BASE}{new}"));
        Ok(())
    }

    /// What is fetched ahead is named before what the server adds to that: a browser that has few connections to us begins with
    /// what comes first, and the app itself is the largest by far. Trunk puts it last.
    fn fetch_the_app_first(&mut self) {
        let mut ahead = String::new();
        for beginning in ["<link rel=\"preload\"", "<link rel=\"modulepreload\""] {
            while let Some(at) = self.0.find(beginning)
                && let Some(length) = self.0[at..].find('>')
            {
                ahead.extend(self.0.drain(at..=at + length));
            }
        }
        self.0 = self.0.replacen(HEAD, &format!("{ahead}{HEAD}"), 1);
    }

    /// The finished page, if everything that the server fills in has its place, before what needs it.
    pub(crate) fn finish(mut self) -> Outcome<String> {
        for place in PLACES {
            if !self.0.contains(place) {
                return Err(Problem::new(format!("index.html has no {place}")));
            }
        }
        if self.0.contains("integrity=") {
            // A script's bytes change with the names in it; the page and its files come from one server anyway.
            return Err(Problem::new(
                "index.html holds files to checksums; set data-integrity=\"none\"",
            ));
        }
        let data = self.0.find("<!--__DATA__-->");
        let script = self.0.find("<script");
        if script.is_some() && script < data {
            return Err(Problem::new(
                "index.html starts a script before <!--__DATA__-->, which it reads",
            ));
        }
        self.fetch_the_app_first();
        Ok(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "<html lang=__LANG__ dir=__DIR__ data-theme=__THEME__><!--__HEAD__--><!--__DATA__-->\
                         <script>import '/__BASE__/app-1.js'</script>__FAILED__ __AGAIN__ __NO_SCRIPT__";

    #[test]
    fn a_page_without_a_place_for_the_server_is_refused() {
        assert!(Page::new(WHOLE.to_owned()).finish().is_ok());
        for place in PLACES {
            let page = Page::new(WHOLE.replace(place, ""));
            assert!(page.finish().is_err(), "{place}");
        }
    }

    #[test]
    fn a_script_before_its_data_is_refused() {
        let page = Page::new(WHOLE.replace("<!--__HEAD__-->", "<!--__HEAD__--><script></script>"));
        assert!(page.finish().is_err());
    }

    #[test]
    fn the_app_is_fetched_before_its_parts() {
        let links = "<link rel=\"modulepreload\" href=1><link rel=\"preload\" href=2></head>";
        let page = Page::new(WHOLE.replace("</script>", &format!("</script>{links}")));
        let page = page.finish().unwrap();
        let first =
            "<link rel=\"preload\" href=2><link rel=\"modulepreload\" href=1><!--__HEAD__-->";
        assert!(page.contains(first), "{page}");
        assert_eq!(page.matches("preload").count(), 2, "{page}");
    }

    #[test]
    fn a_page_that_holds_files_to_checksums_is_refused() {
        let page = WHOLE.replace("<script", "<link integrity=\"sha384-1\"><script");
        assert!(Page::new(page).finish().is_err());
    }

    #[test]
    fn a_file_that_the_page_does_not_load_is_an_error() {
        let mut page = Page::new(WHOLE.to_owned());
        assert!(page.rename("app-2.js", "assets/app-3.js").is_err());
        page.rename("app-1.js", "assets/app-3.js").unwrap();
        assert!(
            page.finish()
                .unwrap()
                .contains("'/__BASE__/assets/app-3.js'")
        );
    }
}
