//! Settings: which make a client, and which are refused.

use chatwoot::{Client, Settings, SettingsError};

use crate::support::{Reply, Server, settings};

#[tokio::test]
async fn a_chatwoot_below_a_path_is_asked_there() {
    let server = Server::with([Reply::json(200, r#"{"version":"4.14.2"}"#)]).await;
    for base in ["/help", "/help/"] {
        let client = Client::new(settings(&format!("{}{base}", server.url()))).unwrap();
        assert_eq!(client.version().await.unwrap().numbers(), Some((4, 14, 2)));
        assert_eq!(server.only().target, "/help/api");
    }
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let with = |change: &dyn Fn(&mut Settings)| {
        let mut it = settings("http://localhost:3000");
        change(&mut it);
        Client::new(it).map(drop)
    };
    assert_eq!(with(&|_| {}), Ok(()));
    for url in [
        "ftp://host",
        "http://user:pass@host",
        "http://host/?a=b",
        "http://host/#a",
        "data:x",
    ] {
        let end = with(&|it| it.url = url.parse().unwrap());
        assert_eq!(end, Err(SettingsError::Url), "{url}");
    }
    for token in ["", "a\nb", "é", "a b"] {
        let end = with(&|it| it.token = token.to_owned().into());
        assert_eq!(end, Err(SettingsError::Token), "{token:?}");
    }
}

#[test]
fn a_ca_file_without_a_certificate_is_refused() {
    settings("http://localhost");
    for pem in [
        &b""[..],
        b"nonsense",
        b"-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n",
    ] {
        assert!(chatwoot::build_http(Some(pem)).is_err());
    }
}
