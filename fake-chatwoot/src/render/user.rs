//! Agents: with their address for colleagues, without it in messages.

use serde_json::{Value, json};

use crate::ids::UserId;
use crate::store::Data;
use crate::store::account::{Role, User};

/// Whether an agent's availability can be told, which the public API and webhooks cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The Application API.
    Agents,
    /// The public API and webhooks.
    Public,
}

impl Data {
    /// As colleagues see an agent, address and all.
    pub(crate) fn agent_json(&self, id: UserId) -> Value {
        let Some(user) = self.users.get(&id) else {
            return Value::Null;
        };
        json!({
            "id": user.id,
            "account_id": self.account.id,
            "availability_status": user.availability_status,
            "auto_offline": true,
            "confirmed": true,
            "email": user.email,
            "provider": "email",
            "available_name": user.available_name(),
            "name": user.name,
            "role": user.role.as_str(),
            "thumbnail": user.avatar_url,
            "custom_role_id": null,
        })
    }

    /// As messages carry an agent.
    pub(crate) fn agent_push(&self, id: UserId, side: Side) -> Value {
        let Some(user) = self.users.get(&id) else {
            return Value::Null;
        };
        json!({
            "id": user.id,
            "name": user.name,
            "available_name": user.available_name(),
            "avatar_url": user.avatar_url,
            "type": "user",
            "availability_status": (side == Side::Agents).then_some(user.availability_status),
            "thumbnail": user.avatar_url,
        })
    }

    /// Who a token belongs to.
    pub(crate) fn profile_json(&self, user: &User) -> Value {
        let permission = match user.role {
            Role::Administrator => "administrator",
            Role::Agent => "agent",
        };
        json!({
            "access_token": user.token,
            "account_id": self.account.id,
            "available_name": user.available_name(),
            "avatar_url": user.avatar_url,
            "confirmed": true,
            "display_name": user.display_name,
            "message_signature": null,
            "email": user.email,
            "id": user.id,
            "inviter_id": null,
            "name": user.name,
            "provider": "email",
            "pubsub_token": user.pubsub_token,
            "role": permission,
            "ui_settings": {},
            "uid": user.email,
            "type": null,
            "accounts": [{
                "id": self.account.id,
                "name": self.account.name,
                "status": "active",
                "onboarding_step": null,
                "active_at": null,
                "role": permission,
                "permissions": [permission],
                "availability": "online",
                "availability_status": user.availability_status,
                "auto_offline": true,
                "custom_role_id": null,
                "custom_role": null,
            }],
        })
    }
}
