//! A file of texts, taken apart: its messages, what they use, and where each begins.

use std::collections::BTreeSet;
use std::path::Path;

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser::{self, ParserError};

use super::finding::{Finding, What};

/// A file of texts.
pub(super) struct Parsed<'a> {
    text: &'a str,
    /// Values and attributes (`message.attribute`) of messages, in their order.
    pub(super) messages: Vec<Unit<'a>>,
    /// Terms, with their dash.
    pub(super) terms: Vec<Unit<'a>>,
    errors: Vec<ParserError>,
}

/// One text that can be shown or referred to.
pub(super) struct Unit<'a> {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) uses: Uses<'a>,
    /// The words, if it is nothing but words.
    pub(super) words: Option<&'a str>,
}

/// What a text uses.
#[derive(Default)]
pub(super) struct Uses<'a> {
    pub(super) variables: BTreeSet<&'a str>,
    /// Messages, attributes and terms, named as units are.
    pub(super) references: BTreeSet<String>,
    pub(super) functions: BTreeSet<&'a str>,
    /// For each choice by a number: the forms and the exact numbers that it has.
    pub(super) choices: Vec<Choice<'a>>,
}

/// The keys of one choice.
#[derive(Default)]
pub(super) struct Choice<'a> {
    pub(super) forms: BTreeSet<&'a str>,
    pub(super) exact: BTreeSet<&'a str>,
}

impl<'a> Parsed<'a> {
    /// Takes a text apart; what is broken in it is left out, and remembered.
    pub(super) fn read(text: &'a str) -> Self {
        let (resource, errors) = match parser::parse(text) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        let mut parsed = Self {
            text,
            messages: Vec::new(),
            terms: Vec::new(),
            errors,
        };
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let name = message.id.name;
                    if let Some(value) = &message.value {
                        let unit = parsed.unit(name.to_owned(), name, value);
                        parsed.messages.push(unit);
                    }
                    for attribute in &message.attributes {
                        let name = format!("{name}.{}", attribute.id.name);
                        let unit = parsed.unit(name, attribute.id.name, &attribute.value);
                        parsed.messages.push(unit);
                    }
                }
                Entry::Term(term) => {
                    let unit = parsed.unit(format!("-{}", term.id.name), term.id.name, &term.value);
                    parsed.terms.push(unit);
                }
                Entry::Comment(_)
                | Entry::GroupComment(_)
                | Entry::ResourceComment(_)
                | Entry::Junk { .. } => {}
            }
        }
        parsed
    }

    fn unit(&self, name: String, at: &'a str, pattern: &Pattern<&'a str>) -> Unit<'a> {
        let mut uses = Uses::default();
        uses.pattern(pattern);
        let words = match pattern.elements.as_slice() {
            [PatternElement::TextElement { value }] => Some(*value),
            _ => None,
        };
        Unit {
            name,
            line: self.line_of(self.offset(at)),
            uses,
            words,
        }
    }

    /// Where a part of the text begins in it.
    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn line_of(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    /// What cannot be read of it.
    pub(super) fn broken(&self, path: &Path) -> Vec<Finding> {
        let finding = |error: &ParserError| {
            let line = self.line_of(error.pos.start);
            Finding::new(path, Some(line), What::Broken(error.kind.to_string()))
        };
        self.errors.iter().map(finding).collect()
    }
}

impl<'a> Uses<'a> {
    fn pattern(&mut self, pattern: &Pattern<&'a str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'a str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let mut choice = Choice::default();
                for variant in variants {
                    match variant.key {
                        VariantKey::Identifier { name } => choice.forms.insert(name),
                        VariantKey::NumberLiteral { value } => choice.exact.insert(value),
                    };
                    self.pattern(&variant.value);
                }
                self.choices.push(choice);
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name);
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.functions.insert(id.name);
                self.arguments(arguments);
            }
            InlineExpression::MessageReference { id, attribute } => {
                self.references.insert(match attribute {
                    Some(attribute) => format!("{}.{}", id.name, attribute.name),
                    None => id.name.to_owned(),
                });
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.references.insert(format!("-{}", id.name));
                if let Some(arguments) = arguments {
                    self.arguments(arguments);
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&'a str>) {
        let named = arguments.named.iter().map(|argument| &argument.value);
        for argument in arguments.positional.iter().chain(named) {
            self.inline(argument);
        }
    }
}
