//! The account as the recordings found it: three users, four inboxes, nothing else; and looking things up in it.

use serde_json::Map;

use crate::clock::Clock;
use crate::given::Given;
use crate::ids::{AccountId, InboxId, UserId};
use crate::moment::Moment;
use crate::store::Data;
use crate::store::account::{Account, Channel, Inbox, Role, User, WorkingDay};

impl Data {
    /// "Acme Support" with its inboxes and agents, and what was made, by name.
    pub(crate) fn acme(clock: Clock, salt: &str) -> (Self, Given) {
        let created_at = Moment::from_millis(clock());
        let account = Account {
            id: AccountId(2),
            name: "Acme Support".to_owned(),
            locale: "en".to_owned(),
            support_email: "Acme <support@acme.test>".to_owned(),
            created_at,
            extra_features: Vec::new(),
        };
        let mut data = Self::new(clock, salt, account);
        let admin = data.add_user("Customer portal", "portal@acme.test", Role::Administrator);
        let agent = data.add_user("John Doe", "john@acme.test", Role::Agent);
        let mary = data.add_user("Mary Major", "mary@acme.test", Role::Administrator);
        let (identifier, other_identifier) = (data.chance.token(), data.chance.token());
        let (hmac_token, website_token) = (data.chance.token(), data.chance.token());
        let portal = data.api_channel(&identifier, &hmac_token);
        let inbox = data.add_inbox("Portal", portal, vec![agent]);
        let email = Channel::Email {
            address: "support@acme.test".to_owned(),
            forward_to: format!("{}@acme.test", data.chance.file_key()),
        };
        let email_inbox = data.add_inbox("Support e-mail", email, vec![agent]);
        let web = Channel::WebWidget {
            token: website_token.clone(),
            hmac_token: data.chance.token(),
            hmac_mandatory: false,
            website_url: "https://acme.test".to_owned(),
        };
        let web_inbox = data.add_inbox("Website", web, Vec::new());
        let other_hmac = data.chance.token();
        let other = data.api_channel(&other_identifier, &other_hmac);
        let other_inbox = data.add_inbox("Other API inbox", other, Vec::new());
        let token = |id: UserId| {
            data.users
                .get(&id)
                .map(|user| user.token.clone())
                .unwrap_or_default()
        };
        let given = Given {
            account: data.account.id,
            admin_id: admin,
            admin_token: token(admin),
            agent_id: agent,
            agent_token: token(agent),
            mary_id: mary,
            mary_token: token(mary),
            inbox,
            inbox_identifier: identifier,
            hmac_token,
            email_inbox,
            support_email: "support@acme.test".to_owned(),
            web_inbox,
            website_token,
            other_inbox,
            other_identifier,
        };
        (data, given)
    }

    /// Somebody more with a token.
    pub(crate) fn add_user(&mut self, name: &str, email: &str, role: Role) -> UserId {
        let id = UserId(self.next_row());
        let user = User {
            id,
            name: name.to_owned(),
            display_name: None,
            email: email.to_owned(),
            role,
            token: self.chance.token(),
            pubsub_token: self.chance.token(),
            avatar_url: String::new(),
            availability_status: "offline",
        };
        self.users.insert(id, user);
        id
    }

    /// One more inbox.
    pub(crate) fn add_inbox(
        &mut self,
        name: &str,
        channel: Channel,
        members: Vec<UserId>,
    ) -> InboxId {
        let id = InboxId(self.next_row());
        let channel_id = self.next_row();
        let weekday = WorkingDay {
            closed_all_day: false,
            open_all_day: false,
            hours: Some([9, 0, 17, 0]),
        };
        let weekend = WorkingDay {
            closed_all_day: true,
            open_all_day: false,
            hours: None,
        };
        let mut working_hours = vec![weekday; 7];
        working_hours[0] = weekend.clone();
        working_hours[6] = weekend;
        let inbox = Inbox {
            id,
            channel_id,
            name: name.to_owned(),
            channel,
            members,
            greeting_enabled: false,
            greeting_message: None,
            working_hours_enabled: false,
            out_of_office_message: None,
            working_hours,
            timezone: "UTC".to_owned(),
            csat_survey_enabled: false,
            csat_config: Map::new(),
            allow_messages_after_resolved: true,
            lock_to_single_conversation: false,
            created_at: self.now(),
        };
        self.inboxes.insert(id, inbox);
        id
    }

    fn api_channel(&mut self, identifier: &str, hmac_token: &str) -> Channel {
        Channel::Api {
            identifier: identifier.to_owned(),
            hmac_token: hmac_token.to_owned(),
            hmac_mandatory: false,
            secret: self.chance.token(),
            webhook_url: None,
        }
    }

    /// Whose token this is.
    pub(crate) fn user_by_token(&self, token: &str) -> Option<&User> {
        self.users.values().find(|user| user.token == token)
    }

    /// Whether a user sees an inbox: administrators all, agents their own.
    pub(crate) fn sees(&self, user: UserId, inbox: InboxId) -> bool {
        let administrator = self
            .users
            .get(&user)
            .is_some_and(|user| user.role == Role::Administrator);
        administrator
            || self
                .inboxes
                .get(&inbox)
                .is_some_and(|inbox| inbox.members.contains(&user))
    }

    /// The API inbox that has this identifier.
    pub(crate) fn inbox_by_identifier(&self, wanted: &str) -> Option<&Inbox> {
        self.inboxes
            .values()
            .find(|inbox| matches!(&inbox.channel, Channel::Api { identifier, .. } if identifier == wanted))
    }

    /// The website inbox that has this token.
    pub(crate) fn inbox_by_website_token(&self, wanted: &str) -> Option<&Inbox> {
        self.inboxes.values().find(
            |inbox| matches!(&inbox.channel, Channel::WebWidget { token, .. } if token == wanted),
        )
    }

    /// The inbox that takes mail for this address.
    pub(crate) fn inbox_by_address(&self, wanted: &str) -> Option<&Inbox> {
        self.inboxes.values().find(|inbox| match &inbox.channel {
            Channel::Email {
                address,
                forward_to,
            } => address.eq_ignore_ascii_case(wanted) || forward_to.eq_ignore_ascii_case(wanted),
            Channel::Api { .. } | Channel::WebWidget { .. } => false,
        })
    }
}
