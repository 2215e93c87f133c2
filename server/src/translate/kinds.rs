//! Messages that are more than text: choices, cards, forms, articles, the survey. Each becomes text and safe links.

use app::tickets::markup::Node;
use chatwoot::{Card, Choice, FormAnswer, FormField, Kind};

use crate::markup::{markdown, plain, safe_link};

/// What a message from the support team says, with its text read as Markdown.
pub(super) fn body(kind: &Kind, text: &str) -> Vec<Node> {
    let mut nodes = markdown(text);
    match kind {
        Kind::Select { items, answered } => nodes.extend(choices(items, answered)),
        Kind::Cards(cards) => nodes.extend(cards.iter().flat_map(card)),
        Kind::Form { fields, answered } => nodes.extend(form(fields, answered)),
        Kind::Articles(articles) => nodes.extend(articles.iter().flat_map(|article| {
            let title = titled(&article.title, article.link.as_deref());
            let about = article.description.as_deref().map(plain);
            std::iter::once(title).chain(about.unwrap_or_default())
        })),
        Kind::AskEmail { answered } => {
            nodes.extend(answered.as_deref().map(plain).unwrap_or_default())
        }
        Kind::Rating {
            rating, feedback, ..
        } => {
            if let Some(rating) = rating {
                nodes.extend(plain(&format!("{rating}/5")));
            }
            nodes.extend(feedback.as_deref().map(plain).unwrap_or_default());
        }
        Kind::Text
        | Kind::IncomingEmail
        | Kind::AskText
        | Kind::Sticker
        | Kind::Call
        | Kind::Integration
        | Kind::Other => {}
    }
    nodes
}

fn choices(items: &[Choice], answered: &[Choice]) -> Option<Node> {
    let chosen = |item: &Choice| answered.iter().any(|it| it.value == item.value);
    let items: Vec<Vec<Node>> = items
        .iter()
        .map(|item| {
            let words = Node::Text(item.title.clone());
            if chosen(item) {
                vec![Node::Strong(vec![words])]
            } else {
                vec![words]
            }
        })
        .collect();
    (!items.is_empty()).then_some(Node::List(None, items))
}

fn card(card: &Card) -> Vec<Node> {
    let mut nodes = Vec::new();
    if !card.title.is_empty() {
        nodes.push(titled(&card.title, None));
    }
    nodes.extend(card.description.as_deref().map(plain).unwrap_or_default());
    let actions: Vec<Vec<Node>> = card
        .actions
        .iter()
        .map(|action| vec![linked(&action.text, action.uri.as_deref())])
        .collect();
    if !actions.is_empty() {
        nodes.push(Node::List(None, actions));
    }
    nodes
}

fn form(fields: &[FormField], answered: &[FormAnswer]) -> Option<Node> {
    let items: Vec<Vec<Node>> = fields
        .iter()
        .map(|field| {
            let answer = answered.iter().find(|it| it.name == field.name);
            match answer {
                Some(answer) => vec![
                    Node::Text(format!("{}: ", field.label)),
                    Node::Strong(vec![Node::Text(answer.value.clone())]),
                ],
                None => vec![Node::Text(field.label.clone())],
            }
        })
        .collect();
    (!items.is_empty()).then_some(Node::List(None, items))
}

fn titled(title: &str, link: Option<&str>) -> Node {
    Node::Paragraph(vec![Node::Strong(vec![linked(title, link)])])
}

fn linked(words: &str, link: Option<&str>) -> Node {
    let words_alone = Node::Text(words.to_owned());
    match link.and_then(safe_link) {
        Some(link) => Node::Link(link, vec![words_alone]),
        None => words_alone,
    }
}
