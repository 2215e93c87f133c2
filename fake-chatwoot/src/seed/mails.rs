//! Mails that the demo's customers wrote to the support address, before there was a portal.

/// How many minutes ago each came, and what it said.
pub(super) fn mails(support: &str) -> Vec<(i64, String)> {
    let mail = |from: &str, subject: &str, id: &str, more: &str, body: &str| {
        let head = format!(
            "From: {from}\r\nTo: {support}\r\nSubject: {subject}\r\nMessage-ID: <{id}@example.com>\r\n{more}"
        );
        format!(
            "{head}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
        )
    };
    let ada = "Ada Lovelace <ada@example.com>";
    vec![
        (
            26 * 1440,
            mail(
                ada,
                "Parking space in May",
                "parking-1",
                "",
                "Hello,\r\nis there a parking space left in May?\r\nAda",
            ),
        ),
        (
            25 * 1440,
            mail(
                ada,
                "Re: Parking space in May",
                "parking-2",
                "In-Reply-To: <parking-1@example.com>\r\n",
                "One more thing: it should be near the lift.\r\n\r\nOn Mon, Ada wrote:\r\n> is there a parking space left in May?",
            ),
        ),
        (
            9 * 1440,
            mail(
                "Bob <bob@example.com>",
                "Out of coffee",
                "coffee-1",
                "",
                "The machine on floor 1 is empty.\r\nBob",
            ),
        ),
    ]
}
