//! R4: what the operator is told while something is wrong with Chatwoot, and that it says what to do.

use fake_chatwoot::Weather;

use crate::support::Stage;

#[tokio::test]
async fn r4_while_chatwoot_is_away_healthz_says_what_to_do_and_afterwards_no_more() {
    for (weather, cure) in [
        (Weather::Throttling, "RACK_ATTACK_ALLOWED_IPS"),
        (Weather::Unauthorized, "CHATWOOT_API_TOKEN"),
        (Weather::Down503, "Chatwoot's own log"),
        (Weather::Html, "maintenance page"),
        (Weather::Cutting, "Chatwoot's own log"),
    ] {
        let stage = Stage::set_up().await;
        stage.rests().await;
        stage.fake.set_weather(weather);
        let says = async |wanted: Option<&str>| {
            stage
                .until(|| async {
                    stage.clock.advance(std::time::Duration::from_secs(7));
                    let health = stage.health().await;
                    match (health["chatwoot_cure"].as_str(), wanted) {
                        (Some(said), Some(wanted)) => {
                            health["status"] == "degraded" && said.contains(wanted)
                        }
                        (said, wanted) => said.is_none() && wanted.is_none(),
                    }
                })
                .await;
        };
        says(Some(cure)).await;
        stage.fake.set_weather(Weather::Well);
        says(None).await;
    }
}

#[tokio::test]
async fn r4_what_is_wrong_with_the_set_up_is_in_healthz_with_its_cure_until_it_is_right() {
    let stage = Stage::set_up_with(&[("CHATWOOT_INBOX_ID", "9999")]).await;
    assert_eq!(stage.health().await["faults"], serde_json::json!([]));
    server::check::look(stage.state()).await;
    let faults = stage.health().await["faults"].clone();
    assert_eq!(faults[0]["part"], "inbox", "{faults}");
    let cure = faults[0]["cure"].as_str().unwrap();
    assert!(cure.contains("CHATWOOT_INBOX_ID"), "{faults}");
}
