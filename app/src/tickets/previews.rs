//! Pictures that were chosen in this page: they need not be fetched to be shown. None outlives whoever chose them.

use std::cell::RefCell;

use web_sys::{File, Url};

use super::upload::UploadId;

thread_local! {
    static ADDRESSES: RefCell<Vec<(UploadId, String)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a file, if it calls itself a picture.
pub fn keep(id: &UploadId, file: &File) {
    if file.type_().starts_with("image/")
        && let Ok(address) = Url::create_object_url_with_blob(file)
    {
        ADDRESSES.with_borrow_mut(|all| all.push((id.clone(), address)));
    }
}

/// The address of a picture that is kept.
pub fn picture(id: &UploadId) -> Option<String> {
    ADDRESSES.with_borrow(|all| {
        let found = all.iter().find(|(other, _)| other == id);
        found.map(|(_, address)| address.clone())
    })
}

/// Forgets one, or all.
pub fn forget(id: Option<&UploadId>) {
    ADDRESSES.with_borrow_mut(|all| {
        all.retain(|(other, address)| {
            let goes = id.is_none_or(|id| id == other);
            if goes {
                _ = Url::revoke_object_url(address);
            }
            !goes
        });
    });
}
