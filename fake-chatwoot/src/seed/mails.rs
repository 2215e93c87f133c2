//! Mails that the demo's customers wrote to the support address, and what was answered.

use base64ct::{Base64, Encoding};

use super::files::SeedFile;

/// What went through the e-mail inbox.
pub(super) enum Post {
    /// Somebody's mail came.
    Came(String),
    /// John Doe answered the mail of this name.
    Answered(&'static str, &'static str),
}

const ADA: &str = "Ada Lovelace <ada@example.com>";
const BOB: &str = "Bob <bob@example.com>";

/// How many minutes ago each was, the oldest first.
pub(super) fn mails(support: &str) -> Vec<(i64, Post)> {
    let mail = |from: &str, subject: &str, id: &str, more: &str, body: &str| {
        let kind = "Content-Type: text/plain; charset=utf-8\r\n";
        Post::Came(whole(support, from, subject, id, more, kind, body))
    };
    vec![
        (
            26 * 1440,
            mail(
                ADA,
                "Parking space in May",
                "parking-1",
                "",
                "Hello,\r\nis there a parking space left in May?\r\nAda",
            ),
        ),
        (
            25 * 1440,
            mail(
                ADA,
                "Re: Parking space in May",
                "parking-2",
                "In-Reply-To: <parking-1@example.com>\r\n",
                "One more thing: it should be near the lift.\r\n\r\nOn Mon, Ada wrote:\r\n> is there a parking space left in May?",
            ),
        ),
        (
            24 * 1440,
            Post::Answered(
                "parking-2",
                "Hello Ada,\n\nspace **42** is free in May, and right beside the lift. Shall I reserve it?",
            ),
        ),
        (
            9 * 1440,
            mail(
                BOB,
                "Out of coffee",
                "coffee-1",
                "",
                "The machine on floor 1 is empty.\r\nBob",
            ),
        ),
        // Begun by a colleague, with her in Cc: not hers, though she answers.
        (
            6 * 1440,
            mail(
                BOB,
                "Projector in the meeting room",
                "projector-1",
                "Cc: ada@example.com\r\n",
                "Hello,\r\nthe projector in room 2 shows everything in green. Ada has seen it too.\r\nBob",
            ),
        ),
        (
            6 * 1440 - 40,
            mail(
                ADA,
                "Re: Projector in the meeting room",
                "projector-2",
                "Cc: bob@example.com\r\nIn-Reply-To: <projector-1@example.com>\r\n",
                "Yes, since Tuesday.\r\nAda",
            ),
        ),
        (
            4 * 1440,
            mail(
                ADA,
                "Labels come out crooked",
                "labels-1",
                "",
                "Hello,\r\nthe label printer in the warehouse prints everything a little crooked since the new roll.\r\nIs that the roll or the printer?\r\nAda",
            ),
        ),
        (
            4 * 1440 - 200,
            Post::Answered(
                "labels-1",
                "Hello Ada,\n\ncan you send us a picture of the tray, from above? Then we see whether the roll sits right.",
            ),
        ),
        (3 * 1440, Post::Came(with_a_picture(support))),
    ]
}

/// A mail as common mail programs write it: HTML with the earlier mails quoted, a picture in it, and one on somebody's server that tells him
/// who reads.
fn with_a_picture(support: &str) -> String {
    let (_, kind, bytes) = SeedFile::Picture.made();
    let picture = Base64::encode_string(&bytes);
    let lines: Vec<&str> = picture
        .as_bytes()
        .chunks(76)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    let html = "<html><head><style>p { color: #222 }</style></head><body dir=\"ltr\">\
        <p>Here it is. The roll sits <b>against the left edge</b>, is that right?</p>\
        <p><img src=\"cid:tray\" alt=\"The tray from above\" width=\"320\"></p>\
        <p>Ada Lovelace<br>Analytical Engines</p>\
        <p><img src=\"https://cdn.analytical.example/signature.png\" alt=\"Analytical Engines\" width=\"120\">\
        <img src=\"https://track.example.net/open.gif?who=ada\" width=\"1\" height=\"1\"></p>\
        <div class=\"gmail_quote\"><div>On Monday, Acme Support wrote:</div>\
        <blockquote>Hello Ada,<br><br>can you send us a picture of the tray, from above?</blockquote></div></body></html>";
    let body = format!(
        "--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--b1\r\nContent-Type: {kind}; name=\"tray.png\"\r\n\
         Content-ID: <tray>\r\nContent-Disposition: inline; filename=\"tray.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b1--",
        lines.join("\r\n")
    );
    whole(
        support,
        ADA,
        "Re: Labels come out crooked",
        "labels-2",
        "In-Reply-To: <labels-1@example.com>\r\nReferences: <labels-1@example.com>\r\n",
        "Content-Type: multipart/related; boundary=\"b1\"\r\n",
        &body,
    )
}

fn whole(
    support: &str,
    from: &str,
    subject: &str,
    id: &str,
    more: &str,
    kind: &str,
    body: &str,
) -> String {
    format!(
        "From: {from}\r\nTo: {support}\r\nSubject: {subject}\r\nMessage-ID: <{id}@example.com>\r\n{more}MIME-Version: 1.0\r\n{kind}\r\n{body}\r\n"
    )
}
