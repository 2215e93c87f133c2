//! A failure has two faces: what the customer may know, and the cause, which is logged once, where the failure leaves for the customer,
//! with the reference that he sees.

use std::error::Error;
use std::sync::{Arc, OnceLock};

use app::error::AppError;

use crate::chance::Chance;
use crate::sign_in::token;
use crate::store::StoreError;

tokio::task_local! {
    static REFERENCE: Reference;
}

/// What a request is called in the log and on the customer's screen. It is drawn when it is first asked for: hardly any request needs one.
#[derive(Clone, Default)]
pub struct Reference(Arc<(OnceLock<String>, Option<Chance>)>);

impl Reference {
    /// One for a new request.
    pub fn drawn_from(chance: &Chance) -> Self {
        Self(Arc::new((OnceLock::new(), Some(chance.clone()))))
    }

    /// That of the request that runs; a dash outside of one.
    pub fn current() -> Self {
        REFERENCE.try_with(Clone::clone).unwrap_or_default()
    }

    /// Its words.
    pub fn words(&self) -> &str {
        let (drawn, chance) = self.0.as_ref();
        drawn.get_or_init(|| match chance {
            Some(chance) => token::short_name(chance),
            None => "-".to_owned(),
        })
    }
}

/// Why something was not done.
#[derive(Debug)]
pub struct Failure {
    public: AppError,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// It cannot be done now, because of this.
    pub fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            public: AppError::Unavailable {
                reference: String::new(),
            },
            cause: Some(cause.into()),
        }
    }

    /// What the customer may know; the reference is still empty.
    pub fn public(&self) -> &AppError {
        &self.public
    }
}

impl From<AppError> for Failure {
    fn from(public: AppError) -> Self {
        Self {
            public,
            cause: None,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(cause: StoreError) -> Self {
        Self::unavailable(cause)
    }
}

impl From<chatwoot::Error> for Failure {
    fn from(cause: chatwoot::Error) -> Self {
        Self::unavailable(cause)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.cause {
            Some(cause) => f.write_str(&chain(cause.as_ref())),
            None => self.public.fmt(f),
        }
    }
}

/// Leaves for the customer: the cause is logged, and is not in what is left.
impl From<Failure> for AppError {
    fn from(failure: Failure) -> Self {
        let reference = Reference::current();
        if let Some(cause) = &failure.cause {
            let reference = reference.words();
            tracing::error!(reference, cause = chain(cause.as_ref()), "a call failed");
        }
        match failure.public {
            Self::Unavailable { .. } => Self::Unavailable {
                reference: reference.words().to_owned(),
            },
            other => other,
        }
    }
}

/// Runs a request under a reference of its own.
pub async fn under_reference<T>(reference: Reference, work: impl Future<Output = T>) -> T {
    REFERENCE.scope(reference, work).await
}

/// An error with all that caused it, in one line.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line.push_str(": ");
        line.push_str(&cause.to_string());
        next = cause.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_customer_learns_the_reference_and_never_the_cause() {
        let reference = Reference::drawn_from(&Chance::seeded(1));
        let public = under_reference(reference.clone(), async {
            AppError::from(Failure::unavailable("password hunter2 refused"))
        })
        .await;
        let AppError::Unavailable { reference: shown } = &public else {
            panic!("{public:?}")
        };
        assert_eq!((shown.len(), shown.as_str()), (8, reference.words()));
        assert!(!format!("{public:?}").contains("hunter2"));
    }

    #[test]
    fn outside_of_a_request_there_is_a_dash() {
        assert_eq!(Reference::current().words(), "-");
    }
}
