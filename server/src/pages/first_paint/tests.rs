use app::tickets::find::{Counts, Found};
use app::tickets::markup::Node;
use app::tickets::model::{
    Entry, File, FileKind, Freshness, Message, MessageKind, ReplyRule, TicketId,
};
use app::tickets::priority::Priority;

use super::*;
use crate::clock::Clock;
use crate::languages::Languages;

const EVIL: &str = "</template></script><script>alert(1)</script>\u{1}\u{2}<img src=x onerror=alert(1)>\"' onclick='";

fn id() -> TicketId {
    TicketId::parse("11111111-1111-4111-8111-111111111111").unwrap()
}

fn row(words: &str) -> TicketRow {
    TicketRow {
        id: id(),
        number: Some(1042),
        subject: words.to_owned(),
        status: Status::WaitingForYou,
        last: Some((Author::Agent(words.to_owned()), words.to_owned())),
        at: 0,
        unread: true,
        delivery: Delivery::Sent,
        priority: Some(Priority::High),
        found: None,
    }
}

fn list(rows: Vec<TicketRow>) -> TicketList {
    TicketList {
        rows,
        next: None,
        total: 1,
        counts: Counts::default(),
        unread: 0,
        filling: false,
        freshness: Freshness::Live,
        version: 1,
    }
}

fn ticket(row: TicketRow, body: Vec<Node>) -> TicketView {
    let name = row.subject.clone();
    TicketView {
        row,
        opened_at: 0,
        entries: vec![Entry::Message(Message {
            id: "m1".to_owned(),
            key: None,
            author: Author::Team,
            at: 0,
            kind: MessageKind::Text,
            body,
            files: vec![File {
                id: 1,
                name,
                size: 1,
                kind: FileKind::Pdf,
                upload: None,
            }],
            delivery: Delivery::Sent,
        })],
        earlier: None,
        reply: ReplyRule::Reopens,
        can_cancel: true,
        cancelling: None,
        mails: Some(true),
        filling: false,
        freshness: Freshness::Live,
        version: 1,
    }
}

fn html(screen: &Screen, words: &str, list: &TicketList, ticket: Option<&TicketView>) -> String {
    let languages = Languages::new(None, "en".to_owned(), Clock::still(0));
    let find = Find {
        words: words.to_owned(),
        ..Find::default()
    };
    let session = SessionView {
        address: words.to_owned(),
        language: "en".to_owned(),
        idle_seconds: 1,
        mails: Some(true),
    };
    let paint = FirstPaint {
        style: "/style.css",
        direction: "ltr",
        texts: &languages.of("en").texts,
        base: "/portal",
        brand_name: words,
        logo: Some("/brand/logo"),
        session: &session,
        screen,
        find: &find,
        list,
        ticket,
    };
    paint.html()
}

#[test]
fn a6_nothing_that_a_person_wrote_becomes_html_wherever_it_stands() {
    let text = || vec![Node::Text(EVIL.to_owned())];
    let body = vec![
        Node::Heading(1, text()),
        Node::List(Some(3), vec![text()]),
        Node::Quote(text()),
        Node::CodeBlock(EVIL.to_owned()),
        Node::Code(EVIL.to_owned()),
        Node::Link(EVIL.to_owned(), text()),
        Node::Table(vec![vec![text()], vec![text()]]),
        Node::Picture(EVIL.to_owned(), String::new()),
        Node::Picture(String::new(), EVIL.to_owned()),
        Node::Image(EVIL.to_owned(), EVIL.to_owned()),
        Node::Folded(text()),
        Node::Strong(vec![Node::Emphasis(vec![Node::Strike(text())])]),
    ];
    let mut found = row(EVIL);
    found.found = Some(Found {
        subject: vec![Piece::Found(EVIL.to_owned())],
        message: Some((
            "m12".to_owned(),
            Author::Agent(EVIL.to_owned()),
            vec![Piece::Plain(EVIL.to_owned()), Piece::Found(EVIL.to_owned())],
        )),
    });
    let page = html(
        &Screen::Ticket(id()),
        EVIL,
        &list(vec![row(EVIL), found]),
        Some(&ticket(row(EVIL), body)),
    );
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    assert!(
        !page.contains("<script") && !page.contains("<img src=x"),
        "{page}"
    );
    assert_eq!(page.matches("</template>").count(), 1, "{page}");
    // No quote of theirs is left that could end an attribute.
    assert!(!page.contains("onclick='"), "{page}");
    assert!(!page.contains("\" onclick"), "{page}");
}

#[test]
fn what_is_known_is_said_in_the_visitors_words_and_leads_nowhere() {
    let mut his = row("The printer");
    his.last = Some((Author::You, "It says PC LOAD LETTER".to_owned()));
    let body = vec![Node::Paragraph(vec![Node::Link(
        "https://example.com".to_owned(),
        vec![Node::Text("Read this".to_owned())],
    )])];
    let rows = list(vec![his.clone()]);
    let opened = ticket(his, body);
    let page = html(&Screen::Ticket(id()), "Acme", &rows, Some(&opened));
    for words in [
        "<bdi>Acme</bdi>",
        "Your tickets",
        "Waiting for you",
        "High priority",
        "The printer",
        "It says PC LOAD LETTER",
        "1042",
        "Read this",
        "This ticket is solved. Writing opens it again.",
        "aria-current=\"page\"",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("You") && !page.contains('\u{1}') && !page.contains('\u{2}'));
    assert!(!page.contains("<a ") && !page.contains("<button") && !page.contains(" id="));
    // The picture of the brand is the only thing it loads, beside its looks.
    assert_eq!(page.matches("src=\"").count(), 1, "{page}");
}

#[test]
fn found_words_are_marked_as_in_the_list() {
    let mut found = row("The printer");
    found.found = Some(Found {
        subject: Vec::new(),
        message: Some((
            "m12".to_owned(),
            Author::Team,
            vec![
                Piece::Plain("a new ".to_owned()),
                Piece::Found("toner".to_owned()),
            ],
        )),
    });
    let page = html(&Screen::Tickets, "toner", &list(vec![found]), None);
    assert!(page.contains("a new <mark>toner</mark>"), "{page}");
    assert!(page.contains("The printer"), "{page}");
}

#[test]
fn where_no_tickets_are_shown_the_page_keeps_its_skeleton() {
    let rows = list(vec![row("The printer")]);
    let none = list(Vec::new());
    assert_eq!(html(&Screen::Tickets, "", &none, None), "");
    assert_eq!(html(&Screen::NewTicket, "", &rows, None), "");
    assert_eq!(html(&Screen::Account, "", &rows, None), "");
    assert_eq!(html(&Screen::Ticket(id()), "", &rows, None), "");
}

#[test]
fn only_as_much_is_drawn_as_a_window_shows() {
    let rows = list(vec![row("The printer"); 100]);
    let page = html(&Screen::Tickets, "", &rows, None);
    assert_eq!(page.matches("class=\"row\"").count(), ROWS);
}
