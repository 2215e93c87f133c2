use fake_chatwoot::{FakeChatwoot, Options};

use super::*;

fn config(fake: &FakeChatwoot, more: &[(&str, &str)]) -> Config {
    let given = fake.given();
    Config::read(&|name| {
        if let Some((_, value)) = more.iter().find(|(it, _)| *it == name) {
            return Some((*value).to_owned());
        }
        Some(match name {
            "PORTAL_URL" => "https://support.example.com".to_owned(),
            "SESSION_SECRET" => "0123456789abcdef0123456789abcdef".to_owned(),
            "CHATWOOT_URL" => fake.url(),
            "CHATWOOT_API_TOKEN" => given.admin_token.clone(),
            "CHATWOOT_ACCOUNT_ID" => given.account.to_string(),
            "CHATWOOT_INBOX_ID" => given.inbox.to_string(),
            "SMTP_ADDRESS" => "127.0.0.1".to_owned(),
            "SMTP_FROM" => "support@acme.example".to_owned(),
            _ => return None,
        })
    })
    .unwrap()
}

#[tokio::test]
async fn the_webhook_is_registered_once_moved_and_removed() {
    use WebhooksCommand::{List, Register, Remove};
    let fake = FakeChatwoot::start(Options::default()).await.unwrap();
    let here = config(&fake, &[]);
    assert!(act(List, &here).await.unwrap().contains("no webhooks"));
    assert!(
        act(Register, &here)
            .await
            .unwrap()
            .contains("is registered.")
    );
    assert!(act(Register, &here).await.unwrap().contains("already"));
    let moved = config(&fake, &[("WEBHOOK_URL", "http://10.0.0.5:3001")]);
    assert!(act(Register, &moved).await.unwrap().contains("put right"));
    let list = act(List, &moved).await.unwrap();
    assert!(
        list.contains("http://10.0.0.5:3001/portal/webhooks/chatwoot")
            && list.contains("(the portal's)"),
        "{list}"
    );
    assert_eq!(list.matches("Customer portal").count(), 1, "{list}");
    assert!(act(Remove, &moved).await.unwrap().contains("is removed"));
    assert!(act(Remove, &moved).await.unwrap().contains("no webhook"));
}

#[tokio::test]
async fn a_token_without_rights_is_told_so() {
    let fake = FakeChatwoot::start(Options::default()).await.unwrap();
    let token = fake.given().agent_token.clone();
    let agent = config(&fake, &[("CHATWOOT_API_TOKEN", &token)]);
    for command in [
        WebhooksCommand::List,
        WebhooksCommand::Register,
        WebhooksCommand::Remove,
    ] {
        let problem = act(command, &agent).await.unwrap_err();
        assert!(problem.contains("administrator"), "{problem}");
    }
}
