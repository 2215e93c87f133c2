//! A failure has two faces: what the customer may know, and the cause, which is logged once, where the failure leaves for the customer,
//! with the reference that he sees.

use std::error::Error;

use app::error::AppError;

use crate::store::StoreError;

tokio::task_local! {
    static REFERENCE: String;
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
        let reference = reference();
        if let Some(cause) = &failure.cause {
            tracing::error!(reference, cause = chain(cause.as_ref()), "a call failed");
        }
        match failure.public {
            Self::Unavailable { .. } => Self::Unavailable { reference },
            other => other,
        }
    }
}

/// Runs a request under a reference of its own.
pub async fn under_reference<T>(reference: String, work: impl Future<Output = T>) -> T {
    REFERENCE.scope(reference, work).await
}

/// The reference of the request that runs, or a dash outside of one.
pub fn reference() -> String {
    REFERENCE
        .try_with(Clone::clone)
        .unwrap_or_else(|_| "-".to_owned())
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
        let public = under_reference("K7QF2M".to_owned(), async {
            AppError::from(Failure::unavailable("password hunter2 refused"))
        })
        .await;
        let AppError::Unavailable { reference } = &public else {
            panic!("{public:?}")
        };
        assert_eq!(reference, "K7QF2M");
        assert!(!format!("{public:?}").contains("hunter2"));
    }
}
