//! The browser's reading of Fluent: the project's own parser, and a resolver that leaves plurals, numbers and dates to the browser's Intl.
//!
//! The server resolves the same texts with the `fluent` crate (`catalogue.rs`). Here that crate's tables of plural rules and its arithmetic
//! of decimals would be a seventh of all that the browser loads; a test holds both to the same words.

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, NamedArgument, Pattern, PatternElement,
    VariantKey,
};
use fluent_syntax::parser::parse_runtime;
use fluent_syntax::unicode::unescape_unicode_to_string;

/// A value that a text names.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// As it is.
    Text(String),
    /// Written as the language writes numbers.
    Number(f64),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

macro_rules! from_number {
    ($($number:ty)*) => {
        $(impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        })*
    };
}
from_number!(u8 u32 u64 usize i32 i64 f64);

/// Values that a text names.
pub type Values = Vec<(&'static str, Value)>;

/// Options of a number or date, by their names in Intl.
pub type Options<'a> = [(&'a str, String)];

/// What Intl knows.
pub trait Intl {
    /// `zero`, `one`, `two`, `few`, `many` or `other`, by the rules of a language.
    fn plural(&self, tag: &str, number: f64, ordinal: bool) -> String;
    /// A number in words of the language spoken.
    fn number(&self, number: f64, options: &Options<'_>) -> String;
    /// A date in words of the language spoken.
    fn date(&self, at: f64, options: &Options<'_>) -> String;
    /// A number as texts write it: digits and a point.
    fn parse(&self, digits: &str) -> f64;
}

/// How deep messages may lie in one another: a text that names itself comes to an end.
const DEPTH: u8 = 12;
/// Marks around a value, so that its direction does not disturb the sentence's.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

struct Language {
    tag: String,
    entries: Vec<Entry<&'static str>>,
}

/// The texts of a language and of those that stand in for it.
#[derive(Default)]
pub struct Texts(Vec<Language>);

impl Texts {
    /// Adds the texts of a language, asked after all those added before. Broken messages are left out, the others are used.
    #[must_use]
    pub fn with(mut self, tag: &str, ftl: String) -> Self {
        // A page speaks two or three languages in its life; what it once spoke stays in memory.
        let resource = match parse_runtime::<&'static str>(ftl.leak()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        self.0.push(Language {
            tag: tag.to_owned(),
            entries: resource.body,
        });
        self
    }

    /// The words of a message, or its id where no language has it. What another language stands in with keeps its own direction.
    pub fn say(&self, intl: &dyn Intl, id: &str, values: &Values) -> String {
        for (nth, language) in self.0.iter().enumerate() {
            if let Some(pattern) = language.message(id) {
                let mut sentence = Sentence {
                    language,
                    intl,
                    values,
                    words: String::new(),
                };
                if nth > 0 {
                    sentence.words.push(ISOLATE.0);
                }
                sentence.pattern(pattern, &[], DEPTH);
                if nth > 0 {
                    sentence.words.push(ISOLATE.1);
                }
                return sentence.words;
            }
        }
        id.to_owned()
    }
}

impl Language {
    fn message(&self, id: &str) -> Option<&Pattern<&'static str>> {
        self.entries.iter().rev().find_map(|entry| match entry {
            Entry::Message(message) if message.id.name == id => message.value.as_ref(),
            _ => None,
        })
    }

    fn term(&self, id: &str) -> Option<&Pattern<&'static str>> {
        self.entries.iter().rev().find_map(|entry| match entry {
            Entry::Term(term) if term.id.name == id => Some(&term.value),
            _ => None,
        })
    }
}

type Named<'a> = [NamedArgument<&'a str>];

struct Sentence<'a> {
    language: &'a Language,
    intl: &'a dyn Intl,
    values: &'a Values,
    words: String,
}

impl<'a> Sentence<'a> {
    /// `given` are the values that a term was called with.
    fn pattern(&mut self, pattern: &'a Pattern<&'static str>, given: &'a Named<'static>, left: u8) {
        let Some(left) = left.checked_sub(1) else {
            return;
        };
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push_str(value),
                PatternElement::Placeable { expression } => {
                    let plain = matches!(
                        expression,
                        Expression::Inline(
                            InlineExpression::MessageReference { .. }
                                | InlineExpression::TermReference { .. }
                                | InlineExpression::StringLiteral { .. }
                        )
                    );
                    let isolated = pattern.elements.len() > 1 && !plain;
                    if isolated {
                        self.words.push(ISOLATE.0);
                    }
                    self.expression(expression, given, left);
                    if isolated {
                        self.words.push(ISOLATE.1);
                    }
                }
            }
        }
    }

    fn expression(
        &mut self,
        expression: &'a Expression<&'static str>,
        given: &'a Named<'static>,
        left: u8,
    ) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, given, left),
            Expression::Select { selector, variants } => {
                let value = self.value(selector, given);
                let chosen = variants
                    .iter()
                    .find(|variant| {
                        value
                            .as_ref()
                            .is_some_and(|value| self.fits(&variant.key, value, selector))
                    })
                    .or_else(|| variants.iter().find(|variant| variant.default));
                if let Some(variant) = chosen {
                    self.pattern(&variant.value, given, left);
                }
            }
        }
    }

    fn fits(
        &self,
        key: &VariantKey<&str>,
        value: &Value,
        selector: &InlineExpression<&'static str>,
    ) -> bool {
        match (key, value) {
            (VariantKey::Identifier { name }, Value::Text(text)) => name == text,
            (VariantKey::Identifier { name }, Value::Number(number)) => {
                let ordinal = call(selector).is_some_and(|arguments| {
                    options(&arguments.named).contains(&("type", "ordinal".to_owned()))
                });
                *name == self.intl.plural(&self.language.tag, *number, ordinal)
            }
            (VariantKey::NumberLiteral { value: digits }, Value::Number(number)) => {
                // Both come from whole numbers or the same digits.
                self.intl.parse(digits).to_bits() == number.to_bits()
            }
            (VariantKey::NumberLiteral { .. }, Value::Text(_)) => false,
        }
    }

    fn inline(
        &mut self,
        inline: &'a InlineExpression<&'static str>,
        given: &'a Named<'static>,
        left: u8,
    ) {
        match inline {
            InlineExpression::StringLiteral { value } => {
                self.words.push_str(&unescape_unicode_to_string(value));
            }
            InlineExpression::MessageReference {
                id,
                attribute: None,
            } => match self.language.message(id.name) {
                Some(pattern) => self.pattern(pattern, given, left),
                None => self.missing("", id.name),
            },
            InlineExpression::TermReference {
                id,
                attribute: None,
                arguments,
            } => match self.language.term(id.name) {
                Some(pattern) => {
                    let given = arguments.as_ref().map_or(&[][..], |it| &it.named);
                    self.pattern(pattern, given, left);
                }
                None => self.missing("-", id.name),
            },
            InlineExpression::Placeable { expression } => self.expression(expression, given, left),
            InlineExpression::FunctionReference { id, arguments } => {
                let value = arguments
                    .positional
                    .first()
                    .and_then(|first| self.value(first, given));
                match (id.name, value) {
                    ("NUMBER", Some(Value::Number(number))) => {
                        let words = self.intl.number(number, &options(&arguments.named));
                        self.words.push_str(&words);
                    }
                    ("DATETIME", Some(Value::Number(at))) => {
                        let words = self.intl.date(at, &options(&arguments.named));
                        self.words.push_str(&words);
                    }
                    _ => self.missing("", id.name),
                }
            }
            InlineExpression::NumberLiteral { .. } | InlineExpression::VariableReference { .. } => {
                match (self.value(inline, given), inline) {
                    (Some(Value::Text(text)), _) => self.words.push_str(&text),
                    (Some(Value::Number(number)), _) => {
                        let words = self.intl.number(number, &[]);
                        self.words.push_str(&words);
                    }
                    (None, InlineExpression::VariableReference { id }) => {
                        self.missing("$", id.name);
                    }
                    (None, _) => {}
                }
            }
            InlineExpression::MessageReference { id, .. }
            | InlineExpression::TermReference { id, .. } => self.missing("", id.name),
        }
    }

    /// What is missing is named, so that a translator finds it.
    fn missing(&mut self, sign: &str, name: &str) {
        for part in ["{", sign, name, "}"] {
            self.words.push_str(part);
        }
    }

    fn value(
        &self,
        inline: &InlineExpression<&'static str>,
        given: &Named<'static>,
    ) -> Option<Value> {
        match inline {
            InlineExpression::StringLiteral { value } => {
                Some(Value::Text(unescape_unicode_to_string(value).into_owned()))
            }
            InlineExpression::NumberLiteral { value } => {
                Some(Value::Number(self.intl.parse(value)))
            }
            InlineExpression::VariableReference { id } => given
                .iter()
                .find(|argument| argument.name.name == id.name)
                .and_then(|argument| self.value(&argument.value, &[]))
                .or_else(|| {
                    self.values
                        .iter()
                        .find(|(name, _)| *name == id.name)
                        .map(|(_, value)| value.clone())
                }),
            InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
                self.value(arguments.positional.first()?, given)
            }
            _ => None,
        }
    }
}

fn call<'a>(inline: &'a InlineExpression<&'static str>) -> Option<&'a CallArguments<&'static str>> {
    match inline {
        InlineExpression::FunctionReference { arguments, .. } => Some(arguments),
        _ => None,
    }
}

fn options<'a>(named: &Named<'a>) -> Vec<(&'a str, String)> {
    named
        .iter()
        .filter_map(|argument| match &argument.value {
            InlineExpression::StringLiteral { value }
            | InlineExpression::NumberLiteral { value } => {
                Some((argument.name.name, (*value).to_owned()))
            }
            _ => None,
        })
        .collect()
}
