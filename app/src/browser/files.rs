//! Files from the customer's machine: dropped or pasted into the page, and sent with word of how far they are.

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ClipboardEvent, DataTransfer, DragEvent, Element, Event, File, FileList, ProgressEvent,
    XmlHttpRequest,
};

use super::navigation::href;

/// What can bring files, or take the page away from those on their way.
const EVENTS: [&str; 5] = ["dragover", "dragleave", "drop", "paste", "beforeunload"];

/// The files of a list.
pub fn all(list: Option<FileList>) -> Vec<File> {
    let list = list.as_ref();
    (0..list.map_or(0, FileList::length))
        .filter_map(|nth| list?.item(nth))
        .collect()
}

/// Takes the files that are dropped on or pasted into the element of this kind, and tells while some are held over the page, until the
/// owner of the call is gone. Who leaves while files are on their way is asked.
pub fn when_files_come(
    place: &'static str,
    held: RwSignal<bool>,
    on_their_way: impl Fn() -> bool + 'static,
    take: impl Fn(Vec<File>) + 'static,
) {
    let hear = move |event: Event| {
        let kind = event.type_();
        if kind == "beforeunload" {
            if on_their_way() {
                event.prevent_default();
            }
            return;
        }
        let drag = event.dyn_ref::<DragEvent>();
        let Some(data) = drag.map_or_else(
            || event.dyn_ref::<ClipboardEvent>()?.clipboard_data(),
            DragEvent::data_transfer,
        ) else {
            return;
        };
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let here = target.is_some_and(|it| it.closest(place).is_ok_and(|it| it.is_some()));
        match kind.as_str() {
            "dragleave" if drag.is_some_and(|it| it.related_target().is_none()) => held.set(false),
            "dragleave" => {}
            // What a table or a letter is copied from comes as words and as a picture of them: the words are meant.
            "paste" if !here || data.get_data("text").is_ok_and(|it| !it.is_empty()) => {}
            _ if !has_files(&data) => {}
            "dragover" => {
                event.prevent_default();
                data.set_drop_effect(if here { "copy" } else { "none" });
                if !held.get_untracked() {
                    held.set(true);
                }
            }
            _ => {
                // Else the browser leaves the page to show the file.
                event.prevent_default();
                held.set(false);
                if here {
                    take(all(data.files()));
                }
            }
        }
    };
    let call = Closure::<dyn Fn(Event)>::new(hear);
    for event in EVENTS {
        _ = window().add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
    }
    let call = send_wrapper::SendWrapper::new(call);
    on_cleanup(move || {
        for event in EVENTS {
            _ = window().remove_event_listener_with_callback(event, call.as_ref().unchecked_ref());
        }
    });
}

fn has_files(data: &DataTransfer) -> bool {
    data.types().includes(&"Files".into(), 0)
}

/// Whether it can be read: a folder cannot, nor what has gone or changed since it was chosen.
pub async fn can_be_read(file: &Blob) -> bool {
    match file.slice_with_f64_and_f64(0.0, 1.0) {
        Ok(beginning) => JsFuture::from(beginning.array_buffer()).await.is_ok(),
        Err(_) => false,
    }
}

/// Sends a file as the body of a request and gives status and words of the answer; status 0 where there was none.
pub async fn send(
    request: &XmlHttpRequest,
    path: &str,
    headers: &[(&str, &str)],
    file: &Blob,
    percent: impl Fn(u32) + 'static,
) -> (u16, String) {
    let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        percent((event.loaded() * 100.0 / event.total().max(1.0)) as u32);
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(told.as_ref().unchecked_ref()));
    }
    let over = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    let mut begun = request.open("POST", &href(path));
    for (name, value) in headers {
        begun = begun.and_then(|()| request.set_request_header(name, value));
    }
    if begun
        .and_then(|()| request.send_with_opt_blob(Some(file)))
        .is_err()
    {
        return (0, String::new());
    }
    _ = JsFuture::from(over).await;
    let words = request.response_text().ok().flatten();
    (request.status().unwrap_or(0), words.unwrap_or_default())
}
