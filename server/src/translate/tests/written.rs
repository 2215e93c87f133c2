//! What a customer writes in the portal: Markdown, for agents and for him; what he writes by mail is not.

use app::tickets::markup::Node;

use super::{incoming, read, text};
use crate::tickets::input::preview;

#[test]
fn what_a_customer_writes_is_shown_to_him_as_agents_read_it_before_and_after_it_is_sent() {
    let words = "It is **urgent**:\nnow\n\n- one\n- <b>two</b>\n\n```\nlog * line *\n```";
    let shown = read(&incoming(words)).body;
    assert_eq!(shown, read(&text(words)).body);
    assert_eq!(shown, preview(words).unwrap());
    let urgent = Node::Strong(vec![Node::Text("urgent".to_owned())]);
    assert!(
        matches!(&shown[0], Node::Paragraph(nodes) if nodes[1] == urgent && nodes.contains(&Node::Break))
    );
    assert!(matches!(&shown[1], Node::List(None, items) if items.len() == 2));
    assert_eq!(shown[2], Node::CodeBlock("log * line *".to_owned()));
}
