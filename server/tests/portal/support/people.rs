//! Who comes to the portal, and how they sign in.

use fake_chatwoot::{DisplayId, Mail};
use futures_channel::mpsc::Receiver;
use serde_json::json;
use server::live::Told;
use server::store::customers::{self, CustomerId};
use server::store::sessions;

use super::{Browser, Stage, soon};
use crate::endpoints::KEY;

impl Stage {
    /// A browser that never came before.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.door.clone())
    }

    /// Makes somebody known to the support team.
    pub(crate) fn knows(&self, address: &str) {
        self.fake.add_contact("Somebody", address).unwrap();
    }

    /// Somebody who was here before, and a ticket of his, without the calls that a browser makes: for tests with hundreds.
    pub(crate) async fn one_of_many(&self, nth: u32) -> (CustomerId, DisplayId) {
        let address = format!("watcher{nth}@example.com");
        let (keys, now) = (self.state().keys.current(), self.clock.now());
        let source = keys.source_id(&address);
        let ticket = format!("{nth:08x}-0000-4000-8000-000000000000");
        let marks = json!({
            "mail_subject": "Printer", "portal_ticket": ticket, "portal_sig": keys.owner_mark(&source, &ticket),
        });
        let contact = self.fake.add_contact("Somebody", &address).unwrap();
        let number = self.fake.add_ticket(contact, &source, marks, "It burns");
        let made = self
            .state()
            .store
            .write(move |tx| customers::find_or_make(tx, &address, Some(&source), now));
        let id = made.await.unwrap().id;
        self.state().tickets.signed_in(id);
        (id, number.unwrap())
    }

    /// A page that he has open, in a session of its own.
    pub(crate) async fn watched_by(&self, customer: CustomerId) -> Receiver<Told> {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&customer.number().to_be_bytes());
        let now = self.clock.now();
        let begun = self
            .state()
            .store
            .write(move |tx| sessions::begin(tx, &hash, customer, "", now));
        begun.await.unwrap();
        self.state().live.listen(customer, hash).unwrap()
    }

    /// A browser in which somebody known is signed in.
    pub(crate) async fn signed_in(&self, address: &str) -> Browser {
        if self.fake.contact_by_email(address).is_none() {
            self.knows(address);
        }
        let mut browser = self.browser();
        let link = self.link_for(&mut browser, address).await;
        let opened = browser.open_link(&link).await;
        assert_eq!(opened.status, 200, "{opened:?}");
        browser
    }

    /// Ada, with one ticket that Chatwoot has: it is the first there.
    pub(crate) async fn ada_with_a_ticket(&self) -> (Browser, String, DisplayId) {
        let mut ada = self.signed_in("ada@example.com").await;
        let new = json!({ "key": KEY, "subject": "Printer", "message": "It burns" });
        let opened = ada.call("tickets/open", &json!({ "new": new })).await;
        assert_eq!(opened.status, 200, "{opened:?}");
        self.rests().await;
        let ticket = opened.json().as_str().unwrap().to_owned();
        (ada, ticket, self.fake.conversations()[0].id)
    }

    /// Asks for a mail and takes the token out of its link.
    pub(crate) async fn link_for(&self, browser: &mut Browser, address: &str) -> String {
        let mail = self.mail_for(browser, address).await;
        link_in(&mail)
    }

    /// Asks for a mail and waits for it.
    pub(crate) async fn mail_for(&self, browser: &mut Browser, address: &str) -> Mail {
        let before = self.mailbox.mails_to(address).len();
        let asked = browser.ask(address).await;
        assert_eq!(asked.status, 202, "{asked:?}");
        self.mail(address, before + 1).await
    }

    /// The nth mail to an address, once it is there.
    pub(crate) async fn mail(&self, address: &str, nth: usize) -> Mail {
        let mails = soon(self.mailbox.wait_for(address, nth)).await;
        mails[nth - 1].clone()
    }
}

/// The token in a mail's link.
pub(crate) fn link_in(mail: &Mail) -> String {
    let link = mail.link_containing("/sign-in/link#").unwrap();
    link.split_once('#').unwrap().1.to_owned()
}

/// The code in a mail.
pub(crate) fn code_in(mail: &Mail) -> String {
    let text = mail.text.as_deref().unwrap();
    let is_code = |word: &&str| word.len() == 9 && word.as_bytes()[4] == b'-';
    text.split_whitespace().find(is_code).unwrap().to_owned()
}
