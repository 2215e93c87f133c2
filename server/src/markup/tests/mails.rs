//! What the HTML of mails comes to.

use app::tickets::markup::Node::{self, *};
use proptest::prelude::*;

use super::{html, link, rules, text};

fn paragraph(words: &str) -> Node {
    Paragraph(vec![text(words)])
}

#[test]
fn a_mail_becomes_paragraphs_lists_and_links() {
    assert_eq!(
        html(
            "<html><head><title>no</title><style>p{color:red}</style></head><body><p>Dear  <b>team</b>,\n<div>the <i>printer</i><br>burns.</div>\
             <ol start=3><li>one<li>two</ol><ul><li><p>a</p></ul><hr><a href='https://example.com/x'>here</a> or https://example.com/y"
        ),
        vec![
            Paragraph(vec![text("Dear "), Strong(vec![text("team")]), text(",")]),
            Paragraph(vec![
                text("the "),
                Emphasis(vec![text("printer")]),
                Break,
                text("burns.")
            ]),
            List(
                Some(3),
                vec![vec![paragraph("one")], vec![paragraph("two")]]
            ),
            List(None, vec![vec![paragraph("a")]]),
            Rule,
            Paragraph(vec![
                link("https://example.com/x", "here"),
                text(" or "),
                link("https://example.com/y", "https://example.com/y"),
            ]),
        ]
    );
}

#[test]
fn a6_nothing_of_a_mail_runs_or_is_loaded() {
    for (mail, nodes) in [
        ("<script>alert(1)</script>a", vec![paragraph("a")]),
        (
            "<svg><a href='https://x.example'>x</a><script>1</script></svg>a",
            vec![paragraph("a")],
        ),
        (
            "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>a",
            vec![paragraph("a")],
        ),
        (
            "<style><img src=x></style><xmp><b>x</b></xmp>a",
            vec![paragraph("a")],
        ),
        (
            "<p onclick=alert(1) style='background:url(https://x.example)'>a</p>",
            vec![paragraph("a")],
        ),
        (
            "<a href='java\tscript:alert(1)'>a</a>",
            vec![paragraph("a")],
        ),
        (
            "<a href='&#106;avascript:alert(1)'>a</a>",
            vec![paragraph("a")],
        ),
        ("<a href='data:text/html,x'>a</a>", vec![paragraph("a")]),
        (
            "<iframe src=https://x.example>x</iframe><form action=https://x.example><input value=b><button>a</button></form>",
            vec![paragraph("a")],
        ),
        (
            "<base href='https://x.example/'><a href='/y'>a</a><meta http-equiv=refresh content='0;url=https://x.example'>",
            vec![paragraph("a")],
        ),
        (
            "<!--[if mso]><b>x</b><![endif]-->a<!-- --!><img src=x>",
            vec![paragraph("a")],
        ),
        (
            "<img src='data:image/png;base64,AA' alt=a>",
            vec![paragraph("a")],
        ),
        (
            "<img src='cid:1' alt=a><img src='file:///etc/passwd'><img src='//x.example/a.png'>",
            vec![paragraph("a")],
        ),
        (
            "<textarea></textarea><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
            vec![paragraph("'>")],
        ),
    ] {
        let read = html(mail);
        assert_eq!(rules::broken(&read), None, "{mail}");
        if !mail.contains("noscript") {
            assert_eq!(read, nodes, "{mail}");
        }
    }
}

#[test]
fn a6_a_picture_elsewhere_is_told_and_one_that_counts_readers_is_not() {
    assert_eq!(
        html(
            "<p>Look: <img src='https://pictures.example/cat.png' alt='our cat'><img src='https://t.example/p.gif' width=1 height=1>\
             <img src=https://t.example/q.gif style='display: none'><a href='https://shop.example/'><img src='https://s.example/logo.png' alt='Shop'></a>"
        ),
        vec![Paragraph(vec![
            text("Look: "),
            Picture("https://pictures.example/cat.png".into(), "our cat".into()),
            link("https://shop.example/", "Shop"),
        ])]
    );
}

#[test]
fn what_mail_programs_hide_is_not_shown() {
    assert_eq!(
        html(
            "<div style='display:none;max-height:0'>preheader<div>x</div></div><span hidden>y</span>a"
        ),
        vec![paragraph("a")]
    );
}

#[test]
fn what_was_quoted_is_folded_as_gmail_apple_thunderbird_and_outlook_mark_it() {
    let folded = vec![
        paragraph("new"),
        Folded(vec![paragraph("On Monday:"), paragraph("old")]),
    ];
    for mail in [
        "<div>new</div><div class=\"gmail_quote gmail_quote_container\"><div class=gmail_attr>On Monday:</div><blockquote class=gmail_quote><div>old</div></blockquote></div>",
        "<div>new</div><div class=moz-cite-prefix>On Monday:</div><blockquote type=cite><p>old</blockquote>",
        "<p>new</p><div id=appendonsend></div><hr><div id=divRplyFwdMsg>On Monday:</div><div>old</div>",
        "<div>new<div><div class=yahoo_quoted><div>On Monday:</div><div><div>old</div></div></div></div></div>",
    ] {
        let nodes: Vec<Node> = html(mail)
            .into_iter()
            .map(|node| match node {
                Folded(inner) => Folded(
                    inner
                        .into_iter()
                        .filter(|it| *it != Rule)
                        .flat_map(|it| match it {
                            Quote(inner) => inner,
                            other => vec![other],
                        })
                        .collect(),
                ),
                other => other,
            })
            .collect();
        assert_eq!(nodes, folded, "{mail}");
    }
    assert_eq!(
        html("<blockquote type=cite>old</blockquote><p>below it"),
        vec![Folded(vec![paragraph("old")]), paragraph("below it")]
    );
    assert_eq!(
        html("<div class=gmail_quote>all of it</div>"),
        vec![paragraph("all of it")]
    );
}

#[test]
fn a_table_is_its_cells_in_a_row_and_a_text_in_pre_keeps_its_lines() {
    assert_eq!(
        html(
            "<table><tr><th>Name</th><td>Ada</td></tr><tr><td>Town<td>London</table><pre>a\n  b</pre>"
        ),
        vec![
            paragraph("Name Ada"),
            paragraph("Town London"),
            Paragraph(vec![text("a"), Break, text("b")]),
        ]
    );
}

#[test]
fn formats_that_end_crosswise_come_out_nested() {
    assert_eq!(
        html("<b>a<i>b</b>c</i>d<p><b>e<p>f</b>"),
        vec![
            Paragraph(vec![
                Strong(vec![text("a"), Emphasis(vec![text("b")])]),
                Emphasis(vec![text("c")]),
                text("d")
            ]),
            Paragraph(vec![Strong(vec![text("e")])]),
            Paragraph(vec![Strong(vec![text("f")])]),
        ]
    );
}

fn mail_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href='https://x.example/'>",
        "<a href='javascript:1'>",
        "</a>",
        "<ul>",
        "</ul>",
        "<ol start=-1>",
        "<li>",
        "</li>",
        "<blockquote>",
        "<blockquote type=cite>",
        "</blockquote>",
        "<div class=gmail_quote>",
        "<div id=appendonsend>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<svg>",
        "</svg>",
        "<math>",
        "<template>",
        "</template>",
        "<h1>",
        "</h1>",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "<br>",
        "<hr>",
        "<td>",
        "<tr>",
        "<img src=https://x.example/a.png alt='a&#x202E;b'>",
        "<img src=x onerror=1>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&lt;script&gt;",
        "&#0;",
        "&nbsp;",
        "a",
        " ",
        "\n",
        "https://y.example/z",
        "<",
        ">",
        "'",
        "\"",
        "<p hidden>",
        "\u{202E}",
    ]);
    prop::collection::vec(piece, 0..100).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a6_no_mail_yields_an_odd_link_a_loaded_picture_or_a_deep_tree(mail in mail_like()) {
        prop_assert_eq!(rules::broken(&html(&mail)), None);
    }
}
