//! Files of a message: pictures in place, everything named, sized and opened through the portal.

use leptos::prelude::*;

use super::model::{File, FileKind, TicketId};
use crate::browser::navigation::href;
use crate::language::time;
use crate::paths;
use crate::t;
use crate::ui::button::for_readers;
use crate::ui::icon::Icon;

/// The files of a message.
#[component]
pub fn Files(
    /// Where they belong.
    ticket: TicketId,
    /// Which.
    files: Vec<File>,
) -> impl IntoView {
    let cards: Vec<AnyView> = files
        .into_iter()
        .map(|file| {
            let address = href(&paths::file(&ticket, file.id));
            view! {
                <li>
                    <OneFile address file/>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="files">{cards}</ul> }.into_any()
}

#[component]
fn OneFile(address: String, file: File) -> impl IntoView {
    let broken = RwSignal::new(false);
    let is_picture = file.kind == FileKind::Image;
    move || {
        if is_picture && !broken.get() {
            view! {
                <a
                    class="picture"
                    href=address.clone()
                    target="_blank"
                    rel="noopener external"
                    title=file.name.clone()
                >
                    <img
                        src=address.clone()
                        alt=file.name.clone()
                        loading="lazy"
                        decoding="async"
                        on:error=move |_| broken.set(true)
                    />
                </a>
            }
            .into_any()
        } else {
            card(&address, &file)
        }
    }
}

fn card(address: &str, file: &File) -> AnyView {
    let (icon, in_tab) = match file.kind {
        FileKind::Image => ("image", true),
        FileKind::Pdf => ("file", true),
        FileKind::Audio => ("audio", true),
        FileKind::Video => ("video", true),
        FileKind::Other => ("file", false),
    };
    let size = file.size;
    view! {
        <a
            class="file"
            href=address.to_owned()
            target=in_tab.then_some("_blank")
            rel="noopener external"
            download=(!in_tab).then(|| file.name.clone())
        >
            <Icon name=icon/>
            <bdi class="file-name">{file.name.clone()}</bdi>
            <span class="file-size">{move || time::size(size)}</span>
            {for_readers(in_tab, t!("new-tab"))}
        </a>
    }
    .into_any()
}
