//! What people wrote, as elements: each node of the tree becomes one, and nothing becomes HTML on the way.

use leptos::prelude::*;

use super::markup::Node;
use super::viewer::Viewer;
use crate::browser::navigation::href;
use crate::part::Part;
use crate::part::press::Press;
use crate::t;
use crate::ui::reactive::OrNothing;

/// The elements of a message.
pub fn nodes(tree: &[Node]) -> Vec<AnyView> {
    tree.iter().map(node).collect()
}

fn node(one: &Node) -> AnyView {
    match one {
        Node::Text(text) => text.clone().into_any(),
        Node::Paragraph(inner) => view! { <p dir="auto">{nodes(inner)}</p> }.into_any(),
        // A heading of a message is none of the page.
        Node::Heading(_, inner) => view! {
            <p dir="auto">
                <strong>{nodes(inner)}</strong>
            </p>
        }
        .into_any(),
        Node::List(None, items) => view! { <ul dir="auto">{list(items)}</ul> }.into_any(),
        Node::List(Some(start), items) => view! {
            <ol dir="auto" start=start.to_string()>
                {list(items)}
            </ol>
        }
        .into_any(),
        Node::Quote(inner) => {
            view! { <blockquote dir="auto">{nodes(inner)}</blockquote> }.into_any()
        }
        // What can be scrolled must be reachable by keyboard.
        Node::CodeBlock(text) => view! {
            <pre dir="ltr" tabindex="0">
                <code>{text.clone()}</code>
            </pre>
        }
        .into_any(),
        Node::Rule => view! { <hr/> }.into_any(),
        Node::Strong(inner) => view! { <strong>{nodes(inner)}</strong> }.into_any(),
        Node::Emphasis(inner) => view! { <em>{nodes(inner)}</em> }.into_any(),
        Node::Strike(inner) => view! { <s>{nodes(inner)}</s> }.into_any(),
        Node::Code(text) => view! { <code dir="ltr">{text.clone()}</code> }.into_any(),
        Node::Break => view! { <br/> }.into_any(),
        Node::Link(address, inner) => link(address, inner),
        Node::Table(rows) => table(rows),
        Node::Picture(address, words) => {
            let words = if words.is_empty() { address } else { words };
            let told = [Node::Text(words.clone())];
            view! { <span class="elsewhere">{t!("picture-elsewhere")} " " {link(address, &told)}</span> }
                .into_any()
        }
        Node::Image(path, words) => {
            let address = href(path);
            // What is being written has no viewer, and no such pictures.
            let viewer = use_context::<Viewer>();
            let press = Press::for_part(Part::Desk);
            let shown = address.clone();
            let unnamed = words.is_empty().then(|| t!("viewer-unnamed"));
            view! {
                <button
                    class="picture"
                    type="button"
                    aria-label=unnamed
                    aria-haspopup="dialog"
                    aria-busy=move || press.waits().get().then_some("true")
                    on:click=move |event| {
                        // It may stand in a link.
                        event.prevent_default();
                        let shown = shown.clone();
                        if let Some(viewer) = viewer {
                            press.act(move || viewer.show(shown));
                        }
                    }
                >
                    <img src=address alt=words.clone() loading="lazy" decoding="async"/>
                </button>
            }
            .into_any()
        }
        Node::Folded(inner) => view! {
            <details>
                <summary>{t!("earlier-mails")}</summary>
                {nodes(inner)}
            </details>
        }
        .into_any(),
    }
}

fn list(items: &[Vec<Node>]) -> Vec<AnyView> {
    items
        .iter()
        .map(|item| view! { <li>{nodes(item)}</li> }.into_any())
        .collect()
}

/// The server has checked the address; it is checked again because a link is what hurts most when it is wrong.
fn link(address: &str, inner: &[Node]) -> AnyView {
    let safe = ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    if !safe {
        return nodes(inner).into_any();
    }
    view! {
        <a href=address.to_owned() target="_blank" rel="noopener noreferrer nofollow" title=address.to_owned()>
            {nodes(inner)}
            <span class="visually-hidden">" " {t!("new-tab")}</span>
        </a>
    }
    .into_any()
}

fn table(rows: &[Vec<Vec<Node>>]) -> AnyView {
    let row = |cells: &Vec<Vec<Node>>, head: bool| {
        let cells: Vec<AnyView> = cells
            .iter()
            .map(|cell| {
                if head {
                    view! { <th scope="col" dir="auto">{nodes(cell)}</th> }.into_any()
                } else {
                    view! { <td dir="auto">{nodes(cell)}</td> }.into_any()
                }
            })
            .collect();
        view! { <tr>{cells}</tr> }.into_any()
    };
    let head = rows.first().map(|cells| row(cells, true));
    let body: Vec<AnyView> = rows.iter().skip(1).map(|cells| row(cells, false)).collect();
    view! {
        <div class="table" tabindex="0">
            <table>
                <thead>{head.or_nothing()}</thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
