//! What the server must be able to do. `Portal` is for whoever visits; a valid session turns it into a `Customer`, and only a `Customer` reaches tickets,
//! and into an `Account`: his sessions, and what the portal keeps of him.

#[cfg(feature = "ssr")]
pub use server_side::{Account, Customer, Portal, account, customer, portal};

#[cfg(feature = "ssr")]
mod server_side {
    use std::sync::Arc;

    use async_trait::async_trait;
    use leptos::prelude::use_context;

    use crate::error::AppError;
    use crate::session::model::{
        LinkOpened, Profile, SessionHandle, SessionRow, SessionView, SignInRequest, SignedIn,
    };
    use crate::tickets::draft::{Keeping, Keepsake, Kept};
    use crate::tickets::find::Find;
    use crate::tickets::markup::Node;
    use crate::tickets::model::{
        Cursor, Key, Message, NewTicket, Refetched, TakenBack, TicketId, TicketList, TicketView,
    };

    use crate::tickets::upload::UploadId;

    /// Somebody who may or may not be signed in.
    #[async_trait]
    pub trait Portal: Send + Sync {
        /// Who is signed in; does not prolong the session.
        async fn session(&self) -> Result<Option<SessionView>, AppError>;
        /// The signed-in customer; prolongs the session unless the call says it is background traffic.
        async fn customer(&self) -> Result<Arc<dyn Customer>, AppError>;
        /// The account of the signed-in customer; prolongs the session as `customer` does.
        async fn account(&self) -> Result<Arc<dyn Account>, AppError>;
        /// Accepts a wish for a sign-in mail.
        async fn request_sign_in(&self, request: SignInRequest) -> Result<(), AppError>;
        /// Signs in by code.
        async fn enter_code(&self, code: String) -> Result<SignedIn, AppError>;
        /// Signs in by link where this browser asked; else tells what a press would do.
        async fn open_link(&self, token: String) -> Result<LinkOpened, AppError>;
        /// Signs in by link and press.
        async fn confirm_link(&self, token: String) -> Result<SignedIn, AppError>;
        /// Ends the session.
        async fn sign_out(&self) -> Result<(), AppError>;
        /// Remembers a language.
        async fn choose_language(&self, language: String) -> Result<(), AppError>;
    }

    /// The account of a signed-in customer: another's sessions do not exist for him.
    #[async_trait]
    pub trait Account: Send + Sync {
        /// His sessions that hold, this one first.
        async fn list_sessions(&self) -> Result<Vec<SessionRow>, AppError>;
        /// Ends one of them.
        async fn end_session(&self, session: SessionHandle) -> Result<(), AppError>;
        /// Ends all but this one.
        async fn end_other_sessions(&self) -> Result<(), AppError>;
        /// What he is called.
        async fn profile(&self) -> Result<Profile, AppError>;
        /// Calls him otherwise, if this is his address; by nothing, what stands before the @ of it.
        async fn rename(&self, address: String, name: String) -> Result<Profile, AppError>;
        /// Forgets all that the portal keeps of him and signs him out everywhere, if this is his address.
        async fn forget(&self, address: String) -> Result<(), AppError>;
    }

    /// A signed-in customer. Owns the rule "only your own tickets": what is not his does not exist.
    #[async_trait]
    pub trait Customer: Send + Sync {
        /// One page of his tickets that he asks for, with so many rows if that is more than usual.
        async fn list_tickets(
            &self,
            find: Find,
            after: Option<Cursor>,
            known: Option<u64>,
            rows: u32,
        ) -> Result<Refetched<TicketList>, AppError>;
        /// One ticket.
        async fn show_ticket(
            &self,
            ticket: TicketId,
            earlier: Option<u64>,
            known: Option<u64>,
        ) -> Result<Refetched<TicketView>, AppError>;
        /// Opens a ticket.
        async fn open_ticket(&self, new: NewTicket) -> Result<TicketId, AppError>;
        /// Writes to a ticket.
        async fn reply(
            &self,
            ticket: TicketId,
            key: Key,
            text: String,
            files: Vec<UploadId>,
        ) -> Result<Message, AppError>;
        /// Removes a file that waits for a message.
        async fn drop_upload(&self, file: UploadId) -> Result<(), AppError>;
        /// What he writes, as the support team will see it.
        async fn preview(&self, text: String) -> Result<Vec<Node>, AppError>;
        /// Tries again.
        async fn retry(&self, ticket: TicketId, key: Key) -> Result<(), AppError>;
        /// Takes back what was not sent yet.
        async fn take_back(&self, ticket: TicketId, key: Key) -> Result<TakenBack, AppError>;
        /// Cancels a ticket. False while Chatwoot does not know yet.
        async fn cancel(&self, ticket: TicketId, key: Key) -> Result<bool, AppError>;
        /// Marks as seen.
        async fn mark_seen(&self, ticket: TicketId, version: u64) -> Result<(), AppError>;
        /// Switches mails about a ticket, or with none about all answers, on or off.
        async fn set_mails(&self, ticket: Option<TicketId>, on: bool) -> Result<(), AppError>;
        /// Types in a ticket, or has stopped.
        async fn typing(&self, ticket: TicketId, on: bool) -> Result<(), AppError>;
        /// The draft of a ticket, or of the new one.
        async fn draft(&self, ticket: Option<TicketId>) -> Result<Kept, AppError>;
        /// Keeps it, unless what is kept is newer.
        async fn keep_draft(
            &self,
            ticket: Option<TicketId>,
            keeping: Keeping,
        ) -> Result<Keepsake, AppError>;
    }

    /// The portal of this request. Missing only when the server forgot to provide it, which its own tests would show.
    pub fn portal() -> Result<Arc<dyn Portal>, AppError> {
        use_context::<Arc<dyn Portal>>().ok_or_else(|| AppError::Unavailable {
            reference: "no portal in context".to_owned(),
        })
    }

    /// The customer of this request's session, or [`AppError::SignedOut`].
    pub async fn customer() -> Result<Arc<dyn Customer>, AppError> {
        portal()?.customer().await
    }

    /// The account of this request's session, or [`AppError::SignedOut`].
    pub async fn account() -> Result<Arc<dyn Account>, AppError> {
        portal()?.account().await
    }
}
