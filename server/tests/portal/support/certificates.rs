//! Certificate authorities made for one test, and what they sign.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

/// A private certificate authority, with its certificate in a file as CA_FILE wants it.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Authority {
    /// A new one, which nobody trusts unless he is told to.
    pub(crate) fn new() -> Self {
        let mut wishes = CertificateParams::new(Vec::new()).unwrap();
        wishes.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let own = wishes.self_signed(&key).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, own.pem()).unwrap();
        Self {
            issuer: Issuer::new(wishes, key),
            file,
            _folder: folder,
        }
    }

    /// What CA_FILE is set to.
    pub(crate) fn file(&self) -> &str {
        self.file.to_str().unwrap()
    }

    /// What a server with a certificate for a name accepts connections with.
    pub(crate) fn acceptor_for(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()])
            .unwrap()
            .signed_by(&key, &self.issuer)
            .unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}
