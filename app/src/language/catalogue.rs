//! A catalogue is a list of bundles: the language itself, then what stands in for it. A message missing in the first is taken
//! from the next, with that bundle's own plural rules.

use fluent::bundle::FluentBundle;
use fluent::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource, intl_memoizer::concurrent::IntlLangMemoizer>;

/// The texts of one language and of those that stand in for it.
pub struct Catalogue {
    bundles: Vec<Bundle>,
}

impl Catalogue {
    /// A catalogue with no texts at all: every message is its id.
    pub fn empty() -> Self {
        Self {
            bundles: Vec::new(),
        }
    }

    /// Adds the texts of a language (`tag`), asked after all those added before. Broken messages of `ftl` are left out, the others are used.
    #[must_use]
    pub fn with(mut self, tag: &str, ftl: &str) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        let resource = match FluentResource::try_new(ftl.to_owned()) {
            Ok(resource) => resource,
            Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        self.bundles.push(bundle);
        self
    }

    /// The words of a message, or its id where no bundle has it.
    pub fn text(&self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        self.find(id, args).unwrap_or_else(|| id.to_owned())
    }

    /// The words of a message, if any bundle has it.
    pub fn find(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(id)?.value()?;
            let mut errors = Vec::new();
            Some(
                bundle
                    .format_pattern(pattern, args, &mut errors)
                    .into_owned(),
            )
        })
    }

    /// Gives every bundle a chance to learn functions and a formatter, once after it is filled.
    pub fn each_bundle(&mut self, teach: impl Fn(&mut Bundle)) {
        self.bundles.iter_mut().for_each(teach);
    }
}
