//! A running fake Chatwoot: started, stopped, looked into.

pub(crate) mod agents;
pub(crate) mod contacts;
mod looking;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::deliver::deliver;
use crate::given::Given;
use crate::inside::{Inside, Shared};
use crate::options::{Options, Seed};
use crate::routes::router;
use crate::serve::serve;
use crate::store::Data;
use crate::weather::Weather;

/// A Chatwoot in memory that answers on 127.0.0.1 until it is stopped or dropped. Its methods work on the same rows as its routes.
pub struct FakeChatwoot {
    inside: Shared,
    address: SocketAddr,
    server: Mutex<Option<JoinHandle<()>>>,
    courier: JoinHandle<()>,
}

impl FakeChatwoot {
    /// Starts one. Fails where the port is taken.
    pub async fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let (mut data, given) = Data::acme(Arc::clone(&options.clock), &options.salt);
        data.frontend_url = options
            .frontend_url
            .clone()
            .unwrap_or_else(|| format!("http://{address}"));
        match options.seed {
            Seed::Empty => {}
            Seed::Demo => crate::seed::sow(&mut data, &given, &options),
        }
        let inside: Shared = Arc::new(Inside::new(data, given, options));
        let (events, sown) = {
            let data = inside.data();
            (data.listen(), data.told())
        };
        inside.settled.send_replace(sown);
        let courier = tokio::spawn(deliver(Arc::clone(&inside), events));
        let server = tokio::spawn(serve(listener, router(&inside)));
        Ok(Self {
            inside,
            address,
            server: Mutex::new(Some(server)),
            courier,
        })
    }

    /// Where it answers: `http://127.0.0.1:1234`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Tokens and ids of the account.
    pub fn given(&self) -> &Given {
        &self.inside.given
    }

    /// Changes how the whole server is, from the next call on.
    pub fn set_weather(&self, weather: Weather) {
        self.inside.set_weather(weather);
    }

    /// How the whole server is.
    pub fn weather(&self) -> Weather {
        self.inside.weather()
    }

    /// From now on every webhook that is to be made or changed is refused, or none any more.
    pub fn refuses_webhooks(&self, refuses: bool) {
        let refused = &self.inside.webhooks_refused;
        refused.store(refuses, Ordering::Relaxed);
    }

    /// Closes every connection and the port: from now on nobody can connect. The rows stay.
    pub async fn goes_away(&self) {
        self.cuts_cables();
        let server = self.server().take();
        if let Some(server) = server {
            server.abort();
            // It ends as it was told to.
            let _ = server.await;
        }
    }

    /// Breaks every cable that is connected.
    pub fn cuts_cables(&self) {
        self.inside.cables_cut.send_modify(|count| *count += 1);
    }

    /// What an administrator subscribes to the cable with.
    pub fn admin_pubsub_token(&self) -> String {
        let data = self.inside.data();
        let admin = data.users.get(&self.inside.given.admin_id);
        admin
            .map(|user| user.pubsub_token.clone())
            .unwrap_or_default()
    }

    /// How many cables are connected.
    pub fn cables(&self) -> usize {
        self.inside.cables_cut.receiver_count()
    }

    /// Listens again where it did before.
    pub async fn comes_back(&self) -> io::Result<()> {
        self.goes_away().await;
        let listener = TcpListener::bind(self.address).await?;
        *self.server() = Some(tokio::spawn(serve(listener, router(&self.inside))));
        Ok(())
    }

    /// Stops it and closes every connection.
    pub fn stop(self) {
        drop(self);
    }

    fn server(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FakeChatwoot {
    fn drop(&mut self) {
        if let Some(server) = self.server().take() {
            server.abort();
        }
        self.courier.abort();
    }
}
